#include "tb/lockstep/victim_hint.hpp"

namespace tessera::lockstep {

void VictimHint::reset() {
  counters_.assign(parameters_.nv_scope == mmu::NvScope::PerSet ? parameters_.tlb0_sets : 1, 0);
  last_use_.assign(std::size_t{parameters_.tlb0_sets} * parameters_.tlb0_ways, 0);
}

void VictimHint::use(unsigned place, std::uint64_t edge) { last_use_[place] = edge; }

unsigned VictimHint::way(std::uint32_t ea, const EntryList& entries, std::uint64_t cycle) const {
  const bool lru = parameters_.tlb0_repl == mmu::Tlb0Replacement::Lru;
  return lru ? victim(set_of(ea), entries, cycle) : next(set_of(ea));
}

unsigned VictimHint::offer(std::uint32_t ea, const EntryList& entries, std::uint64_t cycle) {
  const unsigned offered = way(ea, entries, cycle);
  if (parameters_.nv_scope == mmu::NvScope::Qemu) {
    unsigned& counter = counters_[counter_of(set_of(ea))];
    counter = (counter + 1) % parameters_.tlb0_ways;
  }
  return offered;
}

void VictimHint::walked(std::uint32_t ea, unsigned way) {
  counters_[counter_of(set_of(ea))] = (way + 1) % parameters_.tlb0_ways;
}

void VictimHint::load(unsigned set, unsigned nv) {
  if (parameters_.nv_scope != mmu::NvScope::Qemu) {
    counters_[counter_of(set)] = nv % parameters_.tlb0_ways;
  }
}

// Ways that were never used are the oldest, the lowest first: their edge is 0, and `<` keeps the
// first.
unsigned VictimHint::victim(unsigned set, const EntryList& entries, std::uint64_t cycle) const {
  const unsigned first = set * parameters_.tlb0_ways;
  unsigned oldest = first;
  for (unsigned place = first; place < first + parameters_.tlb0_ways; ++place) {
    if (!entries.valid(false, place, cycle)) {
      return place - first;
    }
    oldest = last_use_[place] < last_use_[oldest] ? place : oldest;
  }
  return oldest - first;
}

}  // namespace tessera::lockstep
