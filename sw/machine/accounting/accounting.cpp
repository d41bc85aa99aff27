#include "sw/machine/accounting/accounting.hpp"

namespace tessera::machine {

using mmu::Outcome;

void Accounting::missed_l1(Pid pid, EffectiveAddress ea, Outcome outcome, L1Miss miss,
                           Cycles duration) {
  const VirtualPage page = page_of(ea);
  if (outcome == Outcome::DataTlbError || outcome == Outcome::InstructionTlbError) {
    classifier_.missed(page);
    return;
  }
  if (miss.written) {
    add(classifier_.refilled_by_walk(pid, page), ea, duration);
  } else if (miss.walked) {
    refills_.failed += duration;
    return;
  }
  classifier_.looked_up(pid, page);
}

void Accounting::refilled(Pid pid, EffectiveAddress ea, bool tlb0, Cycles duration) {
  const RefillKind tlb1{RefillClass::Tlb1, {}};
  add(tlb0 ? classifier_.refilled(pid, page_of(ea)) : tlb1, ea, duration);
}

void Accounting::add(const RefillKind& kind, EffectiveAddress ea, Cycles duration) {
  refills_.add(kind, duration);
  if (timeline_ != nullptr) timeline_->refilled(kind);
  slots_.refilled(ea, kind.refill_class == RefillClass::Flush);
}

void Accounting::begin_counting() {
  latencies_ = {};
  slots_ = empty_slots_;
}

}  // namespace tessera::machine
