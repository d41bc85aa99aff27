#pragma once

#include <array>
#include <cstdint>

#include "model/mmu/engine.hpp"
#include "model/mmu/parameters.hpp"
#include "model/types/units.hpp"
#include "sw/machine/accounting/latency_histogram.hpp"
#include "sw/machine/accounting/refill_classifier.hpp"
#include "sw/machine/accounting/refill_kind.hpp"
#include "sw/machine/accounting/slot_sums.hpp"
#include "sw/machine/accounting/timeline.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// What became of a translation that missed its L1 TLB.
struct L1Miss {
  bool walked = false;   ///< a walker read memory for it
  bool written = false;  ///< and wrote TLB0
};

/// The accounts of docs/accounting.md of one machine, kept from reset on by what its parts tell.
/// It changes nothing in the machine and takes no simulated time.
class Accounting {
 public:
  Accounting(const mmu::Parameters& parameters, const SlotSums& slots)
      : classifier_(parameters), empty_slots_(slots), slots_(slots) {}

  /// The core: a translation of PID `pid` missed its L1 TLB and took so long.
  void missed_l1(Pid pid, EffectiveAddress ea, mmu::Outcome outcome, L1Miss miss, Cycles duration);

  /// The core: a tlbsx found nothing.
  void search_failed(EffectiveAddress ea) { classifier_.missed(page_of(ea)); }

  /// The process: a TLB-miss handler wrote an entry, into TLB0 or TLB1, or bailed out.
  void refilled(Pid pid, EffectiveAddress ea, bool tlb0, Cycles duration);
  void bailed_out(Cycles duration) { refills_.failed += duration; }

  /// The kernel's flushes.
  void flushed_page(Pid pid, EffectiveAddress ea, vm::FlushCause cause) {
    tell(classifier_.flush_page(pid, page_of(ea), cause));
  }
  void flushed_pid(Pid pid, vm::FlushCause cause) { tell(classifier_.flush_pid(pid, cause)); }
  void flushed_all(vm::FlushCause cause) { tell(classifier_.flush_all(cause)); }

  /// The process: a load or store took so long; a fetch or a mapping call did.
  void accessed(LatencyKind kind, EffectiveAddress ea, Cycles duration) {
    spent(kind, duration);
    slots_.accessed(ea, duration);
  }
  void spent(LatencyKind kind, Cycles duration) {
    latencies_[static_cast<std::size_t>(kind)].add(duration);
  }

  /// Counting begins now: latencies and slots forget what they had. Refills go on.
  void begin_counting();

  /// Tells it of all flushes and refills from now on; it must outlive the accounting.
  void tell(Timeline* timeline) { timeline_ = timeline; }

  /// Since reset.
  const RefillAccount& refills() const { return refills_; }
  /// Since begin_counting().
  const std::array<LatencyHistogram, kLatencyKinds>& latencies() const { return latencies_; }
  const SlotSums& slots() const { return slots_; }

  const Tlb0Mirror& mirror() const { return classifier_.mirror(); }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  void add(const RefillKind& kind, EffectiveAddress ea, Cycles duration);
  void tell(const RefillClassifier::Flushed& flushed) {
    if (timeline_ != nullptr) timeline_->flushed(flushed.event, flushed.pages);
  }

  RefillClassifier classifier_;
  RefillAccount refills_;
  std::array<LatencyHistogram, kLatencyKinds> latencies_;
  const SlotSums empty_slots_;
  SlotSums slots_;
  Timeline* timeline_ = nullptr;
};

}  // namespace tessera::machine
