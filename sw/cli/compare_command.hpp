#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/checkpoint_keeper.hpp"
#include "sw/cli/checkpoint_options.hpp"
#include "sw/cli/command.hpp"
#include "sw/cli/configuration.hpp"
#include "sw/cli/recordings.hpp"

namespace tessera::cli {

/// `tessera compare`: a workload through a window, by several mapping methods, as one table.
class CompareCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit CompareCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  void add_parameter_option(const std::string& key);
  std::vector<Assignment> assignments() const;

  CLI::App* command_;
  Recordings recordings_;
  CheckpointOptions checkpoints_;
  std::vector<Assignment> from_flags_;
  std::vector<std::string> settings_;
  std::string config_path_;
  std::string json_path_;
  std::string html_path_;
  bool print_config_ = false;
};

/// Runs a comparison, from where its checkpoint was made if it goes on: prints the table, writes
/// the files, keeps checkpoints until it is done. Throws UserError before anything is written if
/// something cannot be had.
ExitCode run_comparison(const ComparisonOrder& order, const Configuration& configuration,
                        const Recordings& recordings, CheckpointKeeper checkpoints);

}  // namespace tessera::cli
