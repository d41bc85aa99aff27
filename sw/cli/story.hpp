#pragma once

#include <string>
#include <vector>

namespace tessera::cli {

/// Prints a counterexample under a verdict: what it is, then step by step what comes of it.
void print_story(const std::vector<std::string>& story);

}  // namespace tessera::cli
