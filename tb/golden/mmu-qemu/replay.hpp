#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/mmu/engine.hpp"

namespace tessera::golden {

/// How a replay ended.
struct ReplayResult {
  std::uint64_t operations = 0;
  std::uint64_t checks = 0;
  std::uint64_t mismatches = 0;
  bool complete = false;             ///< the log has its last line
  std::vector<std::string> reports;  ///< the first mismatches

  /// "N operations, M checks, K mismatches"
  std::string summary() const;
};

/// Plays the whole text of a QEMU log (README.md) on an engine in reset state, whose core should
/// be `qemu`. Throws std::runtime_error on text that is no such log.
ReplayResult replay(std::string_view text, mmu::MmuEngine& engine);

}  // namespace tessera::golden
