#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sw/cli/configuration.hpp"
#include "sw/machine/run.hpp"

namespace tessera {
class Archive;
}

namespace tessera::cli {

/// What a comparison was asked for: all that its result and its files depend on.
struct ComparisonOrder {
  std::vector<Assignment> assignments;
  std::string json_path;  ///< empty: no such file
  std::string html_path;  ///< likewise
  std::string checkpoint_path;
  double checkpoint_seconds = 0;  ///< between two checkpoints; 0: there are none

  void state(Archive& archive);
};

/// A comparison between two rounds of one of its runs (decision 13).
struct Checkpoint {
  ComparisonOrder order;
  std::string configuration;  ///< every parameter in force, as JSON
  double seconds = 0;         ///< the comparison has taken so far
  std::vector<machine::RunResult> finished;
  std::string run;  ///< the state of the next one

  void state(Archive& archive);
};

/// The contents of a checkpoint file: a line that names the program, a line with the fingerprint of
/// the program, one with that of the rest; the rest is zstd.
std::string to_bytes(Checkpoint checkpoint);

/// The checkpoint in such a file; `name` is what errors call it. Throws UserError if it is damaged,
/// or of another version or build of the program, or no checkpoint.
Checkpoint parse_checkpoint(std::string_view bytes, const std::string& name);

/// Likewise, from a file.
Checkpoint read_checkpoint(const std::string& path);

}  // namespace tessera::cli
