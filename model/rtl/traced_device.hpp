#pragma once

#include <memory>
#include <optional>
#include <utility>

#include <verilated.h>
#include <verilated_fst_c.h>

#include "model/clocked/pins.hpp"
#include "model/rtl/fst_wave.hpp"
#include "model/rtl/model_pins.hpp"

namespace tessera::rtl {

/// Module `mmu` as Verilator made it with tracing (`Model` is Vmmu_NAME_traced, of CMake library
/// tessera_rtl_NAME_traced), shown in a wave. A step is a cycle (wave::WaveFile::set_cycle).
template <class Model>
class TracedDevice final : public clocked::PinDevice {
 public:
  explicit TracedDevice(std::shared_ptr<FstWave> wave)
      : wave_(std::move(wave)), model_(&wave_->context(), "") {
    // The first evaluation sees no edge, whatever the clock is.
    model_.clk_i = 1;
    model_.eval();
    wave_->show(model_);
  }
  ~TracedDevice() override {
    model_.final();
    // The model signs off from the thread's context, which may be another device's, and gone.
    Verilated::threadContextp(&wave_->context());
  }

  /// The clock is high between steps, since the edge that began the cycle: what is shown from
  /// there on are the cycle's outputs together with its inputs. Throws UserError, too, when the
  /// wave cannot be written.
  const clocked::OutputPins& step(const clocked::InputPins& in) override {
    const std::optional<Cycles> cycle = wave_->begin_cycle();
    put(in, model_);
    if (cycle) {
      model_.eval();
      wave_->sample(cycle->value() * wave::kTicksACycle);
    }
    model_.clk_i = 0;
    model_.eval();
    if (cycle) {
      wave_->sample(cycle->value() * wave::kTicksACycle + wave::kTicksACycle / 2);
    }
    model_.clk_i = 1;
    model_.eval();
    take(model_, out_);
    return out_;
  }

 private:
  std::shared_ptr<FstWave> wave_;
  Model model_;
  clocked::OutputPins out_;
};

}  // namespace tessera::rtl
