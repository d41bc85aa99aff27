#pragma once

#include <cstdint>

#include "model/mmu/parameters.hpp"
#include "sw/machine/accounting/page_history.hpp"
#include "sw/machine/accounting/refill_kind.hpp"
#include "sw/machine/accounting/shadow_tlb.hpp"
#include "sw/machine/accounting/tlb0_mirror.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// Gives each refill of TLB0 its class (docs/accounting.md), from the lookups that miss an L1 TLB,
/// the refills and the invalidations, told in their order from reset on.
class RefillClassifier {
 public:
  explicit RefillClassifier(const mmu::Parameters& parameters)
      : mirror_(parameters), shadow_(parameters.tlb0_sets * parameters.tlb0_ways) {}

  /// A translation missed L1 and hit an entry of an L2 TLB, whichever.
  void looked_up(Pid pid, VirtualPage page) {
    PageHistory& history = pages_.of(pid, page);
    if (history.in_tlb0 != PageHistory::InTlb0::Present) return;  // hit TLB1
    mirror_.hit(history);
    shadow_.use(history);
  }

  /// A translation ended in a TLB error, or a tlbsx found nothing.
  void missed(VirtualPage page) { mirror_.offer(page); }

  /// A miss handler wrote the page into TLB0; a hardware walker did. Returns the class.
  RefillKind refilled(Pid pid, VirtualPage page) {
    return refilled(pid, page, &Tlb0Mirror::refill);
  }
  RefillKind refilled_by_walk(Pid pid, VirtualPage page) {
    return refilled(pid, page, &Tlb0Mirror::refill_by_walk);
  }

  /// An invalidation of one page, all of a PID, everything: which one, and how many pages it took
  /// from TLB0.
  struct Flushed {
    FlushEvent event;
    std::uint64_t pages = 0;
  };
  Flushed flush_page(Pid pid, VirtualPage page, vm::FlushCause cause);
  Flushed flush_pid(Pid pid, vm::FlushCause cause);
  Flushed flush_all(vm::FlushCause cause);

  const Tlb0Mirror& mirror() const { return mirror_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  RefillKind refilled(Pid pid, VirtualPage page, void (Tlb0Mirror::*refill)(PageHistory&));
  static RefillKind kind_of(const PageHistory& page);
  bool take(PageHistory& page, const FlushEvent& flush);
  template <class Predicate>
  std::uint64_t take_if(const FlushEvent& flush, Predicate doomed);

  PageHistories pages_;
  Tlb0Mirror mirror_;
  ShadowTlb shadow_;
  std::uint64_t flushes_ = 0;
};

}  // namespace tessera::machine
