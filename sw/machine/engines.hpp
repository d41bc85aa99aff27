#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/wave/wave_file.hpp"

namespace tessera::machine {

/// Builds an MMU in its reset state; the memory that a hardware walker reads, nullptr without one,
/// outlives it. Throws std::invalid_argument with the text of mmu::validation_error or when a
/// walker has no memory, UserError when the engine does not have these.
using EngineFactory = std::function<std::unique_ptr<mmu::MmuEngine>(
    const mmu::Parameters&, const mmu::Timing&, mmu::WalkMemory*)>;

/// A wave, and what makes the one MMU that is shown in it. The wave is to be finished when the MMU
/// is gone.
struct Recording {
  std::shared_ptr<wave::WaveFile> wave;
  EngineFactory make;
};

/// The same hardware, run in one of several ways with the same results in the same cycles.
struct EngineDescription {
  std::string_view name;
  std::string_view description;
  EngineFactory make;
  std::string_view wave_extension;  ///< of the engine's wave files; empty: it has none
  /// Creates the file. Throws UserError when that fails.
  std::function<Recording(const wave::Wave&)> record;
};

/// All engines, the default first.
const std::vector<EngineDescription>& engines();

}  // namespace tessera::machine
