#pragma once

#include <cstdint>
#include <memory>

#include "model/clocked/pins.hpp"
#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/wave/vcd_wave.hpp"

namespace tessera::systemc {

class OwnSimulation;

/// How the ports of the SystemC module are grouped.
enum class PortStyle : std::uint8_t {
  Pins,      ///< MmuModule: one a pin, by the RTL's names
  Channels,  ///< MmuChannelModule: one a channel
};

/// A SystemC simulation of its own that holds one module, its clock and its signals. A parameter or
/// timing with a validation_error throws std::invalid_argument.
class SystemcDevice final : public clocked::PinDevice {
 public:
  /// Elaborated and ready for the first step(). Throws std::invalid_argument.
  SystemcDevice(const mmu::Parameters& parameters, const mmu::Timing& timing,
                PortStyle style = PortStyle::Pins);
  ~SystemcDevice() override;

  /// One period of the clock.
  const clocked::OutputPins& step(const clocked::InputPins& in) override;

 private:
  class Testbench;
  template <template <template <class> class, template <class> class> class Ports>
  class TestbenchOf;

  std::unique_ptr<OwnSimulation> simulation_;
  std::unique_ptr<Testbench> testbench_;  ///< keeps SystemC's headers out of this one
  clocked::OutputPins out_;
};

/// The faster SystemC module as an engine: out of reset, at cycle 0. `memory` is what a hardware
/// walker reads, and outlives the engine; a walker without it throws std::invalid_argument.
std::unique_ptr<mmu::MmuEngine> make_systemc_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    mmu::WalkMemory* memory = nullptr);

/// The same, with a wave of its pins in the engine's cycles.
std::unique_ptr<mmu::MmuEngine> make_systemc_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    mmu::WalkMemory* memory,
                                                    const std::shared_ptr<wave::VcdWave>& wave);

}  // namespace tessera::systemc
