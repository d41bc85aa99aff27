#pragma once

#include <string>

#include "sw/workload/description.hpp"

namespace tessera::cli {

/// Every workload with its story, as `tessera workloads` prints them.
std::string workloads_overview();

/// One workload with its parameters and a command to try, as `tessera workloads NAME` prints it.
std::string workload_details(const workload::Description& workload);

/// docs/workloads.md: both of all of them.
std::string workloads_page();

}  // namespace tessera::cli
