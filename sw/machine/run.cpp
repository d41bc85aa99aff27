#include "sw/machine/run.hpp"

#include <numeric>

#include "sw/machine/machine.hpp"

namespace tessera::machine {
namespace {

// Seldom enough to cost nothing, often enough for Ctrl-C while a wave is written.
constexpr std::uint64_t kObservationInterval = 64;

/// All that is read twice: when the counting starts and when it ends.
struct Reading {
  RunCounters counters;
  CycleAccount account;
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

RunResult run(const MachineConfig& config, Method method, workload::Workload& workload,
              const Observer& observer) {
  Machine machine(config, method, workload);
  RunResult result;
  result.method = method;
  Reading start = read(machine);
  workload::Iteration iteration;
  std::uint64_t done = 0;
  while (!result.error && !result.interrupted && workload.next(iteration)) {
    result.error = machine.execute(iteration);
    if (!iteration.counted) {
      start = read(machine);
    } else if (++done % kObservationInterval == 0) {
      result.interrupted = !observer(done, workload.iterations());
    }
  }
  report(result, start, read(machine));
  insist_on_sound_state(machine);
  return result;
}

}  // namespace tessera::machine
