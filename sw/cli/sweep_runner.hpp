#pragma once

#include <string>

#include "sw/cli/sweep_plan.hpp"
#include "sw/sweep/database.hpp"

namespace tessera::cli {

/// Which part of a sweep is to be run: of the runs in order of their keys every `count`th, from the
/// one of this number on.
struct Slice {
  std::uint64_t number = 0;
  std::uint64_t count = 1;
};

/// Runs all runs of the slice that the database has no result of, in `jobs` processes, and puts
/// what becomes of them in there as they end. Ctrl-C ends it. Progress goes to stderr.
void run_missing(SweepPlan& plan, const Slice& slice, unsigned jobs, sweep::Database& database);

}  // namespace tessera::cli
