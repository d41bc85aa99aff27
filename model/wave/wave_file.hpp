#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "model/types/units.hpp"
#include "model/wave/wave.hpp"

namespace tessera::wave {

/// One nanosecond is one cycle in every wave, and cycle k lies between k ns and k+1 ns: its rising
/// clock edge at its beginning, its inputs and outputs together (docs/pins.md 1). Files count time
/// in tenths of a nanosecond, because the clock falls in the middle.
inline constexpr const char* kTimeUnit = "100ps";
inline constexpr std::uint64_t kTicksACycle = 10;  ///< of the file's time unit

/// The end of the name of a wave's file until it is finished.
inline constexpr const char* kUnfinished = ".part";

/// One wave in the making: a file that appears under its name when it is finished, and not before.
/// It is shared by the device that is shown and by whoever wants the file in the end.
class WaveFile {
 public:
  WaveFile(const WaveFile&) = delete;
  WaveFile& operator=(const WaveFile&) = delete;
  /// Leaves nothing behind of a wave that was not finished.
  virtual ~WaveFile();

  /// What is shown, and where.
  const Wave& wave() const { return wave_; }

  /// The cycle of the device's next step. It counts by itself from 0 on.
  Cycles cycle() const { return cycle_; }

  /// Says which cycle the device's next step is.
  void set_cycle(Cycles cycle);

  /// From here to the next set_cycle, the device's steps belong to nobody's time.
  void pause() { paused_ = true; }

  /// The device's next step would be shown.
  bool would_show() const { return !paused_ && cycle_ >= next_shown_ && cycle_ <= wave_.to; }

  /// For the device, once a step: the cycle that begins, if it is to be shown. No cycle is shown
  /// twice, and none before one that was shown.
  std::optional<Cycles> begin_cycle();

  /// At least one cycle was shown.
  bool shows_something() const { return next_shown_ > wave_.from; }

  /// Completes the file and moves it to its place. Throws UserError when it cannot be written, or
  /// when the run ended before the wave began.
  void finish();

 protected:
  /// Throws UserError if `from` is beyond `to`.
  explicit WaveFile(Wave wave);

  /// Where the wave is written until it is finished.
  std::filesystem::path part() const;

  /// Throws the UserError that says why the wave cannot be written.
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  /// Completes the file at part(). Throws UserError when it cannot be written.
  virtual void close() = 0;

  Wave wave_;
  Cycles cycle_;
  Cycles next_shown_;  ///< the first cycle not shown yet
  bool paused_ = false;
};

}  // namespace tessera::wave
