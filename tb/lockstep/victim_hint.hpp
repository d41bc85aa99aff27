#pragma once

#include <cstdint>
#include <vector>

#include "model/mmu/parameters.hpp"
#include "tb/lockstep/entry_list.hpp"

namespace tessera::lockstep {

/// TLB0[NV], and the order of the ways of TLB0 by the edge of their last use (docs/pins.md 8).
class VictimHint {
 public:
  explicit VictimHint(const mmu::Parameters& parameters) : parameters_(parameters) { reset(); }

  void reset();

  /// An L2 search at that edge was answered by this place of TLB0.
  void use(unsigned place, std::uint64_t edge);

  /// The way that a hint names and a walk takes in `cycle`; the uses of edges before it, and no
  /// others, must be known.
  unsigned way(std::uint32_t ea, const EntryList& entries, std::uint64_t cycle) const;

  /// ESEL of a hint given in `cycle`: the same, and in the QEMU scope TLB0[NV] steps.
  unsigned offer(std::uint32_t ea, const EntryList& entries, std::uint64_t cycle);

  /// TLB0[NV] of a set.
  unsigned next(unsigned set) const { return counters_[counter_of(set)]; }

  /// tlbwe of TLB0 with MAS0[NV].
  void load(unsigned set, unsigned nv);

  /// A walk for that EA wrote the way (docs/walkers.md W6).
  void walked(std::uint32_t ea, unsigned way);

 private:
  std::size_t counter_of(unsigned set) const {
    return parameters_.nv_scope == mmu::NvScope::PerSet ? set : 0;
  }
  unsigned set_of(std::uint32_t ea) const { return (ea >> 12) % parameters_.tlb0_sets; }
  unsigned victim(unsigned set, const EntryList& entries, std::uint64_t cycle) const;

  mmu::Parameters parameters_;
  std::vector<unsigned> counters_;
  std::vector<std::uint64_t> last_use_;  ///< by place
};

}  // namespace tessera::lockstep
