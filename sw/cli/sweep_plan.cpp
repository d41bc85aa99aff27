#include "sw/cli/sweep_plan.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/types/user_error.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/parameter_lists.hpp"
#include "sw/machine/huge_pages.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t kMostCombinations = 1000000;
// SQLite's integers are signed.
constexpr std::uint64_t kMostSeed = (1ULL << 63) - 1;

std::uint64_t count_combinations(const SweepFile& file) {
  std::uint64_t count = std::max<std::size_t>(1, file.list.size());
  for (const GridAxis& axis : file.grid) {
    count *= axis.values.size();
    if (count > kMostCombinations) {
      throw UserError(fmt::format("{}: more than {} combinations", file.path,
                                  report::grouped(kMostCombinations)));
    }
  }
  return count;
}

/// The swept values of one combination; the last axis changes fastest.
std::vector<SweptValue> combination(const SweepFile& file, std::uint64_t number) {
  std::vector<SweptValue> values;
  std::for_each(file.grid.rbegin(), file.grid.rend(), [&](const GridAxis& axis) {
    values.push_back(axis.values[number % axis.values.size()]);
    number /= axis.values.size();
  });
  std::reverse(values.begin(), values.end());
  if (!file.list.empty()) {
    const auto& entry = file.list[number];
    values.insert(values.begin(), entry.begin(), entry.end());
  }
  return values;
}

std::vector<std::string> axes_of(const SweepFile& file) {
  std::vector<std::string> axes;
  const auto take = [&](const std::string& key) {
    if (std::find(axes.begin(), axes.end(), key) == axes.end()) axes.push_back(key);
  };
  for (const auto& entry : file.list) {
    for (const SweptValue& value : entry) {
      take(value.assignment.key);
    }
  }
  for (const GridAxis& axis : file.grid) {
    take(axis.key);
  }
  return axes;
}

std::vector<Assignment> assignments_of(const SweepFile& file,
                                       const std::vector<SweptValue>& values) {
  std::vector<Assignment> all = file.fixed;
  for (const SweptValue& value : values) {
    all.push_back(value.assignment);
  }
  return all;
}

/// The methods named above the grid, or the usual ones: they are the same in all configurations.
std::vector<machine::Method> methods_of(const SweepFile& file) {
  std::vector<Assignment> named;
  std::copy_if(file.fixed.begin(), file.fixed.end(), std::back_inserter(named),
               [](const Assignment& assignment) { return assignment.key == "methods"; });
  return configure(named).methods;
}

/// What is to be the same in two runs for their results to be.
ordered_json identity(const Configuration& configuration) {
  ordered_json values = values_of(configuration);
  values.erase("methods");
  values.erase("seed");
  return values;
}

/// Why this run cannot be done, as far as can be told without a machine; empty if it can.
std::string refusal_of(const Configuration& configuration, Streams& streams,
                       machine::Method method) {
  try {
    const workload::Plan plan = plan_of(configuration, streams.cache());
    const auto workload = make_workload(plan, method);
    machine::check_method(configuration.machine, method, *workload);
    return "";
  } catch (const UserError& error) {
    return error.what();
  }
}

class Planner {
 public:
  explicit Planner(const SweepFile& file) : file_(file), methods_(methods_of(file)) {
    result_.plan.name = std::filesystem::path(file.path).filename().string();
    result_.plan.axes = axes_of(file);
    result_.combinations = count_combinations(file);
  }

  SweepPlan plan() {
    for (std::uint64_t i = 0; i < result_.combinations; ++i) {
      add(combination(file_, i));
    }
    refuse_if_nothing_goes();
    // In an order that has nothing to do with sizes: what is left is like what is done, for the
    // time that is left to be told, and one slice is like another.
    std::sort(result_.plan.runs.begin(), result_.plan.runs.end(),
              [](const auto& a, const auto& b) { return a.key < b.key; });
    return std::move(result_);
  }

 private:
  void add(const std::vector<SweptValue>& values) {
    ordered_json point = ordered_json::object();
    for (const SweptValue& value : values) {
      point[value.assignment.key] = value.value;
    }
    const std::vector<Assignment> assignments = assignments_of(file_, values);
    try {
      const Configuration configuration = configure(assignments);
      const std::string stream = result_.streams.fingerprint(configuration);
      add(configuration, point, stream);
    } catch (const UserError& error) {
      add_refused(point, assignments, error.what());
    }
  }

