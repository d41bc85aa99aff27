#pragma once

#include <memory>
#include <utility>

#include "model/clocked/pins.hpp"
#include "model/wave/vcd_wave.hpp"

namespace tessera::wave {

/// Another device, with its pins shown in a wave.
class VcdDevice final : public clocked::PinDevice {
 public:
  /// Steps `device` and writes its pins to `wave`.
  VcdDevice(std::unique_ptr<clocked::PinDevice> device, std::shared_ptr<VcdWave> wave)
      : device_(std::move(device)), wave_(std::move(wave)) {}

  /// Throws UserError, too, when the wave cannot be written.
  const clocked::OutputPins& step(const clocked::InputPins& in) override {
    if (const auto cycle = wave_->begin_cycle()) {
      wave_->show(*cycle, in, out_);
    }
    out_ = device_->step(in);
    return out_;
  }

 private:
  std::unique_ptr<clocked::PinDevice> device_;
  std::shared_ptr<VcdWave> wave_;
  clocked::OutputPins out_;  ///< of the cycle that the next step ends
};

}  // namespace tessera::wave
