#include "sw/replay/vm/replay.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "model/types/user_error.hpp"
#include "sw/replay/mmu/comparator.hpp"
#include "sw/replay/mmu/log_line.hpp"
#include "sw/replay/vm/log_operation.hpp"
#include "sw/replay/vm/vma_list.hpp"

namespace tessera::replay {

namespace {

constexpr std::string_view kEnd = "# end";

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// One log being replayed, line by line.
class Replay {
 public:
  Replay(std::string log, const VmReplayChoices& choices)
      : choices_(choices), comparator_(std::move(log)) {}

  void take(std::string_view line) {
    comparator_.at_line(++line_);
    if (!process_) {
      begin(line);
    } else if (ended_) {
      throw UnusableLine(fmt::format("text behind the log's last line, '{}'", kEnd));
    } else if (line == kEnd) {
      end();
    } else {
      play(line);
    }
  }

  /// Throws UnusableLine if the last line has not come yet.
  void finish() const {
    if (!process_) parse_vm_header("");
    if (!ended_) {
      throw UnusableLine(fmt::format("the log is cut off: its last line, '{}', is missing", kEnd));
    }
  }

  Verdict result() const {
    return {operations_, comparator_.checks(), comparator_.mismatches(), comparator_.reports()};
  }
  /// The number of the last line taken, from 1.
  std::uint64_t line() const { return std::max<std::uint64_t>(line_, 1); }

 private:
  void begin(std::string_view line) {
    header_ = parse_vm_header(line);
    process_.emplace(machine_of(header_, choices_));
  }

  void end() {
    if (operations_ != header_.operations) {
      throw UnusableLine(fmt::format("the log has {} operations; its first line promises {}",
                                     operations_, header_.operations));
    }
    ended_ = true;
  }

  void play(std::string_view line) {
    VmLogOperation operation = parse_vm_operation(line);
    if (operation.number != operations_) {
      throw UnusableLine(
          fmt::format("operation {} stands where {} should", operation.number, operations_));
    }
    ++operations_;
    if (!operation.vmas_unchanged) vmas_ = operation.outcome.vmas;
    operation.outcome.vmas = vmas_;
    compare(operation.outcome, process_->perform(operation));
  }

  void compare(const VmOutcome& expected, const VmOutcome& actual) {
    comparator_.compare("result", expected.result, actual.result);
    compare("minor faults", expected.minor_faults, actual.minor_faults);
    compare("major faults", expected.major_faults, actual.major_faults);
    if (!expected.residency.empty() || !actual.residency.empty()) {
      comparator_.compare("vec", expected.residency, actual.residency);
    }
    if (expected.flushes) compare(*expected.flushes, *actual.flushes);
    const VmaDifference vmas = difference(expected.vmas, actual.vmas);
    comparator_.compare("VMAs", vmas.expected, vmas.actual);
  }

  void compare(const FlushCounts& expected, const FlushCounts& actual) {
    compare("PID flushes", expected.pid_flushes, actual.pid_flushes);
    compare("VA flushes", expected.page_flushes, actual.page_flushes);
    compare("DSI and ISI", expected.exceptions, actual.exceptions);
  }

  // The logs count in decimal.
  void compare(std::string_view what, std::uint64_t expected, std::uint64_t actual) {
    comparator_.compare(what, std::to_string(expected), std::to_string(actual));
  }

  const VmReplayChoices& choices_;
  Comparator comparator_;
  VmLogHeader header_;
  std::optional<LoggerProcess> process_;  // from the header on
  std::string vmas_;                      // the log's last list
  std::uint64_t line_ = 0;
  std::uint64_t operations_ = 0;
  bool ended_ = false;
};

}  // namespace

Verdict replay_vm(std::string_view text, const std::string& log, const VmReplayChoices& choices) {
  Replay replay(log, choices);
  try {
    while (!text.empty()) replay.take(take_line(text));
    replay.finish();
  } catch (const UnusableLine& error) {
    throw UserError(fmt::format("{}:{}: {}", log, replay.line(), error.what()));
  }
  return replay.result();
}

const std::vector<std::string_view>& vm_masks() {
  static const std::vector<std::string_view> masks{
      "t=, fourth number (TLB misses): includes the logger's own pages"};
  return masks;
}

}  // namespace tessera::replay
