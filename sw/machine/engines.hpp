#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::machine {

/// Builds an MMU in its reset state; both arguments outlive it. Throws std::invalid_argument
/// with the text of mmu::validation_error.
using EngineFactory = std::unique_ptr<mmu::MmuEngine> (*)(const mmu::Parameters&,
                                                          const mmu::Timing&);

/// The same hardware, run in one of several ways with the same results in the same cycles.
struct EngineDescription {
  std::string_view name;
  std::string_view description;
  EngineFactory make;
};

/// All engines, the default first.
const std::vector<EngineDescription>& engines();

}  // namespace tessera::machine
