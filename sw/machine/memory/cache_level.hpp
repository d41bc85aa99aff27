#pragma once

#include <cstdint>
#include <vector>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// Size, shape and speed of one level of cache.
struct CacheShape {
  Bytes size;
  std::uint32_t ways = 1;
  Cycles latency;  ///< load-to-use when this level has the line
};

/// Which lines a cache holds: tags only, physically indexed, true LRU, write-allocate.
class CacheLevel {
 public:
  static constexpr Bytes kLine{64};  // P4080 (e500mc-mmu.md 6.1)

  /// Throws UserError when the size is not ways × a power of two of lines; `name` is what the
  /// message calls the level.
  CacheLevel(const CacheShape& shape, const char* name);

  /// Uses the line of `ra`: true if it was there; else it is now, in place of the line of its
  /// set that was used longest ago.
  bool use(RealAddress ra);

  Cycles latency() const { return latency_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  std::uint32_t ways_;
  std::uint64_t set_mask_ = 0;
  Cycles latency_;
  // Line number + 1 (0: empty), most recently used way first in each set.
  std::vector<std::uint64_t> lines_;
};

}  // namespace tessera::machine
