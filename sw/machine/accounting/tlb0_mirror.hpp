#pragma once

#include <cstdint>
#include <vector>

#include "model/mmu/next_victim.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/set_index.hpp"
#include "model/mmu/use_order.hpp"
#include "sw/machine/accounting/page_history.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// Which pages are in TLB0 and in which ways, known from what the core asks of the MMU alone: a
/// refill's way is the one that the TLB error offered, or the walker's (docs/pins.md 8,
/// docs/walkers.md W6). Keeps PageHistory::in_tlb0, set and way; the pages must outlive it.
class Tlb0Mirror {
 public:
  /// Empty, as after reset.
  explicit Tlb0Mirror(const mmu::Parameters& parameters);

  /// A lookup in the L2 TLBs hit this page in TLB0.
  void hit(const PageHistory& page) { order_.use(base_of(page.set), page.way); }

  /// A TLB error, or a tlbsx that found nothing, offered a way for this page.
  void offer(VirtualPage page);

  /// tlbwe wrote the page to the way offered last; a walker wrote it. Whoever was there is
  /// evicted.
  void refill(PageHistory& page);
  void refill_by_walk(PageHistory& page);

  /// An invalidation took the page, if it was there; true if so.
  bool invalidate(PageHistory& page);

  /// All pages that are there now, set by set, way by way; null: an invalid entry.
  const std::vector<PageHistory*>& entries() const { return entries_; }

  /// What changes during a run (decision 13), but for the pages, which then tell by hold() where
  /// they are. Throws ArchiveError if they do not fit.
  void state(Archive& archive);
  void hold(Archive& archive, PageHistory& page);

 private:
  unsigned base_of(unsigned set) const { return set * ways_; }
  unsigned set_of(VirtualPage page) const { return index_.of(page.value()); }
  unsigned oldest(unsigned set) const;
  void write(PageHistory& page, unsigned set, unsigned way);

  mmu::SetIndex index_;
  unsigned ways_;
  bool lru_;
  mmu::NextVictim next_victim_;
  mmu::UseOrder order_;
  std::vector<PageHistory*> entries_;
  unsigned offered_ = 0;
};

}  // namespace tessera::machine
