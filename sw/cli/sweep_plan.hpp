#pragma once

#include <map>
#include <string>
#include <vector>

#include "sw/cli/configuration.hpp"
#include "sw/cli/sweep_file.hpp"
#include "sw/sweep/plan.hpp"
#include "sw/workload/stream_cache.hpp"

namespace tessera::cli {

/// Block streams, each loaded once: processes forked later share them.
class Streams {
 public:
  workload::StreamCache& cache() { return cache_; }

  /// Stands for what is in the stream that this configuration's workload plays; empty if it plays
  /// none. Throws UserError when it cannot be read.
  std::string fingerprint(const Configuration& configuration);

 private:
  workload::StreamCache cache_;
  std::map<std::string, std::string> fingerprints_;
};

/// A plan, and what it takes to carry it out.
struct SweepPlan {
  sweep::Plan plan;
  std::vector<Configuration> configurations;  ///< plan's; anything where that has no parameters
  Streams streams;
  std::uint64_t combinations = 0;  ///< of swept parameters, before those that come to the same
};

/// All combinations of a file, each checked as far as it goes without a machine. Throws UserError
/// when there are too many, or when not one of them can be configured.
SweepPlan plan_sweep(const SweepFile& file);

/// "36 runs: 18 configurations, methods mmap, rfp; 2 runs cannot be configured (first: ...)".
std::string describe(const SweepPlan& plan);

}  // namespace tessera::cli
