#pragma once

#include <cstdint>
#include <string>

#include "model/mmu/parameters.hpp"
#include "model/types/units.hpp"

namespace tessera::mmu {

/// What memory answers to a hardware walker's load.
struct WalkLoad {
  std::uint64_t data = 0;  ///< the big-endian value; of 4 bytes, bits 63:32 are ignored
  Cycles latency{1};       ///< from the accepting edge to the cycle of the response, at least 1
  bool error = false;      ///< nothing is at that address: the data does not count
};

/// The memory behind a hardware walker (docs/walkers.md W2). One load is outstanding at a time.
class WalkMemory {
 public:
  WalkMemory() = default;
  WalkMemory(const WalkMemory&) = delete;
  WalkMemory& operator=(const WalkMemory&) = delete;
  virtual ~WalkMemory() = default;

  /// A load accepted now: 8 bytes if `is_double`, else 4; `ra` is aligned to that.
  virtual WalkLoad load(RealAddress ra, bool is_double) = 0;
};

/// Why no engine can be built: a hardware walker without memory; empty when one can.
inline std::string missing_memory(const Parameters& parameters, const WalkMemory* memory) {
  const bool walks = parameters.hardware_walker != HardwareWalker::Off;
  return walks && memory == nullptr ? "a hardware walker needs a memory to read" : "";
}

}  // namespace tessera::mmu
