#pragma once

#include <verilated.h>

#include "model/clocked/pins.hpp"
#include "model/rtl/model_pins.hpp"

namespace tessera::rtl {

/// Module `mmu` as Verilator made it: `Model` is the class of one parameter set.
template <class Model>
class VerilatedDevice final : public clocked::PinDevice {
 public:
  VerilatedDevice() : model_(&context_) {
    // The first evaluation sees no edge, whatever the clock is.
    model_.clk_i = 0;
    model_.eval();
  }
  ~VerilatedDevice() override {
    model_.final();
    // The model signs off from the thread's context, which may be another device's, and gone.
    Verilated::threadContextp(&context_);
  }

  const clocked::OutputPins& step(const clocked::InputPins& in) override {
    put(in, model_);
    model_.clk_i = 1;
    model_.eval();
    take(model_, out_);
    model_.clk_i = 0;
    model_.eval();
    return out_;
  }

 private:
  VerilatedContext context_;
  Model model_;
  clocked::OutputPins out_;
};

}  // namespace tessera::rtl
