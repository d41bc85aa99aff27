#include "sw/cli/compare_command.hpp"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/flag.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/progress.hpp"
#include "sw/cli/reproduction.hpp"
#include "sw/cli/suggestion.hpp"
#include "sw/machine/huge_pages.hpp"
#include "sw/machine/run.hpp"
#include "sw/machine/walkers.hpp"
#include "sw/report/atomic_file.hpp"
#include "sw/report/comparison.hpp"
#include "sw/report/document.hpp"
#include "sw/report/html_page.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::cli {
namespace {

machine::RunResult run_one(const machine::MachineConfig& config, machine::Method method,
                           workload::Workload& workload, CheckpointKeeper& checkpoints) {
  machine::Run run(config, method, workload);
  checkpoints.begin(run);
  Progress progress("rounds", run.done());
  const std::string label(machine::describe(method).name);
  bool goes_on = true;
  while (goes_on && run.advance()) {
    progress.show(label, run.done(), workload.iterations());
    goes_on = !interrupted();
    if (goes_on) {
      checkpoints.look_at(run);
    } else {
      checkpoints.save(run);
    }
  }
  progress.clear();
  return run.finish(!goes_on);
}

/// Runs one method, and finishes its wave if there is one.
machine::RunResult run_recorded(const Configuration& configuration, machine::Method method,
                                workload::Workload& workload, const WaveOptions& waves,
                                CheckpointKeeper& checkpoints) {
  const std::optional<machine::Recording> recording = waves.begin(configuration, method);
  if (!recording) {
    return run_one(configuration.machine, method, workload, checkpoints);
  }
  machine::MachineConfig config = configuration.machine;
  config.make_engine = recording->make;
  machine::RunResult result = run_one(config, method, workload, checkpoints);
  // An interrupted run may have ended before the wave began.
  if (!interrupted() || recording->wave->shows_something()) {
    recording->wave->finish();
  }
  return result;
}

/// Before the first method takes its time: what the last one would refuse.
void check_methods(const Configuration& configuration, const workload::Plan& plan) {
  for (const machine::Method method : configuration.methods) {
    const auto workload = make_workload(plan, method);
    machine::check_method(configuration.machine, method, *workload);
  }
}

/// Runs one method, shown in the timeline if there is one.
machine::RunResult run_shown(const Configuration& configuration, machine::Method method,
                             workload::Workload& workload, const WaveOptions& waves,
                             report::TimelineFile* timeline, CheckpointKeeper& checkpoints) {
  if (timeline == nullptr) {
    return run_recorded(configuration, method, workload, waves, checkpoints);
  }
  const auto shown = timeline->begin_run(std::string(machine::describe(method).name));
  Configuration told = configuration;
  told.machine.timeline = shown.get();
  machine::RunResult result = run_recorded(told, method, workload, waves, checkpoints);
  if (!result.interrupted) timeline->insist_on_cycles();
  return result;
}

std::vector<machine::RunResult> run_all(const Configuration& configuration,
                                        const workload::Plan& plan, const Recordings& recordings,
                                        report::TimelineFile* timeline,
                                        CheckpointKeeper& checkpoints) {
  while (checkpoints.finished().size() < configuration.methods.size()) {
    const machine::Method method = configuration.methods[checkpoints.finished().size()];
    const auto workload = make_workload(plan, method);
    checkpoints.finish(
        run_shown(configuration, method, *workload, recordings.waves, timeline, checkpoints));
    if (interrupted()) {
      break;
    }
  }
  return checkpoints.finished();
}

void print_rate(const std::vector<machine::RunResult>& results, double seconds) {
  std::uint64_t accesses = 0;
  for (const machine::RunResult& result : results) {
    accesses += result.counters.accesses;
  }
  fmt::print("{} accesses simulated in {:.1f} s ({} accesses/s)\n", report::grouped(accesses),
             seconds,
             report::grouped(static_cast<std::uint64_t>(static_cast<double>(accesses) / seconds)));
}

/// "e500mc", or "e500mc with walker tablewalk".
std::string core_text(const machine::MachineConfig& machine) {
  const mmu::HardwareWalker walker = machine.mmu.hardware_walker;
  if (walker == mmu::find_core(machine.core)->parameters.hardware_walker) return machine.core;
  return fmt::format("{} with walker {}", machine.core, machine::describe(walker).name);
}

std::string title_of(const Configuration& c, const workload::Plan& plan) {
  const std::uint64_t huge = c.machine.nr_hugepages;
  const PageCount window = make_workload(plan, c.methods.front())->window_pages();
  return fmt::format("{}, through {} KiB of window; {}, Linux {} (costs {}), {}-bit PTEs{}\n\n",
                     plan.title, report::grouped(bytes_of(window).value() / 1024),
                     core_text(c.machine), c.machine.kernel.name, c.machine.kernel.cost_source,
                     8 * c.machine.format->width_bytes,
                     huge == 0 ? "" : fmt::format(", {} pages of 4 MB", report::grouped(huge)));
}

Assignment parse_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw UserError(fmt::format("--set: '{}' is not of the form key=value", text));
  }
  return {text.substr(0, equals), text.substr(equals + 1), "--set"};
}

