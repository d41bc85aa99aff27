#include "model/mmu/tlb1.hpp"

#include <algorithm>

namespace tessera::mmu {

Tlb1::Tlb1(unsigned entries) : array_(entries) {
  live_words_.reserve(entries);
  live_indices_.reserve(entries);
  indirect_.reserve(entries);
  for (unsigned index = 0; index < entries; ++index) {
    TlbEntry entry;
    entry.array = TlbArray::Tlb1;
    entry.slot = static_cast<std::uint16_t>(index);
    array_.write(index, entry);
  }
}

Tlb1::Match Tlb1::lookup_in_chunks(const MatchKeys& keys) const {
  Match match;
  const auto count = static_cast<unsigned>(live_words_.size());
  for (unsigned base = 0; base < count; base += kChunk) {
    note(hit_bits(live_words_.data() + base, std::min(count - base, kChunk), keys), base, match);
  }
  return match;
}

Tlb1::Match Tlb1::lookup_indirect(const MatchKeys& keys) const {
  Match match;
  for (const unsigned index : indirect_) {
    if (hit_bits(array_.words() + index, 1, keys) == 0) continue;
    match.multiple = match.found;
    if (!match.found) match.index = index;
    match.found = true;
  }
  return match;
}

void Tlb1::write(const TlbEntry& entry) {
  array_.write(entry.slot, entry);
  pack();
}

void Tlb1::invalidate(const Invalidation& invalidation) {
  for (unsigned i = 0; i < array_.size(); ++i) array_.invalidate(i, invalidation);
  pack();
}

void Tlb1::pack() {
  live_words_.clear();
  live_indices_.clear();
  indirect_.clear();
  for (unsigned i = 0; i < array_.size(); ++i) {
    if (!array_.word(i).valid()) continue;
    if (array_.word(i).indirect()) {
      indirect_.push_back(i);
      continue;
    }
    live_words_.push_back(array_.word(i));
    live_indices_.push_back(i);
  }
}

}  // namespace tessera::mmu
