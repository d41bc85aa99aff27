#pragma once

#include <string_view>
#include <vector>

#include "sw/workload/description.hpp"

namespace tessera::workload {

/// All workloads, the usual one first. A new one is a file NAME.cpp with a function
/// describe_NAME(), and its NAME in the list of CMakeLists.txt.
const std::vector<Description>& workloads();

/// The workload of this name, or null.
const Description* find_workload(std::string_view name);

/// All parameters that any workload has, each key once: first those of the first workload.
std::vector<std::string> parameter_keys();

/// The workloads that have this parameter, in their order.
std::vector<const Description*> workloads_with(std::string_view key);

}  // namespace tessera::workload
