#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// True LRU in each set of an array: when each way was used last. A stamp counts uses, and holds
/// in its low bits the way it stands for, so that the least stamp of a set names its oldest way.
/// Sets are named by `base`, the flat index of their way 0.
class UseOrder {
 public:
  /// Way 0 the oldest of each set. `ways` is 0..64.
  UseOrder(unsigned sets, unsigned ways);

  /// Ways a set has.
  unsigned ways() const { return ways_; }

  /// The way becomes the most recent of its set.
  void use(unsigned base, unsigned way) { stamps_[base + way] = (uses_ += kOneUse) | way; }

  /// The way was never used: older than all that were, the lowest such way the oldest.
  void forget(unsigned base, unsigned way) { stamps_[base + way] = way; }

  /// The way whose last use is longest ago; requires ways() != 0. No branch depends on the order,
  /// as it is not predictable; four ways, the common shape, without a loop.
  unsigned oldest(unsigned base) const {
    const std::uint64_t* const set = stamps_.data() + base;
    if (ways_ == 4) return way_of(std::min(std::min(set[0], set[1]), std::min(set[2], set[3])));
    std::uint64_t least = set[0];
    for (unsigned way = 1; way < ways_; ++way) least = std::min(least, set[way]);
    return way_of(least);
  }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  static constexpr std::uint64_t kOneUse = 64;  ///< above the bits that name a way

  static unsigned way_of(std::uint64_t stamp) {
    return static_cast<unsigned>(stamp & (kOneUse - 1));
  }

  unsigned ways_;
  std::uint64_t uses_ = 0;
  std::vector<std::uint64_t> stamps_;
};

}  // namespace tessera::mmu
