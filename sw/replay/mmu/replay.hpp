#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/mmu/engine.hpp"

/// Logs of MMU operations that others recorded, played on our engines.
namespace tessera::replay {

/// How a replay ended.
struct MmuReplay {
  std::uint64_t operations = 0;
  std::uint64_t checks = 0;
  std::uint64_t mismatches = 0;
  std::vector<std::string> reports;  ///< the first mismatches: file:line, expected, got
};

/// Plays the whole text of a QEMU log (tb/golden/mmu-qemu/README.md) on an engine in reset state,
/// whose core should be `qemu`. `log` is what messages call the log. Throws UserError, with
/// log:line, on text that is no such log, and on a log without its last line.
MmuReplay replay_mmu(std::string_view text, const std::string& log, mmu::MmuEngine& engine);

/// What is not compared and why, a line each.
const std::vector<std::string_view>& mmu_masks();

}  // namespace tessera::replay
