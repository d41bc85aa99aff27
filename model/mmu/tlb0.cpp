#include "model/mmu/tlb0.hpp"

namespace tessera::mmu {

Tlb0::Tlb0(unsigned sets, unsigned ways)
    : index_(sets), ways_(ways), array_(sets * ways), order_(sets, ways) {
  for (unsigned set = 0; set < sets; ++set) {
    for (unsigned way = 0; way < ways; ++way) {
      TlbEntry entry;
      entry.set = static_cast<std::uint16_t>(set);
      entry.slot = static_cast<std::uint16_t>(way);
      entry.mas1 = mas1::kTsize.at(1);  // no size is stored here: it reads 4 KB from reset on
      write(entry);
    }
  }
}

void Tlb0::invalidate(const Invalidation& invalidation) {
  unsigned begin = 0;
  unsigned end = array_.size();
  if ((invalidation.under_mask & match::kEpn) != 0) {
    const EffectiveAddress ea(static_cast<std::uint32_t>(invalidation.key & match::kEpn));
    begin = index_of(ea, 0);
    end = begin + ways_;
  }
  for (unsigned i = begin; i < end; ++i) array_.invalidate(i, invalidation);
}

unsigned Tlb0::victim(unsigned set) const {
  const unsigned base = set * ways_;
  for (unsigned way = 0; way < ways_; ++way) {
    if (!array_.word(base + way).valid()) return way;
  }
  return order_.oldest(base);
}

}  // namespace tessera::mmu
