#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera sweep export`: the rows of a sweep for other programs.
class SweepExportCommand final : public Command {
 public:
  /// Adds the subcommand to `tessera sweep`.
  explicit SweepExportCommand(CLI::App& sweep);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::string database_;
  std::string csv_;
};

}  // namespace tessera::cli
