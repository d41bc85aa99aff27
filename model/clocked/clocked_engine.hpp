#pragma once

#include <memory>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"

namespace tessera::clocked {

/// The clocked model as an engine: out of reset, at cycle 0. `memory` is what a hardware walker
/// reads. Throws std::invalid_argument with the text of mmu::validation_error, or when there is a
/// walker and no memory.
std::unique_ptr<mmu::MmuEngine> make_clocked_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing,
                                                    mmu::WalkMemory* memory = nullptr);

}  // namespace tessera::clocked
