#include "sw/cli/replay_command.hpp"

#include <cstddef>
#include <string>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/configuration.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/verdict_text.hpp"
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

void refuse_walker(const machine::MachineConfig& machine) {
  if (machine.mmu.hardware_walker == mmu::HardwareWalker::Off) return;
  throw UserError(fmt::format(
      "--core: {} has a page walker, but a log has no memory that it could read; take qemu, the "
      "logs' own core, or e500mc, e500v2",
      machine.core));
}

}  // namespace

ReplayMmuCommand::ReplayMmuCommand(CLI::App& app) {
  CLI::App* replay = app.add_subcommand("replay", "Plays what others recorded, and compares");
  replay->allow_extras();
  command_ = replay->add_subcommand("mmu", "Logs of MMU operations, plain or zstd");
  command_->allow_extras();
  command_->add_option("LOG", logs_, "Logs (tb/golden/mmu-qemu/README.md)")
      ->type_name("FILE")
      ->required();
  command_->add_option("--core", core_, "Core preset; the logs are of core qemu")
      ->type_name("NAME")
      ->capture_default_str();
  command_->add_option("--engine", engine_, "Engine that plays them")
      ->type_name("NAME")
      ->capture_default_str();
}

ExitCode ReplayMmuCommand::run() const {
  const Configuration configuration =
      configure({{"core", core_, "--core"}, {"engine", engine_, "--engine"}});
  watch_for_interruption();
  const machine::MachineConfig& machine = configuration.machine;
  refuse_walker(machine);
  replay::MmuReplay sum;
  for (const std::string& log : logs_) {
    const auto engine = machine.make_engine(machine.mmu, machine.timing, nullptr);
    const replay::MmuReplay one =
        replay::replay_mmu(workload::read_text(log), log, *engine, machine.mmu);
    print_verdict(log, one);
    sum.add(one);
    sum.omissions.add(one.omissions);
    if (interrupted()) {
      break;
    }
  }
  print_omissions(sum.omissions);
  return print_sum(sum);
}

}  // namespace tessera::cli
