#pragma once

#include <string>

#include "sw/machine/run.hpp"

namespace tessera::report {

/// What refills after flushes cost a method, by flush, in one sentence and its line break; empty
/// where that is not known or nothing.
std::string price_of_flushes(const machine::RunResult& result);

}  // namespace tessera::report
