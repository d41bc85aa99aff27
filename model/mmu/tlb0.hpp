#pragma once

#include <cstdint>

#include "model/mmu/l2_array.hpp"
#include "model/mmu/set_index.hpp"
#include "model/mmu/use_order.hpp"
#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// TLB0: set-associative, 4 KB pages only, the set from the EA bits right above the page offset
/// (e500mc-mmu.md 1.1, 1.2), for a number of sets that is no power of two the page number modulo
/// it.
class Tlb0 {
 public:
  /// All entries invalid, all bits 0.
  Tlb0(unsigned sets, unsigned ways);

  /// The set that an address belongs to.
  unsigned set_of(EffectiveAddress ea) const { return index_.of(ea.value() >> kPageShift); }
  /// The flat index of a way of that set: set * ways + way.
  unsigned index_of(EffectiveAddress ea, unsigned way) const { return set_of(ea) * ways_ + way; }

  /// Which ways of the set of `ea` hit: bit w for way w.
  std::uint64_t lookup(EffectiveAddress ea, const MatchKeys& keys) const {
    return hit_bits(array_.words() + index_of(ea, 0), ways_, keys);
  }

  /// Writes an entry to the set and way it names. The caller has made it a 4 KB entry.
  void write(const TlbEntry& entry) { array_.write(entry.set * ways_ + entry.slot, entry); }

  /// Clears V of all entries that it hits, but those that IPROT protects.
  void invalidate(const Invalidation& invalidation);

  /// The entry at `index` becomes the most recent one of its set, that of `ea`.
  void use(EffectiveAddress ea, unsigned index) {
    const unsigned base = index_of(ea, 0);
    order_.use(base, index - base);
  }

  /// The lowest invalid way of a set, or else the one whose last use is longest ago. Writes and
  /// invalidations leave the order alone.
  unsigned victim(unsigned set) const;

  /// The entries, for dumps and lookups by index.
  const L2Array& array() const { return array_; }
  /// Entries a set has.
  unsigned ways() const { return ways_; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  SetIndex index_;
  unsigned ways_;
  L2Array array_;
  UseOrder order_;
};

}  // namespace tessera::mmu
