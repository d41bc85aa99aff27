#pragma once

#include <cstdint>

namespace tessera::machine {

/// What an interval's length and the region are counted in.
enum class IntervalUnit : std::uint8_t { Accesses, Cycles };

/// What is accounted, and of which part of a run.
struct AccountingConfig {
  bool full = true;                 ///< docs/accounting.md; else counters and cycles alone
  std::uint64_t interval = 10'000;  ///< of a series; 0: no series
  IntervalUnit interval_unit = IntervalUnit::Accesses;
  std::uint64_t warm_up = 0;  ///< accesses before the counting begins
  std::uint64_t region = 0;   ///< accesses after which the run ends; 0: with the workload
};

}  // namespace tessera::machine
