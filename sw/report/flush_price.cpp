#include "sw/report/flush_price.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "sw/vm/counters.hpp"

namespace tessera::report {
namespace {

using machine::RunResult;

const char* words_for_flushes(machine::FlushReach reach) {
  switch (reach) {
    case machine::FlushReach::Va:
      return "page flushes";
    case machine::FlushReach::Pid:
      return "PID flushes";
    case machine::FlushReach::All:
      return "flushes of everything";
  }
  return "";
}

/// Flushes of one reach and cause, and what of the cycles their refills take, in percent.
struct FlushShare {
  double percent = 0;
  std::string text;
};

/// The dearest first.
std::vector<FlushShare> flush_shares(const RunResult& result) {
  std::vector<FlushShare> shares;
  for (std::size_t reach = 0; reach < machine::kFlushReaches; ++reach) {
    for (std::size_t cause = 0; cause < vm::kFlushCauses; ++cause) {
      const machine::FlushEvent flush{static_cast<machine::FlushReach>(reach),
                                      static_cast<vm::FlushCause>(cause), 0};
      const Cycles cycles =
          result.refills->cycles[machine::group_of({machine::RefillClass::Flush, flush})];
      const double percent =
          100.0 * static_cast<double>(cycles.value()) / static_cast<double>(result.total().value());
      shares.push_back({percent, fmt::format("{} for {} {:.1f} %", words_for_flushes(flush.reach),
                                             vm::name(flush.cause), percent)});
    }
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const FlushShare& a, const FlushShare& b) { return a.percent > b.percent; });
  return shares;
}

}  // namespace

std::string price_of_flushes(const RunResult& result) {
  constexpr double kWorthSaying = 0.05;
  if (!result.refills || result.total() == Cycles(0)) return {};
  double sum = 0;
  std::string causes;
  for (const FlushShare& share : flush_shares(result)) {
    sum += share.percent;
    if (share.percent >= kWorthSaying) causes += (causes.empty() ? "" : ", ") + share.text;
  }
  if (causes.empty()) return {};
  return fmt::format("TLB refills after flushes take {:.1f} % of {}'s cycles: {}.\n", sum,
                     machine::describe(result.method).name, causes);
}

}  // namespace tessera::report
