#pragma once

#include <memory>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::systemc {

class OwnSimulation;

/// A SystemC simulation of its own that holds one MmuModule, its clock and its signals. A
/// parameter or timing with a validation_error throws std::invalid_argument.
class SystemcDevice final : public clocked::PinDevice {
 public:
  SystemcDevice(const mmu::Parameters& parameters, const mmu::Timing& timing);
  ~SystemcDevice() override;

  /// One period of the clock.
  const clocked::OutputPins& step(const clocked::InputPins& in) override;

 private:
  class Testbench;

  std::unique_ptr<OwnSimulation> simulation_;
  std::unique_ptr<Testbench> testbench_;  // keeps SystemC's headers out of this one
  clocked::OutputPins out_;
};

/// The SystemC module as an engine: out of reset, at cycle 0.
std::unique_ptr<mmu::MmuEngine> make_systemc_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing);

}  // namespace tessera::systemc
