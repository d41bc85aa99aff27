#include "sw/cli/sweep_runner.hpp"

#include <set>

#include <nlohmann/json.hpp>

#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/progress.hpp"
#include "sw/machine/run.hpp"
#include "sw/report/document.hpp"
#include "sw/sweep/workers.hpp"

namespace tessera::cli {
namespace {

using nlohmann::ordered_json;

// What a worker answers for a machine that cannot be built.
constexpr const char* kRefused = "refused";

/// In a worker: the document that `compare --json` would write of this run.
std::string result_text(SweepPlan& plan, const sweep::PlannedRun& run) {
  Configuration configuration = plan.configurations[run.configuration];
  const machine::Method method = *machine::find_method(run.method);
  configuration.methods = {method};
  configuration.set_seed(run.seed);
  try {
    const workload::Plan told = plan_of(configuration, plan.streams.cache());
    const auto workload = make_workload(told, method);
    report::Report report;
    report.config = values_of(configuration);
    report.kernel_costs = configuration.machine.kernel.cost_source;
    report.seed = run.seed;
    report.results.push_back(
        machine::run(configuration.machine, method, *workload, [](auto, auto) { return true; }));
    return report::to_json(report).dump();
  } catch (const UserError& error) {
    return ordered_json{{kRefused, error.what()}}.dump();
  }
}

sweep::FinishedRun finished(const sweep::PlannedRun& run, const sweep::Outcome& outcome) {
  sweep::FinishedRun result;
  result.key = run.key;
  result.attempts = outcome.attempts;
  result.seconds = outcome.seconds;
  if (!outcome.failure.empty()) {
    result.state = "crashed";
    result.error = outcome.failure;
    return result;
  }
  const ordered_json document = ordered_json::parse(outcome.answer);
  if (document.contains(kRefused)) {
    result.state = "refused";
    result.error = document[kRefused].get<std::string>();
    return result;
  }
  const ordered_json& row = document["results"][0];
  result.state = "done";
  if (!row["error"].is_null()) result.error = row["error"].get<std::string>();
  result.values = sweep::numbers_of(row);
  return result;
}

std::vector<std::size_t> pieces_of(const sweep::Plan& plan, const Slice& slice,
                                   sweep::Database& database) {
  const std::vector<std::string> keys = database.missing();
  const std::set<std::string> missing(keys.begin(), keys.end());
  std::vector<std::size_t> pieces;
  for (std::size_t i = slice.number; i < plan.runs.size(); i += slice.count) {
    if (missing.contains(plan.runs[i].key)) pieces.push_back(i);
  }
  return pieces;
}

}  // namespace

void run_missing(SweepPlan& plan, const Slice& slice, unsigned jobs, sweep::Database& database) {
  const std::vector<std::size_t> pieces = pieces_of(plan.plan, slice, database);
  Progress progress("runs");
  std::uint64_t done = 0;
  const auto deliver = [&](const sweep::Outcome& outcome) {
    database.add({finished(plan.plan.runs[outcome.work], outcome)});
    progress.show(plan.plan.name, ++done, pieces.size());
  };
  sweep::run_in_workers(
      pieces, jobs, [&](std::size_t i) { return result_text(plan, plan.plan.runs[i]); }, deliver,
      [] { return !interrupted(); });
  progress.clear();
}

}  // namespace tessera::cli
