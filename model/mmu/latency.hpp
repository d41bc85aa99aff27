#pragma once

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/types/units.hpp"

namespace tessera::mmu {

/// Cycles from the edge that accepts an instruction to the edge of its effect, given how it ended
/// (docs/microarchitecture.md).
Cycles latency_of(const Instruction& instruction, Trap trap, const Parameters& parameters,
                  const Timing& timing);

}  // namespace tessera::mmu
