#include "sw/cli/replay_vm_command.hpp"

#include <bit>

#include <fmt/core.h>

#include "model/types/user_error.hpp"
#include "sw/cli/interruption.hpp"
#include "sw/cli/verdict_text.hpp"
#include "sw/workload/text_source.hpp"

namespace tessera::cli {

ReplayVmCommand::ReplayVmCommand(CLI::App& app) {
  command_ = app.get_subcommand("replay")->add_subcommand(
      "vm", "Logs of VM operations of real kernels, plain or zstd");
  command_->allow_extras();
  command_->add_option("LOG", logs_, "Logs (tb/golden/vm-kernel/FORMAT.md)")
      ->type_name("FILE")
      ->required();
  command_->add_option("--kernel", choices_.kernel, "Kernel")
      ->default_str("the log's")
      ->type_name("NAME");
  command_->add_option("--fs", choices_.file_system, "File system")
      ->default_str("the log's")
      ->type_name("NAME");
  command_->add_option("--pte", choices_.pte_format, "PTE format")
      ->default_str("the kernel's")
      ->type_name("NAME");
  command_->add_option("--fault-around", fault_around_, "Pages a read fault maps at most, 1 = off")
      ->default_str("the kernel's");
  command_->add_option("--readahead", readahead_, "Pages read around a missing one, 0 = off")
      ->default_str("the file system's");
}

replay::VmReplayChoices ReplayVmCommand::choices() const {
  replay::VmReplayChoices choices = choices_;
  if (command_->count("--readahead") != 0) choices.readahead = PageCount(readahead_);
  if (command_->count("--fault-around") == 0) return choices;
  if (!std::has_single_bit(fault_around_)) {
    throw UserError(
        fmt::format("--fault-around {}: it is a power of two of pages, 1 = off", fault_around_));
  }
  choices.fault_around = PageCount(fault_around_);
  return choices;
}

ExitCode ReplayVmCommand::run() const {
  watch_for_interruption();
  replay::Verdict sum;
  for (const std::string& log : logs_) {
    const replay::Verdict one = replay::replay_vm(workload::read_text(log), log, choices());
    print_verdict(log, one);
    sum.add(one);
    if (interrupted()) {
      break;
    }
  }
  fmt::print("\nNot compared:\n");
  for (const std::string_view mask : replay::vm_masks()) {
    fmt::print("  {}\n", mask);
  }
  return print_sum(sum);
}

}  // namespace tessera::cli
