#pragma once

#include <cstdint>
#include <string>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::clocked {

/// What a comparison of two engines met.
struct EngineComparison {
  std::uint64_t calls = 0;
  std::uint64_t checks = 0;
  std::string difference;  ///< the first; empty: none
};

/// Random calls on two engines in reset state: every response, completion and counter must be
/// equal, cycle of completion included, and every `calls_to_an_audit` calls all valid entries.
/// Stops at the first difference.
EngineComparison compare_engines(mmu::MmuEngine& left, mmu::MmuEngine& right,
                                 const mmu::Parameters& parameters, unsigned seed,
                                 std::uint64_t calls, std::uint64_t calls_to_an_audit = 4000);

/// The core presets under their names, and besides: "small", tiny sizes that are no powers of two
/// and every rule turned the other way; "slow", all times uneven; "narrow", an L2 port that is
/// busy for longer than a lookup takes, and no L1; "lru" and "lru_at_one_edge", true LRU in TLB0;
/// "jammed", an L2 port that is busy for very long, and "open", one that is never busy. A name may
/// end in "_tablewalk" or "_e6500": that hardware walker besides.
struct Configuration {
  mmu::Parameters parameters;
  mmu::Timing timing;
};
Configuration configuration_of(const std::string& name);

}  // namespace tessera::clocked