  void add(const Configuration& configuration, const ordered_json& point,
           const std::string& stream) {
    ordered_json parameters = identity(configuration);
    const std::string text = parameters.dump() + stream;
    const bool random = applies_to("seed", *configuration.workload);
    const std::uint64_t seeds = random ? file_.seeds : std::uint64_t{1};
    if (!known_.insert(fmt::format("{}\n{}", text, configuration.seed())).second) return;
    const std::size_t index = result_.configurations.size();
    if (configuration.seed() > kMostSeed - seeds) {
      throw UserError(fmt::format("{}: seeds go up to {}", file_.path, kMostSeed));
    }
    result_.plan.configurations.push_back({point, std::move(parameters)});
    result_.configurations.push_back(configuration);
    for (const machine::Method method : methods_) {
      const std::string refusal = refusal_of(configuration, result_.streams, method);
      for (std::uint64_t i = 0; i < seeds; ++i) {
        add_run(text, index, method, configuration.seed() + i, refusal);
      }
    }
  }

  void add_refused(const ordered_json& point, const std::vector<Assignment>& assignments,
                   const std::string& why) {
    std::string text;
    for (const Assignment& assignment : assignments) {
      text += assignment.key + "=" + assignment.value + "\n";
    }
    const std::size_t index = result_.configurations.size();
    result_.plan.configurations.push_back({point, nullptr});
    result_.configurations.emplace_back();
    for (const machine::Method method : methods_) {
      add_run(text, index, method, 0, why);
    }
  }

  void add_run(const std::string& text, std::size_t configuration, machine::Method method,
               std::uint64_t seed, const std::string& refusal) {
    const std::string name(machine::describe(method).name);
    std::string key = sweep::text_key(fmt::format("{} {}\n{}", name, seed, text));
    if (!keys_.insert(key).second) return;
    result_.plan.runs.push_back({std::move(key), configuration, name, seed, refusal});
  }

  void refuse_if_nothing_goes() const {
    const auto& runs = result_.plan.runs;
    const bool some =
        std::any_of(runs.begin(), runs.end(), [](const auto& run) { return run.refusal.empty(); });
    if (!some) throw UserError(runs.front().refusal);
  }

  const SweepFile& file_;
  std::vector<machine::Method> methods_;
  SweepPlan result_;
  std::set<std::string> known_;
  std::set<std::string> keys_;
};

}  // namespace

std::string Streams::fingerprint(const Configuration& configuration) {
  if (!applies_to("stream", *configuration.workload)) return "";
  const auto name = std::get<std::string>(workload_value(configuration, "stream"));
  const workload::BlockStream& stream = *cache_.stream(name);
  std::string& known = fingerprints_[name];
  if (known.empty()) {
    static_assert(std::has_unique_object_representations_v<workload::BlockAccess>);
    const std::string_view accesses(reinterpret_cast<const char*>(stream.accesses.data()),
                                    stream.accesses.size() * sizeof(workload::BlockAccess));
    known = fmt::format("{} {} {}", stream.block_bytes.value(), stream.blocks,
                        sweep::text_key(accesses));
  }
  return known;
}

SweepPlan plan_sweep(const SweepFile& file) { return Planner(file).plan(); }

std::string describe(const SweepPlan& plan) {
  const auto& runs = plan.plan.runs;
  const auto refused = [](const sweep::PlannedRun& run) { return !run.refusal.empty(); };
  std::string text =
      fmt::format("{}: {} runs of {} configurations", plan.plan.name, report::grouped(runs.size()),
                  report::grouped(plan.configurations.size()));
  if (plan.configurations.size() < plan.combinations) {
    text += fmt::format(" ({} combinations, some of them the same)",
                        report::grouped(plan.combinations));
  }
  const auto first = std::find_if(runs.begin(), runs.end(), refused);
  if (first == runs.end()) return text;
  return text + fmt::format("; {} of the runs cannot be configured, one for: {}",
                            report::grouped(static_cast<std::uint64_t>(
                                std::count_if(runs.begin(), runs.end(), refused))),
                            first->refusal);
}

}  // namespace tessera::cli
