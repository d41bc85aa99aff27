#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"
#include "sw/replay/vm/replay.hpp"

namespace tessera::cli {

/// `tessera replay vm LOG…`: VM operations that real kernels performed, performed by ours, every
/// outcome compared.
class ReplayVmCommand final : public Command {
 public:
  /// Adds the subcommand and its options below `replay`, which must be there.
  explicit ReplayVmCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  /// Throws UserError.
  replay::VmReplayChoices choices() const;

  CLI::App* command_;
  std::vector<std::string> logs_;
  replay::VmReplayChoices choices_;
  std::uint64_t fault_around_ = 1;
  std::uint64_t readahead_ = 0;
};

}  // namespace tessera::cli
