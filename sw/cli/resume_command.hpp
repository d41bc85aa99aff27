#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera resume`: goes on with an interrupted comparison.
class ResumeCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit ResumeCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::string path_;
};

}  // namespace tessera::cli
