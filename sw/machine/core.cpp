#include "sw/machine/core.hpp"

#include <stdexcept>

#include <fmt/core.h>

#include "sw/machine/kernel_layout.hpp"

namespace tessera::machine {

using mmu::Access;
using mmu::AccessKind;
using mmu::Outcome;

void Core::wait(Cycles duration) {
  engine_.advance(duration);
  account_.charge(duration);
  clock_ += duration;
}

void Core::spend_until(Cycles done) {
  account_.charge(done - clock_);
  clock_ = done;
}

void Core::enter_exception() {
  wait(timing_.exc_entry);
  supervisor(kKernelText, AccessKind::Fetch);
}

mmu::Translation Core::translate(const Access& access) {
  const std::uint64_t loads = memory_.walk_loads().all;
  const mmu::Translation translation = engine_.access(access);
  ++translations_;
  if (memory_.walk_loads().all == loads) {
    spend_until(translation.done);
  } else {
    const AccountScope scope(account_, Part::Walk);
    spend_until(translation.done);
  }
  return translation;
}

std::uint32_t Core::execute(const mmu::Instruction& instruction) {
  const mmu::Completion completion = engine_.execute(instruction);
  spend_until(completion.done);
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
