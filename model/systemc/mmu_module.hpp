#pragma once

#include <systemc>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/systemc/mmu_ports.hpp"

namespace tessera::systemc {

/// Module `mmu` with the ports of docs/pins.md 2, under the same names: the clocked model behind
/// one SC_METHOD.
class MmuModule : public sc_core::sc_module, public MmuPorts<sc_core::sc_in, sc_core::sc_out> {
 public:
  sc_core::sc_in<bool> clk_i{"clk_i"};

  /// Not yet reset. Throws std::invalid_argument with the text of mmu::validation_error.
  MmuModule(const sc_core::sc_module_name& name, const mmu::Parameters& parameters,
            const mmu::Timing& timing);

 private:
  void on_clock();

  clocked::ClockedMmu mmu_;
};

}  // namespace tessera::systemc
