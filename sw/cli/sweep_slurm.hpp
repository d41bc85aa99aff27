#pragma once

#include <cstdint>
#include <string>

#include "sw/cli/sweep_plan.hpp"
#include "sw/sweep/database.hpp"

namespace tessera::cli {

/// How a sweep is to be run on a Slurm cluster.
struct SlurmChoices {
  std::string file;         ///< of the sweep, where all nodes find it
  std::uint64_t tasks = 8;  ///< slices of the sweep, each a task of one job array
};

/// Throws UserError unless this machine has Slurm's commands and they reach its controller.
void require_slurm();

/// Runs what the database has no result of as one array of Slurm tasks, each of which fills a
/// slice's SQLite file in FILE.slurm beside the database, and collects their rows as they come.
/// Tasks that end without all their rows (a node that failed) are submitted again, a few times.
/// Waits for an array that an earlier call left running. Ctrl-C leaves the array running. Throws
/// UserError when Slurm is not there or does not take the array.
void run_on_slurm(const SweepPlan& plan, const SlurmChoices& choices, sweep::Database& database);

}  // namespace tessera::cli
