#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sw/cli/configuration.hpp"
#include "sw/cli/exit_code.hpp"

namespace tessera::cli {

/// `tessera compare`: a workload through a window, by several mapping methods, as one table.
class CompareCommand {
 public:
  /// Adds the subcommand and its options.
  explicit CompareCommand(CLI::App& app);

  /// Runs it. Throws UserError.
  ExitCode run() const;

 private:
  void add_parameter_option(const std::string& key);
  std::vector<Assignment> assignments() const;

  CLI::App* command_;
  std::vector<Assignment> from_flags_;
  std::vector<std::string> settings_;
  std::string config_path_;
  std::string json_path_;
  bool print_config_ = false;
};

}  // namespace tessera::cli
