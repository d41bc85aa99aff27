#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera diff`: what changed from one result to another.
class DiffCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit DiffCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }

  /// ExitCode::Mismatch when a figure that --of names rose by more than --fail-above.
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::string before_;
  std::string after_;
  std::string fail_above_;
  std::string of_ = "cycles_per_access";
};

}  // namespace tessera::cli
