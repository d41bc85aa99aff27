#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/machine/run.hpp"

namespace tessera::report {

/// All that a comparison produced, and all that is needed to produce it again.
struct Report {
  nlohmann::ordered_json config;  ///< every parameter in force, by key
  std::string kernel_costs;  ///< where the kernel's costs come from: "measured", "estimated ..."
  std::uint64_t seed = 0;
  std::vector<machine::RunResult> results;
};

/// The JSON document (docs/user-guide.md). Same report, same bytes.
nlohmann::ordered_json to_json(const Report& report);

/// Cycles per access of the workload; 0 when there was none.
double cycles_per_access(const machine::RunResult& result);

/// What ended the run early, interruption included; empty when nothing did.
std::string ending(const machine::RunResult& result);

}  // namespace tessera::report
