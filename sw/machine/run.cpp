#include "sw/machine/run.hpp"

#include <algorithm>
#include <numeric>

#include "model/types/archive.hpp"
#include "sw/machine/machine.hpp"

namespace tessera::machine {
namespace {

constexpr std::uint64_t kObservationInterval = 64;

/// All that is read twice: when the counting starts and when it ends.
struct Reading {
  RunCounters counters;
  CycleAccount account;

  void state(Archive& archive) { archive(counters, account); }
};

Reading read(const Machine& machine) { return {machine.counters(), machine.core().account()}; }

void report(RunResult& result, const Reading& start, const Reading& end) {
  result.counters = between(start.counters, end.counters);
  for (std::size_t i = 0; i < kParts; ++i) {
    const Part part = static_cast<Part>(i);
    result.cycles[i] = end.account.of(part) - start.account.of(part);
  }
}

void insist_on_sound_state(const Machine& machine) {
  const std::vector<std::string> texts = machine.audit();
  if (texts.empty()) {
    return;
  }
  std::string all = "internal check failed";
  for (const std::string& text : texts) {
    all += "\n  " + text;
  }
  throw IdentityViolation(all);
}

}  // namespace

Cycles RunResult::total() const { return std::accumulate(cycles.begin(), cycles.end(), Cycles(0)); }

Cycles RunResult::kernel() const { return total() - of(Part::User) - of(Part::Walk); }

void RunResult::state(Archive& archive) {
  archive(method, error, interrupted, counters, cycles);
  const auto is_method = [&](const MethodDescription& known) { return known.method == method; };
  archive.require(std::any_of(methods().begin(), methods().end(), is_method),
                  "there is no such method");
}

struct Run::UnderWay {
  UnderWay(const MachineConfig& config, Method method, workload::Workload& its_workload)
      : workload(its_workload), machine(config, method, its_workload), start(read(machine)) {
    result.method = method;
  }
  void state(Archive& archive);

  workload::Workload& workload;
  Machine machine;
  Reading start;
  RunResult result;
  workload::Iteration iteration;
  std::uint64_t done = 0;
};

Run::Run(const MachineConfig& config, Method method, workload::Workload& workload)
    : under_way_(std::make_unique<UnderWay>(config, method, workload)) {}

Run::~Run() = default;

bool Run::advance() {
  UnderWay& run = *under_way_;
  while (!run.result.error && run.workload.next(run.iteration)) {
    run.result.error = run.machine.execute(run.iteration);
    if (!run.iteration.counted) {
      run.start = read(run.machine);
    } else if (++run.done % kObservationInterval == 0) {
      return true;
    }
  }
  return false;
}

std::uint64_t Run::done() const { return under_way_->done; }

RunResult Run::finish(bool interrupted) {
  UnderWay& run = *under_way_;
  run.result.interrupted = interrupted;
  report(run.result, run.start, read(run.machine));
  insist_on_sound_state(run.machine);
  return run.result;
}

void Run::UnderWay::state(Archive& archive) {
  archive.part("run");
  archive(machine, workload, start, result.error, done);
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
