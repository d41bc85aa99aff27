#pragma once

#include <memory>
#include <string>

#include "model/types/units.hpp"
#include "sw/machine/accounting/timeline.hpp"
#include "sw/report/part_file.hpp"

namespace tessera::report {

/// The cycles of each run that a timeline shows.
struct TimelineWindow {
  Cycles from{0};  ///< the first
  Cycles to{0};    ///< the last
};

/// What cores did when, as JSON in Chrome's trace format (docs/accounting.md): a process a run,
/// a track a kind of work. It grows while the runs go on, and appears when it is finished.
class TimelineFile {
 public:
  /// Throws UserError when the file cannot be begun.
  TimelineFile(std::string path, const TimelineWindow& window);
  ~TimelineFile();

  /// The next run begins: who is to be told of it, until the next one begins or the file ends. Its
  /// begin() throws UserError when the file cannot be written.
  std::unique_ptr<machine::Timeline> begin_run(const std::string& name);

  /// Throws UserError if the run has ended before the window begins: nothing of it is shown.
  void insist_on_cycles() const;

  /// Completes the file and moves it to its place. Throws UserError when that fails.
  void finish();

 private:
  class Run;

  void write_event(const std::string& fields);
  void write_out();
  void insist() const;

  std::string path_;
  PartFile file_;
  TimelineWindow window_;
  std::string text_;     ///< not written yet
  std::string failure_;  ///< why the file cannot be written; empty if it can
  Cycles run_end_{0};    ///< of the run that ended last
  unsigned runs_ = 0;
  bool any_ = false;
};

}  // namespace tessera::report
