#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera sweep report`: a page or tables of a sweep.
class SweepReportCommand final : public Command {
 public:
  /// Adds the subcommand to `tessera sweep`.
  explicit SweepReportCommand(CLI::App& sweep);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::string database_;
  std::string output_;
  std::string format_ = "html";
};

}  // namespace tessera::cli
