#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"
#include "sw/cli/configuration.hpp"
#include "sw/cli/timeline_options.hpp"
#include "sw/cli/wave_options.hpp"
#include "sw/report/report.hpp"

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
  void write_files(const report::Report& report) const;

  CLI::App* command_;
  WaveOptions waves_;
  TimelineOptions timeline_;
  std::vector<Assignment> from_flags_;
  std::vector<std::string> settings_;
  std::string config_path_;
  std::string json_path_;
  std::string html_path_;
  bool print_config_ = false;
};

}  // namespace tessera::cli
