#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera report`: results as a page or as tables.
class ReportCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit ReportCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::vector<std::string> results_;
  std::string output_path_;
  std::string format_ = "html";
};

}  // namespace tessera::cli
