#pragma once

#include "sw/cli/exit_code.hpp"

namespace tessera::cli {

/// One subcommand of `tessera`.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  /// The user asked for this command.
  virtual bool chosen() const = 0;

  /// Runs it. Throws UserError.
  virtual ExitCode run() const = 0;
};

}  // namespace tessera::cli
