#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/checkpoint.hpp"
#include "sw/cli/recordings.hpp"

namespace tessera::cli {

/// --checkpoint-every and --checkpoint: what `tessera resume` goes on from.
class CheckpointOptions {
 public:
  /// Adds the options to a command.
  void add_to(CLI::App& command);

  /// Throws UserError unless the checkpoints of this comparison could be made: engine transaction,
  /// no recording, a possible time, and a file that is not there yet.
  void check(const Configuration& configuration, const Recordings& recordings) const;

  /// Tells the order of a comparison that passed check().
  void complete(ComparisonOrder& order) const;

 private:
  double seconds() const;

  std::string every_;
  std::string file_;
};

}  // namespace tessera::cli
