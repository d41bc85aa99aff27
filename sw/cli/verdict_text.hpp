#pragma once

#include <string>

#include "sw/cli/exit_code.hpp"
#include "sw/replay/verdict.hpp"

namespace tessera::cli {

/// Prints what one log came to: its first mismatches, how many there are more, and the counts.
void print_verdict(const std::string& log, const replay::Verdict& verdict);

/// Prints the last line of a replay, the counts of all its logs, and says how the command ends.
ExitCode print_sum(const replay::Verdict& sum);

}  // namespace tessera::cli
