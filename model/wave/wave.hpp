#pragma once

#include <filesystem>
#include <limits>

#include "model/types/units.hpp"

namespace tessera::wave {

/// The cycles of a run that are to be shown as a wave, and the file it goes to.
struct Wave {
  std::filesystem::path file;                            ///< where it goes to
  Cycles from{0};                                        ///< the first cycle shown
  Cycles to{std::numeric_limits<std::uint64_t>::max()};  ///< the last cycle shown
};

}  // namespace tessera::wave
