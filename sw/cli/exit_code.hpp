#pragma once

namespace tessera::cli {

/// What the command returns to the shell.
enum ExitCode : int {
  kSuccess = 0,
  kInternalError = 1,  ///< an identity does not hold: a bug in tessera
  kUserError = 2,      ///< bad input
  kInterrupted = 130,  ///< Ctrl-C; what was done has been printed
};

}  // namespace tessera::cli
