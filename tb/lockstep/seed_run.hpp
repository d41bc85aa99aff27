#pragma once

#include <cstdint>
#include <string>

#include "tb/lockstep/lockstep.hpp"
#include "tb/lockstep/subjects.hpp"

namespace tessera::lockstep {

/// What some runs in lock step have met together.
struct Met {
  Comparison comparison;
  CheckedTranslations checked;

  Met& operator+=(const Met& more);
};

/// One seed of a subject: clocked C++ against RTL, with the checker. What it met is added to `met`;
/// the result is the text of a difference, with the waves of a second run up to there, or empty.
std::string run_seed(const Subject& subject, std::uint64_t seed, std::uint64_t cycles, Met& met);

}  // namespace tessera::lockstep
