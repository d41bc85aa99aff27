#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera workloads`: where accesses can come from, and what each workload can be told.
class WorkloadsCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit WorkloadsCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::string name_;
  bool markdown_ = false;
};

}  // namespace tessera::cli