/// Nobody asks for a length of intervals and means to have none.
void check_intervals(const Configuration& configuration) {
  const machine::AccountingConfig& asked = configuration.machine.accounting;
  const machine::AccountingConfig usual;
  const bool is_usual =
      asked.interval == usual.interval && asked.interval_unit == usual.interval_unit;
  if (asked.full || asked.interval == 0 || is_usual) return;
  throw UserError(
      fmt::format("measure.interval is {} {}: measure.accounting is counters, which has no "
                  "intervals; they need full",
                  asked.interval,
                  asked.interval_unit == machine::IntervalUnit::Cycles ? "cycles" : "accesses"));
}

void write_files(const ComparisonOrder& order, const report::Report& report) {
  const nlohmann::ordered_json document = report::to_json(report);
  if (!order.json_path.empty()) {
    report::write_file(order.json_path, report::text_of(document));
  }
  if (!order.html_path.empty()) {
    const std::string name = order.json_path.empty() ? "this run" : order.json_path;
    report::write_file(order.html_path, report::html_page({result_file(name, document)}));
  }
}

}  // namespace

CompareCommand::CompareCommand(CLI::App& app)
    : command_(app.add_subcommand(
          "compare", "Runs a workload through a window by several mapping methods; one table")) {
  command_->allow_extras();
  for (const std::string& key : keys_with_flags()) {
    add_parameter_option(key);
  }
  command_->add_option("--set", settings_, "Any parameter of --print-config, as key=value")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command_->add_option("--config", config_path_, "Parameters from a TOML file")->type_name("FILE");
  command_->add_flag("--print-config", print_config_,
                     "Prints the parameters in force, as --config reads them, and stops");
  command_->add_option("--json", json_path_, "Writes the result as JSON to this file")
      ->type_name("FILE");
  command_->add_option("--html", html_path_, "Writes the result as a page to this file")
      ->type_name("FILE");
  recordings_.waves.add_to(*command_);
  recordings_.timeline.add_to(*command_);
  checkpoints_.add_to(*command_);
}

void CompareCommand::add_parameter_option(const std::string& key) {
  const std::string flag = flag_of(key);
  command_
      ->add_option_function<std::string>(
          flag,
          [this, key, flag](const std::string& value) {
            from_flags_.push_back({key, value, flag});
          },
          description_of(*find_parameter(key)))
      ->group(kParameterGroup);
}

// Files first, then flags, then --set: what is nearer to the user's fingers wins.
std::vector<Assignment> CompareCommand::assignments() const {
  std::vector<Assignment> all;
  if (!config_path_.empty()) {
    all = read_config_file(config_path_);
  }
  all.insert(all.end(), from_flags_.begin(), from_flags_.end());
  for (const std::string& setting : settings_) {
    all.push_back(parse_setting(setting));
  }
  return all;
}

ExitCode CompareCommand::run() const {
  ComparisonOrder order{assignments(), json_path_, html_path_, {}, 0};
  const Configuration configuration = configure(order.assignments);
  check_intervals(configuration);
  if (print_config_) {
    fmt::print("{}", print_toml(configuration));
    return ExitCode::Success;
  }
  recordings_.waves.check(configuration);
  recordings_.timeline.check(configuration);
  checkpoints_.check(configuration, recordings_);
  checkpoints_.complete(order);
  return run_comparison(order, configuration, recordings_,
                        CheckpointKeeper(order, values_of(configuration).dump()));
}

ExitCode run_comparison(const ComparisonOrder& order, const Configuration& configuration,
                        const Recordings& recordings, CheckpointKeeper checkpoints) {
  for (const std::string& path : {order.json_path, order.html_path}) {
    if (!path.empty()) report::check_writable(path);
  }
  workload::StreamCache streams;
  const workload::Plan plan = plan_of(configuration, streams);
  check_methods(configuration, plan);
  watch_for_interruption();
  report::Report report;
  report.config = values_of(configuration);
  report.kernel_costs = configuration.machine.kernel.cost_source;
  report.seed = configuration.seed();
  const auto timeline = recordings.timeline.begin();
  report.results = run_all(configuration, plan, recordings, timeline.get(), checkpoints);

  fmt::print("{}{}\n{}\n", title_of(configuration, plan), report::comparison_table(report.results),
             report::verdict(report.results));
  print_rate(report.results, checkpoints.seconds());
  write_files(order, report);
  if (timeline) timeline->finish();
  if (!interrupted()) {
    checkpoints.remove();
    return ExitCode::Success;
  }
  if (!checkpoints.path().empty()) {
    fmt::print(stderr, "tessera: 'tessera resume {}' goes on\n", checkpoints.path());
  }
  return ExitCode::Interrupted;
}

}  // namespace tessera::cli
