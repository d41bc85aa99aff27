#include "model/wave/wave_file.hpp"

#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

namespace tessera::wave {

WaveFile::WaveFile(Wave wave) : wave_(std::move(wave)), next_shown_(wave_.from) {
  if (wave_.from > wave_.to) {
    refuse(fmt::format("the wave would begin at cycle {} and end at cycle {}, before that",
                       wave_.from.value(), wave_.to.value()));
  }
}

WaveFile::~WaveFile() {
  std::error_code error;
  std::filesystem::remove(part(), error);
}

void WaveFile::set_cycle(Cycles cycle) {
  cycle_ = cycle;
  paused_ = false;
}

std::optional<Cycles> WaveFile::begin_cycle() {
  const bool shown = would_show();
  const Cycles cycle = cycle_;
  cycle_ += Cycles(1);
  if (!shown) {
    return std::nullopt;
  }
  next_shown_ = cycle_;
  return cycle;
}

void WaveFile::finish() {
  if (!shows_something()) {
    refuse(fmt::format("the run ended at cycle {}, and the wave was to begin at cycle {}",
                       cycle_.value(), wave_.from.value()));
  }
  close();
  std::error_code error;
  std::filesystem::rename(part(), wave_.file, error);
  if (error) {
    refuse(error.message());
  }
}

std::filesystem::path WaveFile::part() const {
  std::filesystem::path beside = wave_.file;
  return beside += kUnfinished;
}

void WaveFile::refuse(const std::string& why) const {
  throw UserError(fmt::format("{}: cannot write this wave: {}", wave_.file.string(), why));
}

}  // namespace tessera::wave
