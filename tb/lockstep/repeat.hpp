#pragma once

#include <cstdint>
#include <string>

#include "tb/lockstep/subjects.hpp"

namespace tessera::lockstep {

/// Runs a seed of a subject once more up to that cycle, now with waves of its last cycles: all
/// signals of the RTL, and the pins of the clocked C++. The text says where they are, in files of
/// the working directory. Throws UserError when they cannot be written.
std::string repeat_with_waves(const Subject& subject, std::uint64_t seed, std::uint64_t cycles);

}  // namespace tessera::lockstep
