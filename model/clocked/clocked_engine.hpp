#pragma once

#include <memory>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::clocked {

/// The clocked model as an engine: out of reset, at cycle 0. Throws std::invalid_argument with the
/// text of mmu::validation_error.
std::unique_ptr<mmu::MmuEngine> make_clocked_engine(const mmu::Parameters& parameters,
                                                    const mmu::Timing& timing);

}  // namespace tessera::clocked
