#pragma once

#include <cstdint>
#include <vector>

#include "model/mmu/parameters.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// TLB0[NV], the round-robin hint for software's choice of a way (e500mc-mmu.md 1.5).
class NextVictim {
 public:
  /// All counters 0. Of `sets` sets with 1 or more `ways`.
  NextVictim(NvScope scope, unsigned sets, unsigned ways)
      : scope_(scope), ways_(ways), counters_(scope == NvScope::PerSet ? sets : 1) {}

  /// The way that a TLB error or a tlbsx miss offers. Two offers without a tlbwe in between are
  /// equal, but not in QEMU.
  unsigned offer(unsigned set) {
    std::uint16_t& counter = counters_[place_of(set)];
    const unsigned way = counter;
    if (scope_ == NvScope::Qemu) counter = static_cast<std::uint16_t>(after(way));
    return way;
  }

  /// What MAS0[NV] says beside an offer: what TLB0[NV] shall be once that way is written.
  unsigned after(unsigned way) const { return way + 1 == ways_ ? 0 : way + 1; }

  /// tlbwe to TLB0 with this MAS0[NV].
  void load(unsigned set, unsigned nv) {
    if (scope_ == NvScope::Qemu) return;
    counters_[place_of(set)] = static_cast<std::uint16_t>(nv < ways_ ? nv : nv % ways_);
  }

  /// A hardware walker has written that way (docs/walkers.md W6): in every scope.
  void step_past(unsigned set, unsigned way) {
    counters_[place_of(set)] = static_cast<std::uint16_t>(after(way));
  }

  /// TLB0[NV] as it stands, for a set.
  unsigned value(unsigned set) const { return counters_[place_of(set)]; }

  /// QEMU has one hint for both arrays (e500mc-mmu.md 9.1 no. 6).
  bool covers_tlb1() const { return scope_ == NvScope::Qemu; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  unsigned place_of(unsigned set) const { return scope_ == NvScope::PerSet ? set : 0; }

  NvScope scope_;
  unsigned ways_;
  std::vector<std::uint16_t> counters_;
};

}  // namespace tessera::mmu
