#pragma once

#include <string>
#include <vector>

#include "sw/machine/run.hpp"

namespace tessera::report {

/// The table that answers the question: a row a method.
std::string comparison_table(const std::vector<machine::RunResult>& results);

/// Who wins and why, in plain words, from the numbers alone.
std::string verdict(const std::vector<machine::RunResult>& results);

}  // namespace tessera::report
