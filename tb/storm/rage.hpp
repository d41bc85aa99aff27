#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "tb/storm/stage.hpp"
#include "tb/storm/storm.hpp"

namespace tessera::storm {

/// One operation, and what is wrong with contents; a machine that cannot go on says so by throwing.
inline std::vector<std::string> step(Storm& storm) {
  try {
    storm.step();
  } catch (const std::logic_error& error) {
    return {error.what()};
  }
  return storm.complaints();
}

/// Lets the storm do up to `operations`, with every invariant checked after each; ends at the first
/// one that does not hold. What is wrong and after which operation (1 is the first), as
/// "operation 17 (munmap 3 8 1 5): ..."; empty if nothing is.
inline std::string rage(Storm& storm, Stage& stage, std::uint64_t operations) {
  for (std::uint64_t operation = 1; operation <= operations; ++operation) {
    std::vector<std::string> texts = step(storm);
    const std::vector<std::string> more = stage.complaints();
    texts.insert(texts.end(), more.begin(), more.end());
    if (texts.empty()) continue;
    std::string all = "operation " + std::to_string(operation) + " (" + storm.last() + "):";
    for (const std::string& text : texts) all += " " + text + ";";
    return all;
  }
  return "";
}

}  // namespace tessera::storm
