#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera reference`: the pages of docs/reference, made from the program's own tables.
class ReferenceCommand final : public Command {
 public:
  /// Adds the subcommand. `app` must outlive this, and have all its commands when this runs.
  explicit ReferenceCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  const CLI::App& root_;
  CLI::App* command_;
  std::string page_;
};

}  // namespace tessera::cli
