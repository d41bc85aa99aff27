#pragma once

#include <functional>
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

/// True when the workload looks at the parameter, or it is none of workloads: an explicit setting
/// of one that it does not look at is an error.
bool applies_to(std::string_view key, const workload::Description& workload);

/// What a parameter of workloads is set to. Of one that the chosen workload does not have, what it
/// is at first in the first workload that has it.
workload::Value workload_value(const Configuration& configuration, std::string_view key);

/// A text about a parameter of workloads, from their own definitions of it; where these differ,
/// with the names of the workloads: "window, dbwin: this | scan: that".
std::string by_workload(std::string_view key,
                        const std::function<std::string(const workload::Parameter&)>& text_of);

/// The values a parameter of a workload may have, in words; empty: any text.
std::string range_of(const workload::Parameter& parameter);

/// When a parameter is taken: presets at turn 0, what changes one preset's meaning at 1, all others
/// at kTurns - 1.
unsigned turn_of(const std::string& key);
inline constexpr unsigned kTurns = 3;

}  // namespace tessera::cli
