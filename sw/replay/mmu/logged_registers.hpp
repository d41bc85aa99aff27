#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "model/mmu/spr.hpp"

namespace tessera::replay {

/// The registers whose values end every O line.
inline constexpr std::array<std::pair<std::string_view, mmu::Spr>, 8> kLoggedRegisters{
    {{"pid", mmu::Spr::Pid0},
     {"mas0", mmu::Spr::Mas0},
     {"mas1", mmu::Spr::Mas1},
     {"mas2", mmu::Spr::Mas2},
     {"mas3", mmu::Spr::Mas3},
     {"mas4", mmu::Spr::Mas4},
     {"mas6", mmu::Spr::Mas6},
     {"mas7", mmu::Spr::Mas7}}};

}  // namespace tessera::replay
