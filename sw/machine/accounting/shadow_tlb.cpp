#include "sw/machine/accounting/shadow_tlb.hpp"

namespace tessera::machine {

using InShadow = PageHistory::InShadow;

ShadowTlb::ShadowTlb(std::uint32_t entries) : nodes_(entries + 1) {
  free_.reserve(entries);
  for (std::uint32_t node = entries; node > kRing; --node) free_.push_back(node);
}

void ShadowTlb::use(PageHistory& page) {
  if (page.in_shadow == InShadow::Held) {
    unlink(page.node);
  } else {
    page.node = free_node();
    page.in_shadow = InShadow::Held;
    nodes_[page.node].page = &page;
  }
  link_as_newest(page.node);
}

std::uint32_t ShadowTlb::free_node() {
  if (free_.empty()) {
    const std::uint32_t oldest = nodes_[kRing].newer;
    nodes_[oldest].page->in_shadow = InShadow::Evicted;
    unlink(oldest);
    return oldest;
  }
  const std::uint32_t node = free_.back();
  free_.pop_back();
  return node;
}

void ShadowTlb::invalidate(PageHistory& page) {
  if (page.in_shadow != InShadow::Held) return;
  page.in_shadow = InShadow::Invalidated;
  unlink(page.node);
  free_.push_back(page.node);
}

void ShadowTlb::invalidate_pid(Pid pid) {
  invalidate_if([pid](const PageHistory& page) { return page.pid == pid.value(); });
}

void ShadowTlb::invalidate_all() {
  invalidate_if([](const PageHistory&) { return true; });
}

template <class Predicate>
void ShadowTlb::invalidate_if(Predicate doomed) {
  std::uint32_t node = nodes_[kRing].newer;
  while (node != kRing) {
    const std::uint32_t next = nodes_[node].newer;
    if (doomed(*nodes_[node].page)) invalidate(*nodes_[node].page);
    node = next;
  }
}

void ShadowTlb::unlink(std::uint32_t node) {
  nodes_[nodes_[node].older].newer = nodes_[node].newer;
  nodes_[nodes_[node].newer].older = nodes_[node].older;
}

void ShadowTlb::link_as_newest(std::uint32_t node) {
  const std::uint32_t newest = nodes_[kRing].older;
  nodes_[node].older = newest;
  nodes_[node].newer = kRing;
  nodes_[newest].newer = node;
  nodes_[kRing].older = node;
}

}  // namespace tessera::machine
