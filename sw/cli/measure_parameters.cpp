#include "sw/cli/parameter_kinds.hpp"
#include "sw/cli/parameter_lists.hpp"

namespace tessera::cli {

std::vector<Parameter> measure_parameters() {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t kLongest = 1ULL << 62;  // a place in the run and one interval still fit
  return {
      choice(
          "measure.accounting", [](auto& c) -> auto& { return c.machine.accounting.full; },
          Names<bool>{{"full", true}, {"counters", false}},
          "classes of refills, latencies, intervals and slots besides counters and cycles, or not"),
      number(
          "measure.interval", [](auto& c) -> auto& { return c.machine.accounting.interval; }, 0,
          kLongest, "length of an interval in measure.interval_unit; 0: no intervals"),
      choice(
          "measure.interval_unit",
          [](auto& c) -> auto& { return c.machine.accounting.interval_unit; },
          Names<machine::IntervalUnit>{{"accesses", machine::IntervalUnit::Accesses},
                                       {"cycles", machine::IntervalUnit::Cycles}},
          "what an interval's length counts"),
      number(
          "measure.warm_up", [](auto& c) -> auto& { return c.machine.accounting.warm_up; }, 0,
          kMost, "page accesses before the counting begins"),
      number(
          "measure.region", [](auto& c) -> auto& { return c.machine.accounting.region; }, 0, kMost,
          "page accesses counted, after which a run ends; 0: to its end"),
  };
}

}  // namespace tessera::cli
