#pragma once

#include <nlohmann/json.hpp>

namespace tessera::report {

/// The runs of a document ("results") for plots: where a series of intervals or slots has more than
/// 4,096 values, neighbours are summed, and the section's "every" or "pages" is as many times
/// larger.
nlohmann::ordered_json without_long_series(nlohmann::ordered_json runs);

}  // namespace tessera::report
