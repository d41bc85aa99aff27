#pragma once

#include <optional>

#include <nlohmann/json.hpp>

#include "sw/machine/run.hpp"

namespace tessera::report {

/// Adds to the document of a run what it has beyond counters and cycles (docs/accounting.md).
void add_accounts(nlohmann::ordered_json& json, const machine::RunResult& result);

/// Reads back what a report says in words: activities and refills, as far as the document has them.
void read_accounts(machine::RunResult& result, const nlohmann::ordered_json& json);

}  // namespace tessera::report
