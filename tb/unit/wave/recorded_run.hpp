#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "model/mmu/core.hpp"
#include "model/mmu/counters.hpp"
#include "model/types/units.hpp"
#include "model/wave/wave.hpp"
#include "sw/machine/engines.hpp"
#include "tb/unit/wave/wave_reader.hpp"

namespace tessera::wave {

/// What an engine said of a run.
struct Answers {
  std::set<std::uint64_t> fetches;       ///< the cycles of their responses
  std::set<std::uint64_t> data;          ///< the same of loads and stores
  std::set<std::uint64_t> instructions;  ///< the cycles of their completions
  mmu::MmuCounters counters;
  std::uint64_t end = 0;  ///< the cycle after the last call
};

/// An engine of sw/machine/engines.hpp.
const machine::EngineDescription& describe(const std::string& engine);

/// The same random calls for the same seed, with what every engine may skip in between, on an
/// engine that shows itself in a wave. The file is finished.
Answers run_recorded(const std::string& engine, const mmu::Core& core, const Wave& wave,
                     unsigned seed, std::uint64_t calls);

}  // namespace tessera::wave
