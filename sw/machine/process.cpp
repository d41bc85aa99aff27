#include "sw/machine/process.hpp"

#include <stdexcept>

#include <fmt/core.h>

#include "model/mmu/mas.hpp"

namespace tessera::machine {

using mmu::AccessKind;
using mmu::Outcome;

namespace {

// A miss, a fault, a refill, a permission fault and a last refill, each of which may lose its
// entry to another page of the same set: anything beyond is a kernel and an MMU that disagree.
constexpr int kMostTries = 64;

[[noreturn]] void give_up(EffectiveAddress ea) {
  throw std::logic_error(fmt::format(
      "the access to EA {:#010x} faults for ever: MMU and page tables disagree", ea.value()));
}

[[noreturn]] void machine_check(Memory& memory, EffectiveAddress ea) {
  const auto& nowhere = memory.walk_loads().no_memory;
  if (!nowhere) throw std::logic_error("two TLB entries match one address: machine check");
  throw std::logic_error(fmt::format(
      "machine check at EA {:#010x}: the walker read RA {:#x}, but memory ends at RA {:#x}; "
      "its page table's address is wrong",
      ea.value(), nowhere->value(), bytes_of(memory.contents().frames()).value()));
}

}  // namespace

void Process::compute(std::uint64_t instructions) {
  counters_.user_instructions += instructions;
  core_.instructions(instructions);
}

RealAddress Process::access(EffectiveAddress ea, bool write) {
  const Cycles begin = core_.clock();
  ++counters_.user_instructions;
  const RealAddress ra = complete(ea, write ? AccessKind::Store : AccessKind::Load);
  if (Accounting* accounting = core_.accounting()) {
    accounting->accessed(write ? LatencyKind::Store : LatencyKind::Load, ea, core_.clock() - begin);
  }
  return ra;
}

RealAddress Process::complete(EffectiveAddress ea, AccessKind kind) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    const mmu::Translation translation = translate(ea, kind);
    if (translation.outcome == Outcome::Translated) {
      core_.wait_for_data(translation.ra);
      return translation.ra;
    }
    take_exception(translation, kind);
    fetch(code_);
  }
  give_up(ea);
}

void Process::touch_own(workload::OwnPage page) {
  const bool stack = page == workload::OwnPage::Stack;
  access(stack ? layout_.stack_data : layout_.static_data, true);
}

void Process::enter_code(EffectiveAddress code) {
  code_ = code;
  const Cycles begin = core_.clock();
  fetch(code);
  if (Accounting* accounting = core_.accounting()) {
    accounting->spent(LatencyKind::Fetch, core_.clock() - begin);
  }
}

void Process::fetch(EffectiveAddress code) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    const mmu::Translation translation = translate(code, AccessKind::Fetch);
    if (translation.outcome == Outcome::Translated) {
      return;
    }
    take_exception(translation, AccessKind::Fetch);
  }
  give_up(code);
}

mmu::Translation Process::translate(EffectiveAddress ea, AccessKind kind) {
  mmu::Access access;
  access.ea = ea;
  access.kind = kind;
  access.pr = true;
  return core_.translate(access);
}

void Process::take_exception(const mmu::Translation& translation, AccessKind kind) {
  const bool tlb_error = translation.outcome == Outcome::DataTlbError ||
                         translation.outcome == Outcome::InstructionTlbError;
  if (translation.outcome == Outcome::MachineCheck) {
    machine_check(core_.memory(), translation.fault_ea);
  }
  if (tlb_error) {
    const AccountScope scope(core_.account(), Part::TlbMiss);
    MissHandler::Miss miss;
    miss.kind = kind == AccessKind::Fetch ? MissKind::Instruction : MissKind::Data;
    miss.ea = translation.fault_ea;
    miss.store = mmu::esr::kStore.of(translation.esr) != 0;
    if (handle(miss)) return;
  }
  page_fault(translation.fault_ea, kind, tlb_error);
}

bool Process::handle(const MissHandler::Miss& miss) {
  const Cycles begin = core_.clock();
  const std::uint64_t tlb0_writes = core_.engine().counters().tlb0_writes;
  const bool refilled = handler_.handle(miss);
  if (Accounting* accounting = core_.accounting()) {
    const Cycles duration = core_.clock() - begin;
    const bool tlb0 = core_.engine().counters().tlb0_writes != tlb0_writes;
    if (refilled) {
      accounting->refilled(core_.pid(), miss.ea, tlb0, duration);
    } else {
      accounting->bailed_out(duration);
    }
  }
  return refilled;
}

void Process::page_fault(EffectiveAddress ea, AccessKind kind, bool entered) {
  const AccountScope scope(core_.account(), Part::PageFault);
  if (!entered) {
    core_.enter_exception();
  }
  ++counters_.page_fault_exceptions;
  vm::FaultAccess access = vm::FaultAccess::Read;
  if (kind != AccessKind::Load) {
    access = kind == AccessKind::Store ? vm::FaultAccess::Write : vm::FaultAccess::Fetch;
  }
  const vm::FaultOutcome outcome = space_.handle_fault(ea, access);
  if (!outcome.resolved()) {
    throw Killed{vm::name(outcome.result), ea};
  }
  core_.rfi();
}

}  // namespace tessera::machine
