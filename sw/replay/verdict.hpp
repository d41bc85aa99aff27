#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tessera::replay {

/// How the replay of one log, or of several, ended.
struct Verdict {
  std::uint64_t operations = 0;
  std::uint64_t checks = 0;
  std::uint64_t mismatches = 0;
  std::vector<std::string> reports;  ///< the first mismatches: file:line, expected, got

  /// Adds the counts of another log; its reports stay with it.
  void add(const Verdict& other) {
    operations += other.operations;
    checks += other.checks;
    mismatches += other.mismatches;
  }
};

}  // namespace tessera::replay
