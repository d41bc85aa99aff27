#include "sw/replay/vm/log_operation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

namespace {

constexpr std::string_view kArrow = " -> ";
constexpr std::string_view kVmas = " V=";

// "=" or "2{0-4:... 5-6:...}".
void parse_vmas(std::string_view text, VmLogOperation& operation) {
  operation.vmas_unchanged = text == "=";
  if (operation.vmas_unchanged) return;
  const std::size_t open = text.find('{');
  if (open == std::string_view::npos || text.back() != '}') {
    throw UnusableLine(fmt::format("'V={}' is neither V== nor V=<count>{{<VMAs>}}", text));
  }
  const std::string_view list = text.substr(open + 1, text.size() - open - 2);
  const auto spaces = std::count(list.begin(), list.end(), ' ');
  const std::uint64_t vmas = list.empty() ? 0 : static_cast<std::uint64_t>(spaces) + 1;
  if (decimal(text.substr(0, open)) != vmas) {
    throw UnusableLine(fmt::format("V= announces another number of VMAs than the {} listed", vmas));
  }
  operation.outcome.vmas = list;
}

// The t= field has a fourth number, TLB misses, which includes the logger's own pages.
std::optional<FlushCounts> parse_flushes(const Words& words) {
  constexpr std::size_t kNumbers = 4;
  const std::string_view list = words.value_or_empty("t");
  if (list.empty()) return std::nullopt;
  const auto numbers = decimals(list, kNumbers);
  return FlushCounts{numbers[0], numbers[1], numbers[2]};
}

VmOutcome parse_outcome(std::string_view text) {
  Words words(text);
  VmOutcome outcome;
  outcome.result = words.take_first();
  if (outcome.result.empty()) throw UnusableLine("there is no result behind '->'");
  const auto faults = decimals(words.text("f"), 2);
  outcome.minor_faults = faults[0];
  outcome.major_faults = faults[1];
  outcome.residency = words.value_or_empty("vec");
  outcome.flushes = parse_flushes(words);
  return outcome;
}

}  // namespace

VmLogOperation parse_vm_operation(std::string_view line) {
  const std::size_t arrow = line.find(kArrow);
  const std::size_t vmas = line.find(kVmas);
  if (arrow == std::string_view::npos || vmas == std::string_view::npos || vmas < arrow) {
    throw UnusableLine("an operation is '<number> <name> <arguments> -> <result> f= V='");
  }
  VmLogOperation operation;
  operation.arguments = Words(line.substr(0, arrow));
  operation.number = decimal(operation.arguments.take_first());
  operation.name = operation.arguments.take_first();
  const std::size_t outcome = arrow + kArrow.size();
  operation.outcome = parse_outcome(line.substr(outcome, vmas - outcome));
  parse_vmas(line.substr(vmas + kVmas.size()), operation);
  return operation;
}

}  // namespace tessera::replay
