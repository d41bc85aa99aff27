#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"
#include "sw/cli/sweep_plan.hpp"
#include "sw/cli/sweep_runner.hpp"
#include "sw/cli/sweep_slurm.hpp"

namespace tessera::cli {

/// `tessera sweep`: many configurations, their results in one SQLite file, and what is made of it.
class SweepCommand final : public Command {
 public:
  /// Adds the subcommand, its options and its own subcommands.
  explicit SweepCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  ExitCode run_sweep() const;
  ExitCode run_into(SweepPlan& plan, const std::string& path) const;
  Slice slice() const;

  CLI::App* command_;
  std::vector<std::unique_ptr<Command>> commands_;
  std::string file_;
  std::string output_;
  std::string slice_;
  unsigned jobs_ = 0;
  std::uint64_t tasks_ = 8;
  bool dry_run_ = false;
  bool slurm_ = false;
};

}  // namespace tessera::cli
