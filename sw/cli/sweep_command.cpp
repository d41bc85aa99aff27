#include "sw/cli/sweep_command.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/number.hpp"
#include "sw/cli/sweep_export_command.hpp"
#include "sw/cli/sweep_file.hpp"
#include "sw/cli/sweep_report_command.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::cli {
namespace {

constexpr unsigned kMostProcesses = 4096;
// Slurm's own limit is MaxArraySize - 1, 1000 unless configured.
constexpr std::uint64_t kMostTasks = 1000;

unsigned default_jobs() { return std::max(1U, std::thread::hardware_concurrency()); }

/// "crossover.sqlite" for "examples/crossover.toml".
std::string default_output(const std::string& file) {
  return std::filesystem::path(file).stem().string() + ".sqlite";
}

std::string summary(const std::string& path, const sweep::Tally& tally) {
  std::string text = fmt::format("{}: {} of {} runs done", path, report::grouped(tally.done),
                                 report::grouped(tally.all()));
  if (tally.refused != 0) text += fmt::format(", {} refused", report::grouped(tally.refused));
  if (tally.crashed != 0) text += fmt::format(", {} crashed", report::grouped(tally.crashed));
  if (tally.missing + tally.crashed != 0) text += "; the same command goes on with the others";
  return text;
}

ExitCode code_of(const sweep::Tally& tally) {
  if (interrupted()) return ExitCode::Interrupted;
  return tally.crashed == 0 ? ExitCode::Success : ExitCode::InternalError;
}

}  // namespace

SweepCommand::SweepCommand(CLI::App& app)
    : command_(app.add_subcommand("sweep", "Runs many configurations, into one SQLite file")) {
  command_->allow_extras();
  command_->add_option("SWEEP", file_, "What is to be swept: a TOML file, see docs/sweeps.md")
      ->type_name("FILE");
  command_->add_option("-o,--output", output_, "The SQLite file")
      ->default_str("SWEEP's name, here")
      ->type_name("FILE");
  command_->add_option("--jobs", jobs_, "Runs at the same time")
      ->default_str("one a processor")
      ->check(CLI::Range(1U, kMostProcesses));
  command_->add_flag("--dry-run", dry_run_, "Says what there is to run, and stops");
  command_->add_option("--slice", slice_, "K/N: only the Kth part of N, from 0 on")
      ->type_name("K/N");
  command_->add_flag("--slurm", slurm_, "As an array of tasks on this machine's Slurm cluster")
      ->excludes("--slice");
  command_->add_option("--tasks", tasks_, "Tasks of the array")
      ->check(CLI::Range(std::uint64_t{1}, kMostTasks))
      ->capture_default_str();
  commands_.push_back(std::make_unique<SweepExportCommand>(*command_));
  commands_.push_back(std::make_unique<SweepReportCommand>(*command_));
}

Slice SweepCommand::slice() const {
  if (slice_.empty()) return {};
  const std::size_t stroke = std::min(slice_.find('/'), slice_.size());
  const std::string count = stroke == slice_.size() ? "" : slice_.substr(stroke + 1);
  const Slice slice{number(slice_.substr(0, stroke), "--slice"), number(count, "--slice")};
  if (slice.number >= slice.count) {
    throw UserError(fmt::format("--slice: {} is not from 0/{} to {}/{}", slice_, slice.count,
                                slice.count == 0 ? 0 : slice.count - 1, slice.count));
  }
  return slice;
}

ExitCode SweepCommand::run() const {
  for (const auto& command : commands_) {
    if (command->chosen()) return command->run();
  }
  if (file_.empty()) {
    throw UserError("sweep: no file; tessera sweep SWEEP.toml, or tessera sweep export FILE");
  }
  return run_sweep();
}

ExitCode SweepCommand::run_sweep() const {
  slice();  // refuses a wrong one before there is a file
  SweepPlan plan = plan_sweep(read_sweep_file(file_));
  if (dry_run_) {
    fmt::print("{}\n", describe(plan));
    return ExitCode::Success;
  }
  if (slurm_) require_slurm();
  return run_into(plan, output_.empty() ? default_output(file_) : output_);
}

ExitCode SweepCommand::run_into(SweepPlan& plan, const std::string& path) const {
  const bool whole = slice_.empty();
  // The slices of a Slurm job lie in a folder that several computers share, where WAL does not
  // work.
  sweep::Database database(path, plan.plan,
                           whole ? sweep::Database::Journal::Wal : sweep::Database::Journal::Plain);
  fmt::print("{}\n", describe(plan));
  std::fflush(stdout);
  watch_for_interruption();
  if (slurm_) {
    run_on_slurm(plan, {file_, tasks_}, database);
  } else {
    run_missing(plan, slice(), jobs_ == 0 ? default_jobs() : jobs_, database);
  }
  const sweep::Tally tally = database.tally();
  fmt::print("{}\n", summary(path, tally));
  return code_of(tally);
}

}  // namespace tessera::cli
