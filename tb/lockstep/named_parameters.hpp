#pragma once

#include <string_view>

#include "model/mmu/core.hpp"

namespace tessera::lockstep {

/// The core that differs from `preset` in what `text` says: NAME=NUMBER ..., by the names and
/// numbers of docs/pins.md 11, as the RTL takes them. Throws std::invalid_argument for anything
/// else.
mmu::Core core_with(std::string_view text, const mmu::Core& preset = *mmu::find_core("e500mc"));

}  // namespace tessera::lockstep
