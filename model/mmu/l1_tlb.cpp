#include "model/mmu/l1_tlb.hpp"

namespace tessera::mmu {

/// A 4 KB victim can have copies in one set only; larger ones reach over many.
template <class Predicate>
void L1Tlb::drop_under_victim_if(const MatchWord& victim, Predicate doomed) {
  if ((victim.mask & match::kEpn) == match::kEpn) {
    array_4k_.drop_in_set_if(set_of(victim.tag & match::kEpn), doomed);
  } else {
    array_4k_.drop_if(doomed);
  }
  vsp_.drop_in_set_if(0, doomed);
}

void L1Tlb::back_invalidate(const MatchWord& victim) {
  if (backinv_ == BackinvMatch::None) return;
  if (backinv_ == BackinvMatch::Full) {
    drop_under_victim_if(victim, [&](const MatchWord& word) {
      return word.tag == victim.tag && word.mask == victim.mask;
    });
    return;
  }
  const std::uint64_t compared = match::kValid | match::kAs | (victim.mask & match::kEpn);
  drop_under_victim_if(
      victim, [=](const MatchWord& word) { return ((word.tag ^ victim.tag) & compared) == 0; });
}

void L1Tlb::invalidate(TlbArray from, const Invalidation& invalidation) {
  const auto doomed = [&](const MatchWord& word) { return invalidation.hits(word); };
  if (from == TlbArray::Tlb1) {
    vsp_.drop_in_set_if(0, doomed);
  } else if ((invalidation.under_mask & match::kEpn) != 0) {
    array_4k_.drop_in_set_if(set_of(invalidation.key & match::kEpn), doomed);
  } else {
    array_4k_.drop_if(doomed);
  }
}

void L1Tlb::flush() {
  drop_if([](const MatchWord&) { return true; });
}

void L1Tlb::flush_non_global() {
  drop_if([](const MatchWord& word) { return !word.global(); });
}

}  // namespace tessera::mmu
