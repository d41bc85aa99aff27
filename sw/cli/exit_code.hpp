#pragma once

namespace tessera::cli {

/// What the command returns to the shell.
enum class ExitCode : int {
  Success = 0,
  InternalError = 1,  ///< an identity does not hold: a bug in tessera
  Mismatch = 1,       ///< a replay differs from what was recorded, a result from another
  UserError = 2,      ///< bad input
  Interrupted = 130,  ///< Ctrl-C; what was done has been printed
};

}  // namespace tessera::cli
