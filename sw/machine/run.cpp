#include "sw/machine/run.hpp"

#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/machine/accounting/region.hpp"
#include "sw/machine/machine.hpp"

namespace tessera::machine {
namespace {

// Seldom enough to cost nothing, often enough for Ctrl-C while a wave is written.
constexpr std::uint64_t kObservationInterval = 64;

/// All that is read twice: when the counting starts and when it ends.
struct Reading {
  RunCounters counters;
  CycleAccount account;
  RefillAccount refills;
};

Reading read(const Machine& machine) {
  const Accounting* const accounting = machine.accounting();
  return {machine.counters(), machine.core().account(),
          accounting != nullptr ? accounting->refills() : RefillAccount{}};
}

Reading begin_counting(Machine& machine) {
  machine.begin_counting();
  return read(machine);
}

void report(RunResult& result, const Reading& start, const Reading& end) {
  result.counters = between(start.counters, end.counters);
  for (std::size_t i = 0; i < kParts; ++i) {
    const Part part = static_cast<Part>(i);
    result.cycles[i] = end.account.of(part) - start.account.of(part);
    for (std::size_t k = 0; k < kActivities; ++k) {
      result.activities[i][k] = end.account.activities()[i][k] - start.account.activities()[i][k];
    }
  }
  result.refills = between(start.refills, end.refills);
}

void report_accounts(RunResult& result, Machine& machine) {
  const Accounting* const accounting = machine.accounting();
  if (accounting == nullptr) {
    result.refills.reset();
    return;
  }
  machine.end_counting();
  RunAccounts accounts{accounting->latencies(), accounting->slots(), std::nullopt};
  if (machine.series() != nullptr) accounts.series = *machine.series();
  result.accounts = std::make_shared<const RunAccounts>(std::move(accounts));
}

/// What of the accounts does not sum to what the run counted.
std::vector<std::string> violated_sums(const RunResult& result) {
  if (!result.accounts) return {};
  std::vector<std::string> texts;
  const auto expect = [&](std::string_view what, std::uint64_t left, std::uint64_t right) {
    if (left == right) return;
    texts.push_back(fmt::format("identity violated: {}: {} != {}", what, left, right));
  };
  const RunAccounts& accounts = *result.accounts;
  const auto& calls = accounts.latencies[static_cast<std::size_t>(LatencyKind::MappingCall)];
  expect("latencies of mapping calls = mapping_calls", calls.count(),
         result.counters.mapping_calls);
  const auto& slots = accounts.slots.accesses();
  expect("accesses by slot = accesses", std::accumulate(slots.begin(), slots.end(), 0ULL),
         result.counters.accesses);
  if (!accounts.series) return texts;
  for (const CounterDescription& counter : counter_descriptions()) {
    if (counter.kind != CounterKind::Events) continue;
    std::uint64_t sum = 0;
    for (const IntervalReading& interval : accounts.series->intervals()) {
      sum += interval.counters.*counter.member;
    }
    expect(fmt::format("{} = sum of its intervals", counter.name), result.counters.*counter.member,
           sum);
  }
  return texts;
}

void insist_on_sound_state(const Machine& machine, const RunResult& result) {
  std::vector<std::string> texts = machine.audit();
  const std::vector<std::string> sums = violated_sums(result);
  texts.insert(texts.end(), sums.begin(), sums.end());
  if (texts.empty()) {
    return;
  }
  std::string all = "internal check failed";
  for (const std::string& text : texts) {
    all += "\n  " + text;
  }
  throw IdentityViolation(all);
}

/// A run that something ended early has an excuse, and nothing that counts.
void insist_on_warm_up(const AccountingConfig& config, const Region& region,
                       const RunResult& result) {
  if (result.error || result.interrupted) return;
  throw UserError(fmt::format("measure.warm_up is {}: the run has {} accesses", config.warm_up,
                              region.accesses()));
}

}  // namespace

Cycles RunResult::total() const { return std::accumulate(cycles.begin(), cycles.end(), Cycles(0)); }

Cycles RunResult::kernel() const { return total() - of(Part::User) - of(Part::Walk); }

RunResult run(const MachineConfig& config, Method method, workload::Workload& workload,
              const Observer& observer) {
  Machine machine(config, method, workload);
  RunResult result;
  result.method = method;
  Reading start = read(machine);
  Region region(config.accounting);
  workload::Iteration iteration;
  std::uint64_t done = 0;
  while (!result.error && !result.interrupted && !region.is_over() && workload.next(iteration)) {
    result.error = machine.execute(iteration);
    if (region.begins_after(iteration.counted, machine.accesses())) {
      start = begin_counting(machine);
    }
    if (iteration.counted && ++done % kObservationInterval == 0) {
      result.interrupted = !observer(done, workload.iterations());
    }
  }
  if (!region.is_warm()) {
    insist_on_warm_up(config.accounting, region, result);
    start = begin_counting(machine);
  }
  report(result, start, read(machine));
  report_accounts(result, machine);
  insist_on_sound_state(machine, result);
  return result;
}

}  // namespace tessera::machine
