#pragma once

#include <string>
#include <vector>

namespace tessera::pte_rtl {

/// How a program ended.
struct Ended {
  int exit_code = -1;  ///< -1: by a signal
  std::string output;  ///< standard output and standard error, as they came
};

/// Runs a program from the PATH and waits for it. `package` is the Debian package that has it.
/// Throws UserError if the program is not there.
Ended run_program(const std::vector<std::string>& command, const std::string& package);

}  // namespace tessera::pte_rtl
