#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "sw/cli/command.hpp"
#include "sw/semantics/subject.hpp"

namespace tessera::cli {

/// `tessera check semantics`: named questions about remap_file_pages, put to one of our kernels and
/// held to what real kernels answered.
class CheckSemanticsCommand final : public Command {
 public:
  /// Adds the subcommand and its options.
  explicit CheckSemanticsCommand(CLI::App& app);

  bool chosen() const override { return command_->parsed(); }
  ExitCode run() const override;

 private:
  /// Throws UserError.
  semantics::Subject subject() const;

  CLI::App* command_;
  std::string kernel_ = "3.8";
  std::string format_;
  std::string file_system_ = "tmpfs";
  bool stories_ = false;
};

}  // namespace tessera::cli
