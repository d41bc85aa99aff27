#include "sw/machine/tlb_flusher.hpp"

#include "model/mmu/mas.hpp"

namespace tessera::machine {

using mmu::Opcode;
using mmu::Spr;

void TlbFlusher::flush_va(EffectiveAddress ea, Pid pid) {
  constexpr std::uint8_t kByAddress = 3;
  mtspr(Spr::Mas6, mmu::mas6::kSpid.at(pid.value()));
  if (has_tlbilx_) {
    execute(Opcode::Tlbilx, ea, kByAddress);
  } else {
    search_and_invalidate(ea);
  }
  core_.isync();
  ++counters_.va;
}

void TlbFlusher::flush_pid(Pid pid) {
  constexpr std::uint8_t kByPid = 1;
  if (has_tlbilx_) {
    const std::uint32_t saved = mfspr(Spr::Mas6);
    mtspr(Spr::Mas6, mmu::mas6::kSpid.at(pid.value()));
    execute(Opcode::Tlbilx, EffectiveAddress(0), kByPid);
    mtspr(Spr::Mas6, saved);
    ++counters_.pid;
  } else {
    flash_invalidate();
    ++counters_.all;
  }
  core_.isync();
}

void TlbFlusher::search_and_invalidate(EffectiveAddress ea) {
  execute(Opcode::Tlbsx, ea);
  const std::uint32_t mas1 = mfspr(Spr::Mas1);
  if (mmu::mas1::kValid.of(mas1) != 0) {
    mtspr(Spr::Mas1, mmu::mas1::kValid.put(mas1, 0));
    execute(Opcode::Tlbwe);
    ++counters_.tlbwe;
  }
}

void TlbFlusher::flash_invalidate() {
  const std::uint32_t both = mmu::mmucsr0::kTlb0Fi.mask | mmu::mmucsr0::kTlb1Fi.mask;
  mtspr(Spr::Mmucsr0, both);
  while ((mfspr(Spr::Mmucsr0) & both) != 0) {
  }
}

std::uint32_t TlbFlusher::execute(Opcode opcode, EffectiveAddress ea, std::uint8_t t) {
  mmu::Instruction instruction;
  instruction.opcode = opcode;
  instruction.operand = ea.value();
  instruction.t = t;
  return core_.execute(instruction);
}

void TlbFlusher::mtspr(Spr spr, std::uint32_t value) {
  mmu::Instruction instruction;
  instruction.opcode = Opcode::Mtspr;
  instruction.spr = spr;
  instruction.operand = value;
  core_.execute(instruction);
}

std::uint32_t TlbFlusher::mfspr(Spr spr) {
  mmu::Instruction instruction;
  instruction.opcode = Opcode::Mfspr;
  instruction.spr = spr;
  return core_.execute(instruction);
}

}  // namespace tessera::machine
