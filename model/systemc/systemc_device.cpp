#include "model/systemc/systemc_device.hpp"

#include <systemc>

#include "model/clocked/pin_engine.hpp"
#include "model/systemc/mmu_module.hpp"
#include "model/systemc/own_simulation.hpp"

/// Who has a main() of his own never gets here, but libsystemc has to be linked with one.
int sc_main(int /*argc*/, char* /*argv*/[]) { return 0; }  // NOLINT(modernize-avoid-c-arrays)

namespace tessera::systemc {
namespace {

template <class Value>
using Signal = sc_core::sc_signal<Value>;

sc_core::sc_time nanoseconds(double number) { return {number, sc_core::SC_NS}; }

}  // namespace

/// The module, a signal on each of its ports, and the clock. The rising edge stands in the middle
/// of each nanosecond, so that what is driven at its beginning has settled.
class SystemcDevice::Testbench : public sc_core::sc_module, public MmuPorts<Signal, Signal> {
 public:
  Testbench(const sc_core::sc_module_name& name, const mmu::Parameters& parameters,
            const mmu::Timing& timing)
      : sc_module(name),
        clock_("clock", nanoseconds(1), 0.5, nanoseconds(0.5), true),
        mmu_("mmu", parameters, timing) {
    mmu_.clk_i(clock_);
    const auto bind = [](auto& port, auto& signal, auto&) { port(signal); };
    clocked::InputPins in;
    clocked::OutputPins out;
    visit_inputs(mmu_, *this, in, bind);
    visit_outputs(mmu_, *this, out, bind);
  }

  void run_cycle(const clocked::InputPins& in, clocked::OutputPins& out) {
    visit_inputs(*this, *this, in, [](auto& signal, auto&, auto pin) { signal.write(pin); });
    sc_core::sc_start(period_);
    visit_outputs(*this, *this, out, [](auto& signal, auto&, auto& pin) { pin = signal.read(); });
  }

 private:
  sc_core::sc_time period_ = nanoseconds(1);
  sc_core::sc_clock clock_;
  MmuModule mmu_;
};

SystemcDevice::SystemcDevice(const mmu::Parameters& parameters, const mmu::Timing& timing)
    : simulation_(std::make_unique<OwnSimulation>()) {
  const OwnSimulation::Entered entered(*simulation_);
  testbench_ = std::make_unique<Testbench>("testbench", parameters, timing);
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
                                                    const mmu::Timing& timing) {
  return std::make_unique<clocked::PinEngine>(std::make_unique<SystemcDevice>(parameters, timing),
                                              parameters, timing);
}

}  // namespace tessera::systemc
