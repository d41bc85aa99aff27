#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace tessera::sweep {

/// One combination of the swept parameters.
struct PlannedConfiguration {
  nlohmann::ordered_json point;       ///< the swept parameters and their values, by key
  nlohmann::ordered_json parameters;  ///< every parameter in force but methods and seed; null if
                                      ///< the combination cannot be configured
};

/// One run to do: a row of the results.
struct PlannedRun {
  std::string key;  ///< names the run by all that determines its result
  std::size_t configuration = 0;
  std::string method;
  std::uint64_t seed = 0;
  std::string refusal;  ///< why it cannot be done; empty if it can
};

/// All that a sweep is to do.
struct Plan {
  std::string name;               ///< what people call it: the name of its file
  std::string build;              ///< of the program that is to carry it out
  std::vector<std::string> axes;  ///< keys of the swept parameters, in the order of the file
  std::vector<PlannedConfiguration> configurations;
  std::vector<PlannedRun> runs;
  /// Names the plan by its runs: two plans of the same runs have the same.
  std::string key() const;
};

/// 32 hexadecimal digits that stand for a text: two 64-bit FNV-1a sums from different bases.
std::string text_key(std::string_view text);

}  // namespace tessera::sweep
