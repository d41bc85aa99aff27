#pragma once

#include <string>

#include "sw/sweep/database.hpp"

namespace tessera::sweep {

/// View `result` comma-separated (RFC 4180): a line a run in the order of configurations, the first
/// one the names; nothing between the commas where a run has no such value.
std::string csv_of(Database& database);

}  // namespace tessera::sweep
