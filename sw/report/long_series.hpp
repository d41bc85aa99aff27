#pragma once

#include <functional>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

namespace tessera::report {

/// Names of the counters whose intervals say what was at their end, not what they added.
std::set<std::string, std::less<>> state_counters();

/// The runs of a document ("results") for plots: where a series of intervals or slots has more than
/// 4,096 values, neighbours are summed (of states the last one stands), and the section's "every"
/// or "pages" is as many times larger.
nlohmann::ordered_json without_long_series(nlohmann::ordered_json runs);

}  // namespace tessera::report
