#pragma once

#include <string>
#include <vector>

#include "sw/machine/run.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::report {

/// What a part of the cycles is, for people: "TLB-miss handling".
const char* words_for(machine::Part part);

/// `none` maps nothing anew and so reads other pages: the floor, not a rival.
bool is_rival(machine::Method method);

/// The table that answers the question: a row a method.
TextTable comparison(const std::vector<machine::RunResult>& results);

/// Cycles an access by what the core spent them on: a row a method.
TextTable cycle_table(const std::vector<machine::RunResult>& results);

/// The methods that did the whole job, the best first.
std::vector<std::string> ranked_methods(const std::vector<machine::RunResult>& results);

/// comparison() for the terminal.
std::string comparison_table(const std::vector<machine::RunResult>& results);

/// Who wins and why, in plain words, from the numbers alone.
std::string verdict(const std::vector<machine::RunResult>& results);

}  // namespace tessera::report
