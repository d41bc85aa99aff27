#include "sw/report/report.hpp"

namespace tessera::report {

std::string ending(const machine::RunResult& result) {
  if (result.interrupted) {
    return kInterrupted;
  }
  return result.error.value_or("");
}

double cycles_per_access(const machine::RunResult& result) {
  const std::uint64_t accesses = result.counters.accesses;
  return accesses == 0
             ? 0.0
             : static_cast<double>(result.total().value()) / static_cast<double>(accesses);
}

}  // namespace tessera::report
