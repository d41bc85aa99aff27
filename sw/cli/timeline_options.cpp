#include "sw/cli/timeline_options.hpp"

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter_kinds.hpp"
#include "sw/report/atomic_file.hpp"

namespace tessera::cli {
namespace {

// What a viewer still opens: some ten thousand slices.
constexpr std::uint64_t kUsualLength = 10'000'000;

std::uint64_t cycle_of_timeline(const char* flag, const std::string& text) {
  try {
    return parse_number(text, 0, std::numeric_limits<std::uint64_t>::max() - kUsualLength);
  } catch (const UserError& error) {
    throw UserError(fmt::format("{}: {}", flag, error.what()));
  }
}

}  // namespace

void TimelineOptions::add_to(CLI::App& command) {
  command
      .add_option("--timeline", file_,
                  "Writes what the core does when to this file, in Chrome's trace format")
      ->type_name("FILE");
  command.add_option("--timeline-from", from_, "First cycle of the timeline")
      ->default_str("0")
      ->type_name("CYCLE");
  command.add_option("--timeline-to", to_, "Last cycle of the timeline")
      ->default_str("10,000,000 after the first")
      ->type_name("CYCLE");
}

report::TimelineWindow TimelineOptions::window() const {
  const std::uint64_t from = from_.empty() ? 0 : cycle_of_timeline("--timeline-from", from_);
  const std::uint64_t to =
      to_.empty() ? from + kUsualLength : cycle_of_timeline("--timeline-to", to_);
  if (from > to) {
    throw UserError(
        fmt::format("--timeline-from: cycle {} is after --timeline-to, cycle {}", from, to));
  }
  return {Cycles(from), Cycles(to)};
}

void TimelineOptions::check(const Configuration& configuration) const {
  if (file_.empty()) {
    if (from_.empty() && to_.empty()) return;
    throw UserError(fmt::format("{}: there is no --timeline FILE that it could be about",
                                from_.empty() ? "--timeline-to" : "--timeline-from"));
  }
  window();
  report::check_writable(file_);
  if (!configuration.machine.accounting.full) {
    throw UserError("--timeline: measure.accounting is counters; a timeline needs full");
  }
}

std::unique_ptr<report::TimelineFile> TimelineOptions::begin() const {
  if (file_.empty()) return nullptr;
  return std::make_unique<report::TimelineFile>(file_, window());
}

}  // namespace tessera::cli
