#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "sw/cli/checkpoint.hpp"

namespace tessera::cli {

/// Keeps the newest checkpoint of a comparison in a file, so that the run can be gone on with
/// whatever happens to it. The one before stays until the new one is complete.
class CheckpointKeeper {
 public:
  /// Of a comparison that begins; keeps nothing if the order has no checkpoints.
  CheckpointKeeper(ComparisonOrder order, std::string configuration);

  /// Of a comparison that goes on where this checkpoint was made.
  explicit CheckpointKeeper(Checkpoint checkpoint);

  /// What was finished by then.
  const std::vector<machine::RunResult>& finished() const { return checkpoint_.finished; }

  /// The run that begins: it takes the state of the checkpoint if that is of this run; else the
  /// first checkpoint is made. Throws UserError if the state is not one of this run.
  void begin(machine::Run& run);

  /// Makes a checkpoint if it is time for one.
  void look_at(machine::Run& run);

  /// Makes a checkpoint. Throws UserError if that fails: the one before is still there.
  void save(machine::Run& run);

  /// The run has ended with this.
  void finish(const machine::RunResult& result) { checkpoint_.finished.push_back(result); }

  /// The comparison has ended: takes the file away.
  void remove() const;

  /// Where the checkpoint is; empty: none is kept.
  const std::string& path() const { return checkpoint_.order.checkpoint_path; }

  /// Seconds that the comparison has taken, with what it took before it was gone on with.
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  bool keeps() const { return checkpoint_.order.checkpoint_seconds > 0; }

  Checkpoint checkpoint_;
  double seconds_before_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_;
};

}  // namespace tessera::cli
