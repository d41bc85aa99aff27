#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"

namespace tessera::cli {

/// `tessera replay mmu LOG…`: recorded MMU operations played on an engine, every result compared.
class ReplayMmuCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit ReplayMmuCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  CLI::App* command_;
  std::vector<std::string> logs_;
  std::string core_ = "qemu";
  std::string engine_ = "transaction";
};

}  // namespace tessera::cli
