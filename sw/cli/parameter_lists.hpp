#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sw/cli/parameter.hpp"

/// The parameters by what they describe; parameters() is all of them.
namespace tessera::cli {

std::vector<Parameter> workload_parameters();
std::vector<Parameter> machine_parameters();
std::vector<Parameter> mmu_parameters();
std::vector<Parameter> measure_parameters();

/// The workloads that look at the parameter.
const std::vector<WorkloadKind>& workloads_of(const std::string& key);

/// "window" and so on.
std::string_view name_of(WorkloadKind workload);

/// True when the workload looks at the parameter: an explicit setting of one that it does not
/// look at is an error.
bool applies_to(const std::string& key, WorkloadKind workload);

/// When a parameter is taken: presets at turn 0, what changes one preset's meaning at 1, all others
/// at kTurns - 1.
unsigned turn_of(const std::string& key);
inline constexpr unsigned kTurns = 3;

}  // namespace tessera::cli
