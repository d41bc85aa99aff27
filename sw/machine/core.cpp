#include "sw/machine/core.hpp"

#include <stdexcept>

#include <fmt/core.h>

#include "sw/machine/kernel_layout.hpp"

namespace tessera::machine {

using mmu::Access;
using mmu::AccessKind;
using mmu::Outcome;

void Core::wait(Cycles duration, Activity activity) {
  engine_.advance(duration);
  account_.charge(duration, activity);
  account_.end_step(duration);
  clock_ += duration;
}

void Core::spend_until(Cycles done, Activity activity) {
  account_.charge(done - clock_, activity);
  account_.end_step(done - clock_);
  clock_ = done;
}

void Core::spend_on_miss(Cycles done, Cycles waited) {
  const Cycles hit = Cycles(1) + timing_.l1tlb_hit_extra;
  account_.charge(hit, Activity::Translation);
  account_.charge(waited, Activity::MemoryStall);
  account_.charge(done - clock_ - hit - waited, Activity::L2Penalty);
  account_.end_step(done - clock_);
  clock_ = done;
}

void Core::enter_exception() {
  wait(timing_.exc_entry, Activity::Exceptions);
  supervisor(kKernelText, AccessKind::Fetch);
}

mmu::Translation Core::translate(const Access& access) {
  const std::uint64_t l1_hits = mmu_.l1_hits;
  const std::uint64_t walk_writes = mmu_.walk_writes;
  const std::uint64_t loads = memory_.walk_loads().all;
  const Cycles latencies = memory_.walk_loads().latencies;
  const mmu::Translation translation = engine_.access(access);
  ++translations_;
  if (mmu_.l1_hits != l1_hits) {
    spend_until(translation.done, Activity::Translation);
    return translation;
  }
  const bool written = mmu_.walk_writes != walk_writes;
  const Cycles waited = memory_.walk_loads().latencies - latencies;
  if (memory_.walk_loads().all == loads) {
    finish_miss(access, translation, {}, waited);
  } else {
    const AccountScope scope(account_, Part::Walk);
    finish_miss(access, translation, {true, written}, waited);
  }
  return translation;
}

void Core::finish_miss(const Access& access, const mmu::Translation& translation, L1Miss miss,
                       Cycles waited) {
  const Cycles duration = translation.done - clock_;
  spend_on_miss(translation.done, waited);
  if (accounting_ != nullptr) {
    accounting_->missed_l1(pid_, access.ea, translation.outcome, miss, duration);
  }
}

std::uint32_t Core::execute(const mmu::Instruction& instruction) {
  const mmu::Completion completion = engine_.execute(instruction);
  spend_until(completion.done, Activity::MmuInstructions);
  if (completion.trap != mmu::Trap::None) {
    throw std::logic_error("the kernel executed an MMU instruction that trapped");
  }
  return completion.value;
}

void Core::mtspr(mmu::Spr spr, std::uint32_t value) {
  mmu::Instruction instruction;
  instruction.opcode = mmu::Opcode::Mtspr;
  instruction.spr = spr;
  instruction.operand = value;
  execute(instruction);
  if (spr == mmu::Spr::Pid0) pid_ = Pid(value);
}

std::uint32_t Core::mfspr(mmu::Spr spr) {
  mmu::Instruction instruction;
  instruction.opcode = mmu::Opcode::Mfspr;
  instruction.spr = spr;
  return execute(instruction);
}

void Core::tlbwe() {
  mmu::Instruction instruction;
  instruction.opcode = mmu::Opcode::Tlbwe;
  execute(instruction);
}

std::uint32_t Core::load(EffectiveAddress kernel) {
  const RealAddress ra = supervisor(kernel, AccessKind::Load);
  wait_for_data(ra);
  return memory_.contents().read(ra);
}

void Core::store(EffectiveAddress kernel, std::uint32_t word) {
  const RealAddress ra = supervisor(kernel, AccessKind::Store);
  wait_for_data(ra);
  memory_.contents().write(ra, word);
}

RealAddress Core::supervisor(EffectiveAddress kernel, AccessKind kind) {
  Access access;
  access.ea = kernel;
  access.kind = kind;
  const mmu::Translation translation = translate(access);
  if (translation.outcome != Outcome::Translated) {
    throw std::logic_error(
        fmt::format("kernel address {:#010x} is not mapped by TLB1", kernel.value()));
  }
  return translation.ra;
}

}  // namespace tessera::machine
