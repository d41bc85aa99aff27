#include "sw/machine/accounting/tlb0_mirror.hpp"

namespace tessera::machine {

using InTlb0 = PageHistory::InTlb0;

Tlb0Mirror::Tlb0Mirror(const mmu::Parameters& p)
    : index_(p.tlb0_sets),
      ways_(p.tlb0_ways),
      lru_(p.tlb0_repl == mmu::Tlb0Replacement::Lru),
      next_victim_(p.nv_scope, p.tlb0_sets, p.tlb0_ways),
      order_(p.tlb0_sets, p.tlb0_ways),
      entries_(std::size_t{p.tlb0_sets} * p.tlb0_ways) {}

void Tlb0Mirror::offer(VirtualPage page) {
  const unsigned set = set_of(page);
  offered_ = next_victim_.offer(set);  // which moves it, in one scope
  if (lru_) offered_ = oldest(set);
}

unsigned Tlb0Mirror::oldest(unsigned set) const {
  const unsigned base = base_of(set);
  for (unsigned way = 0; way < ways_; ++way) {
    if (entries_[base + way] == nullptr) return way;
  }
  return order_.oldest(base);
}

void Tlb0Mirror::refill(PageHistory& page) {
  const unsigned set = set_of(VirtualPage(page.page));
  write(page, set, offered_);
  next_victim_.load(set, next_victim_.after(offered_));
}

void Tlb0Mirror::refill_by_walk(PageHistory& page) {
  const unsigned set = set_of(VirtualPage(page.page));
  const unsigned way = lru_ ? oldest(set) : next_victim_.value(set);
  write(page, set, way);
  next_victim_.step_past(set, way);
}

void Tlb0Mirror::write(PageHistory& page, unsigned set, unsigned way) {
  PageHistory*& entry = entries_[base_of(set) + way];
  if (entry != nullptr) entry->in_tlb0 = InTlb0::Evicted;
  entry = &page;
  page.in_tlb0 = InTlb0::Present;
  page.set = static_cast<std::uint16_t>(set);
  page.way = static_cast<std::uint16_t>(way);
}

bool Tlb0Mirror::invalidate(PageHistory& page) {
  if (page.in_tlb0 != InTlb0::Present) return false;
  entries_[base_of(page.set) + page.way] = nullptr;
  page.in_tlb0 = InTlb0::Flushed;
  return true;
}

}  // namespace tessera::machine
