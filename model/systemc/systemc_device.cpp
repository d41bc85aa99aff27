#include "model/systemc/systemc_device.hpp"

#include <systemc>

#include "model/clocked/pin_engine.hpp"
#include "model/systemc/mmu_module.hpp"
#include "model/systemc/own_simulation.hpp"
#include "model/wave/vcd_device.hpp"
#include "model/wave/wave_engine.hpp"

namespace tessera::systemc {
namespace {

template <class Value>
using Signal = sc_core::sc_signal<Value>;

sc_core::sc_time nanoseconds(double number) { return {number, sc_core::SC_NS}; }

}  // namespace

class SystemcDevice::Testbench {
 public:
  virtual ~Testbench() = default;
  virtual void run_cycle(const clocked::InputPins& in, clocked::OutputPins& out) = 0;
};

/// The module, a signal on each of its ports, and the clock. The rising edge stands in the middle
/// of each nanosecond, so that what is driven at its beginning has settled.
template <template <template <class> class, template <class> class> class Ports>
class SystemcDevice::TestbenchOf final : public Testbench,
                                         public sc_core::sc_module,
                                         public Ports<Signal, Signal> {
 public:
  TestbenchOf(const sc_core::sc_module_name& name, const mmu::Parameters& parameters,
              const mmu::Timing& timing)
      : sc_module(name),
        clock_("clock", nanoseconds(1), 0.5, nanoseconds(0.5), true),
        mmu_("mmu", parameters, timing) {
    mmu_.clk_i(clock_);
    const auto bind = [](auto& port, auto& signal, auto&&) { port(signal); };
    clocked::InputPins in;
    clocked::OutputPins out;
    visit_inputs(mmu_, *this, in, bind);
    visit_outputs(mmu_, *this, out, bind);
  }

  void run_cycle(const clocked::InputPins& in, clocked::OutputPins& out) override {
    visit_inputs(*this, *this, in, [](auto& signal, auto&, auto&& pin) { signal.write(pin); });
    sc_core::sc_start(period_);
    visit_outputs(*this, *this, out, [](auto& signal, auto&, auto&& pin) { pin = signal.read(); });
  }

 private:
  sc_core::sc_time period_ = nanoseconds(1);
  sc_core::sc_clock clock_;
  BasicMmuModule<Ports> mmu_;
};

SystemcDevice::SystemcDevice(const mmu::Parameters& parameters, const mmu::Timing& timing,
                             PortStyle style)
    : simulation_(std::make_unique<OwnSimulation>()) {
  const OwnSimulation::Entered entered(*simulation_);
  if (style == PortStyle::Pins) {
    testbench_ = std::make_unique<TestbenchOf<MmuPorts>>("testbench", parameters, timing);
  } else {
    testbench_ = std::make_unique<TestbenchOf<MmuChannels>>("testbench", parameters, timing);
  }
}

SystemcDevice::~SystemcDevice() {
  const OwnSimulation::Entered entered(*simulation_);
  testbench_.reset();
}

const clocked::OutputPins& SystemcDevice::step(const clocked::InputPins& in) {
  const OwnSimulation::Entered entered(*simulation_);
  testbench_->run_cycle(in, out_);
  return out_;
}

std::unique_ptr<mmu::MmuEngine> make_systemc_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    mmu::WalkMemory* memory) {
  auto device = std::make_unique<SystemcDevice>(parameters, timing, PortStyle::Channels);
  return std::make_unique<clocked::PinEngine>(std::move(device), parameters, timing, memory);
}

std::unique_ptr<mmu::MmuEngine> make_systemc_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    mmu::WalkMemory* memory,
                                                    const std::shared_ptr<wave::VcdWave>& wave) {
  auto device = std::make_unique<SystemcDevice>(parameters, timing, PortStyle::Channels);
  return std::make_unique<wave::WaveEngine>(
      std::make_unique<wave::VcdDevice>(std::move(device), wave), wave, parameters, timing, memory);
}

}  // namespace tessera::systemc
