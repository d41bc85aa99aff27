#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/machine/run.hpp"

namespace tessera::report {

/// What ended a run that Ctrl-C ended.
inline constexpr const char* kInterrupted = "interrupted";

/// All that a comparison produced, and all that is needed to produce it again.
struct Report {
  nlohmann::ordered_json config;  ///< every parameter in force, by key
  std::string kernel_costs;  ///< where the kernel's costs come from: "measured", "estimated ..."
  std::uint64_t seed = 0;
  std::vector<machine::RunResult> results;
};

/// Cycles per access of the workload; 0 when there was none.
double cycles_per_access(const machine::RunResult& result);

/// What ended the run early, interruption included; empty when nothing did.
std::string ending(const machine::RunResult& result);

}  // namespace tessera::report
