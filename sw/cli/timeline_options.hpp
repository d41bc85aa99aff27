#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/configuration.hpp"
#include "sw/report/timeline_file.hpp"

namespace tessera::cli {

/// --timeline, --timeline-from and --timeline-to: what the cores do in some cycles of their runs.
class TimelineOptions {
 public:
  /// Adds the options to a command.
  void add_to(CLI::App& command);

  bool wanted() const { return !file_.empty(); }

  /// Throws UserError unless the timeline of this comparison could be written.
  void check(const Configuration& configuration) const;

  /// Begins the file; null if no timeline is asked for. Throws UserError when that fails.
  std::unique_ptr<report::TimelineFile> begin() const;

 private:
  report::TimelineWindow window() const;

  std::string file_;
  std::string from_;
  std::string to_;
};

}  // namespace tessera::cli
