#pragma once

#include <systemc>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/systemc/mmu_channels.hpp"
#include "model/systemc/mmu_ports.hpp"

namespace tessera::systemc {

/// Module `mmu`: the clocked model behind one SC_METHOD. `Ports` says how its pins are grouped.
template <template <template <class> class, template <class> class> class Ports>
class BasicMmuModule : public sc_core::sc_module, public Ports<sc_core::sc_in, sc_core::sc_out> {
 public:
  sc_core::sc_in<bool> clk_i{"clk_i"};  ///< the clock: everything happens at its rising edge

  /// Not yet reset. Throws std::invalid_argument with the text of mmu::validation_error.
  BasicMmuModule(const sc_core::sc_module_name& name, const mmu::Parameters& parameters,
                 const mmu::Timing& timing);

 private:
  void on_clock();

  clocked::ClockedMmu mmu_;
};

/// With the ports of docs/pins.md 2, under the same names.
using MmuModule = BasicMmuModule<MmuPorts>;

/// With a port for each group of them: fewer signals, so faster.
using MmuChannelModule = BasicMmuModule<MmuChannels>;

extern template class BasicMmuModule<MmuPorts>;
extern template class BasicMmuModule<MmuChannels>;

}  // namespace tessera::systemc
