#include "model/systemc/mmu_module.hpp"

namespace tessera::systemc {

template <template <template <class> class, template <class> class> class Ports>
BasicMmuModule<Ports>::BasicMmuModule(const sc_core::sc_module_name& name,
                                      const mmu::Parameters& parameters, const mmu::Timing& timing)
    : sc_module(name), mmu_(parameters, timing) {
  SC_HAS_PROCESS(BasicMmuModule);
  SC_METHOD(on_clock);
  sensitive << clk_i.pos();
  dont_initialize();
}

// What is read here are the inputs of the cycle that this edge ends; what is written shows from
// the next delta cycle on, so in the next cycle (docs/pins.md 1).
template <template <template <class> class, template <class> class> class Ports>
void BasicMmuModule<Ports>::on_clock() {
  clocked::InputPins in;
  visit_inputs(*this, *this, in, [](const auto& port, auto&, auto&& pin) { pin = port.read(); });
  const clocked::OutputPins& out = mmu_.step(in);
  visit_outputs(*this, *this, out, [](auto& port, auto&, const auto& pin) { port.write(pin); });
}

template class BasicMmuModule<MmuPorts>;
template class BasicMmuModule<MmuChannels>;

}  // namespace tessera::systemc
