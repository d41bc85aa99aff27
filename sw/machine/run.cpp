#include "sw/machine/run.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "model/types/archive.hpp"
#include "model/types/user_error.hpp"
#include "sw/machine/accounting/region.hpp"
#include "sw/machine/machine.hpp"

namespace tessera::machine {
namespace {

constexpr std::uint64_t kObservationInterval = 64;

/// All that is read twice: when the counting starts and when it ends.
struct Reading {
  RunCounters counters;
  CycleAccount account;
  RefillAccount refills;

  void state(Archive& archive) { archive(counters, account, refills); }
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

struct Run::UnderWay {
  UnderWay(const MachineConfig& config, Method method, workload::Workload& its_workload)
      : accounting(config.accounting),
        workload(its_workload),
        machine(config, method, its_workload),
        start(read(machine)),
        region(config.accounting) {
    result.method = method;
  }
  void state(Archive& archive);

  const AccountingConfig& accounting;
  workload::Workload& workload;
  Machine machine;
  Reading start;
  Region region;
  RunResult result;
  workload::Iteration iteration;
  std::uint64_t done = 0;
};

Run::Run(const MachineConfig& config, Method method, workload::Workload& workload)
    : under_way_(std::make_unique<UnderWay>(config, method, workload)) {}

Run::~Run() = default;

bool Run::advance() {
  UnderWay& run = *under_way_;
  while (!run.result.error && !run.region.is_over() && run.workload.next(run.iteration)) {
    run.result.error = run.machine.execute(run.iteration);
    if (run.region.begins_after(run.iteration.counted, run.machine.accesses())) {
      run.start = begin_counting(run.machine);
    }
    if (run.iteration.counted && ++run.done % kObservationInterval == 0) return true;
  }
  return false;
}

std::uint64_t Run::done() const { return under_way_->done; }

RunResult Run::finish(bool interrupted) {
  UnderWay& run = *under_way_;
  run.result.interrupted = interrupted;
  if (!run.region.is_warm()) {
    insist_on_warm_up(run.accounting, run.region, run.result);
    run.start = begin_counting(run.machine);
  }
  report(run.result, run.start, read(run.machine));
  report_accounts(run.result, run.machine);
  insist_on_sound_state(run.machine, run.result);
  return run.result;
}

void Run::UnderWay::state(Archive& archive) {
  archive.part("run");
  archive(machine, workload, start, region, result.error, done);
}

// A machine that is half another one could not even be taken apart.
void Run::state(Archive& archive) {
  Archive before;
  if (archive.reads()) under_way_->state(before);
  try {
    under_way_->state(archive);
  } catch (const ArchiveError&) {
    const std::string own = before.take();
    Archive back(own);
    under_way_->state(back);
    throw;
  }
}

RunResult run(const MachineConfig& config, Method method, workload::Workload& workload,
              const Observer& observer) {
  Run run(config, method, workload);
  bool goes_on = true;
  while (goes_on && run.advance()) goes_on = observer(run.done(), workload.iterations());
  return run.finish(!goes_on);
}

}  // namespace tessera::machine
