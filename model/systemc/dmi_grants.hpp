#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/mmu/engine.hpp"
#include "model/mmu/mmu.hpp"

namespace tessera::systemc {

/// Addresses from first to last; empty if last < first.
struct AddressRange {
  std::uint64_t first = 1;  ///< the lowest
  std::uint64_t last = 0;   ///< the highest, itself included

  /// They have an address in common.
  bool overlaps(const AddressRange& other) const {
    return std::max(first, other.first) <= std::min(last, other.last);
  }
  /// The same two ends.
  friend bool operator==(const AddressRange& a, const AddressRange& b) {
    return a.first == b.first && a.last == b.last;
  }
};

/// All effective addresses.
inline constexpr AddressRange kEverywhere{0, 0xFFFFFFFF};

/// EAs that something may have made to be translated anew.
struct Touched {
  AddressRange one;    ///< the first range
  AddressRange other;  ///< the second one; empty if there is only one

  /// One of the two has an address in common with it.
  bool overlaps(const AddressRange& range) const {
    return one.overlaps(range) || other.overlaps(range);
  }
};

/// What `instruction` touches if it completes in `mmu` as it stands: a tlbwe the page it overwrites
/// and the one it writes, an indirect entry being none; an invalidation by address that address;
/// other invalidations, and mtspr of a register that accesses are matched with, everything. Never
/// too little.
Touched touched_by(const mmu::Instruction& instruction, const mmu::Mmu& mmu);

/// What a hardware walker touches if the next access, to `ea`, ends a walk with an entry of TLB0:
/// the page it overwrites and the one it writes.
Touched touched_by_walk(EffectiveAddress ea, const mmu::Mmu& mmu);

/// What another core's tlbivax of this operand touches.
Touched touched_by_snoop(std::uint32_t operand);

/// A DMI pointer that is with an initiator.
struct DmiGrant {
  AddressRange page;     ///< EAs of the page that translates
  AddressRange granted;  ///< EAs that the pointer serves, a part of the page
  std::uint64_t ra = 0;  ///< that granted.first stands for
};

/// All DMI pointers that an MMU has granted. Few, as every page has an entry in the TLBs: a list.
class DmiGrants {
 public:
  /// No pointer is with anybody.
  bool empty() const { return grants_.empty(); }

  /// Adds a grant, unless it is known.
  void add(const DmiGrant& grant);

  /// Takes out the grants whose page is touched, and returns their EAs.
  std::vector<AddressRange> withdraw(const Touched& touched);

  /// Takes out the grants that serve any of these real addresses, and returns their EAs.
  std::vector<AddressRange> withdraw_memory(const AddressRange& ra);

 private:
  template <class Predicate>
  std::vector<AddressRange> withdraw_if(Predicate doomed);

  std::vector<DmiGrant> grants_;
};

}  // namespace tessera::systemc
