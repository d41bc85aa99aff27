#include "sw/cli/replay_command.hpp"

#include <cstddef>
#include <string>

#include <fmt/core.h>

#include "sw/cli/configuration.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/replay/mmu/replay.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {
namespace {

void print_omissions(const replay::Omissions& omissions) {
  fmt::print("\nNot compared:\n");
  for (std::size_t i = 0; i < replay::kOmissions; ++i) {
    const auto omission = static_cast<replay::Omission>(i);
    const replay::Omissions::Count& count = omissions.of(omission);
    if (count.times == 0) {
      continue;
    }
    const std::string differed =
        count.differed == 0 ? "" : fmt::format(" ({} differed)", count.differed);
    fmt::print("  {:>7} times{}: {}\n", count.times, differed, replay::text_of(omission));
  }
}

replay::MmuReplay replay_one(const std::string& log, const machine::MachineConfig& config) {
  const auto engine = config.make_engine(config.mmu, config.timing);
  replay::MmuReplay result = replay::replay_mmu(workload::read_text(log), log, *engine, config.mmu);
  for (const std::string& report : result.reports) {
    fmt::print("{}\n", report);
  }
  if (result.mismatches > result.reports.size()) {
    fmt::print("{}: {} more mismatches\n", log, result.mismatches - result.reports.size());
  }
  fmt::print("{}: {} operations, {} checks, {} mismatches\n", log, result.operations, result.checks,
             result.mismatches);
  return result;
}

}  // namespace

ReplayMmuCommand::ReplayMmuCommand(CLI::App& app) {
  CLI::App* replay = app.add_subcommand("replay", "Plays what others recorded, and compares");
  replay->allow_extras();
  command_ = replay->add_subcommand("mmu", "Logs of MMU operations, plain or zstd");
  command_->allow_extras();
  command_->add_option("LOG", logs_, "Logs (tb/golden/mmu-qemu/README.md)")->required();
  command_->add_option("--core", core_, "Core preset; the logs are of core qemu");
  command_->add_option("--engine", engine_, "Engine that plays them");
}

ExitCode ReplayMmuCommand::run() const {
  const Configuration configuration =
      configure({{"core", core_, "--core"}, {"engine", engine_, "--engine"}});
  watch_for_interruption();
  replay::MmuReplay sum;
  for (const std::string& log : logs_) {
    const replay::MmuReplay one = replay_one(log, configuration.machine);
    sum.operations += one.operations;
    sum.checks += one.checks;
    sum.mismatches += one.mismatches;
    sum.omissions.add(one.omissions);
    if (interrupted()) {
      break;
    }
  }
  print_omissions(sum.omissions);
  fmt::print("{} operations, {} checks, {} mismatches\n", sum.operations, sum.checks,
             sum.mismatches);
  if (interrupted()) {
    return ExitCode::Interrupted;
  }
  return sum.mismatches == 0 ? ExitCode::Success : ExitCode::Mismatch;
}

}  // namespace tessera::cli
