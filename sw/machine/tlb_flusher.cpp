#include "sw/machine/tlb_flusher.hpp"

#include "model/mmu/mas.hpp"

namespace tessera::machine {

using mmu::Opcode;
using mmu::Spr;

void TlbFlusher::flush_va(EffectiveAddress ea, Pid pid) {
  flush(ea, mmu::mas6::kSpid.at(pid.value()), counters_.tlbwe);
  ++counters_.va;
}

void TlbFlusher::flush_table(EffectiveAddress ea, Pid pid) {
  flush(ea, mmu::mas6::kSpid.at(pid.value()) | mmu::mas6::kSind.mask, counters_.tlbwe_indirect);
  ++counters_.table;
}

void TlbFlusher::flush(EffectiveAddress ea, std::uint32_t mas6, std::uint64_t& invalidated) {
  constexpr std::uint8_t kByAddress = 3;
  core_.mtspr(Spr::Mas6, mas6);
  if (has_tlbilx_) {
    execute(Opcode::Tlbilx, ea, kByAddress);
  } else {
    search_and_invalidate(ea, invalidated);
  }
  core_.isync();
}

void TlbFlusher::flush_pid(Pid pid) {
  constexpr std::uint8_t kByPid = 1;
  if (has_tlbilx_) {
    const std::uint32_t saved = core_.mfspr(Spr::Mas6);
    core_.mtspr(Spr::Mas6, mmu::mas6::kSpid.at(pid.value()));
    execute(Opcode::Tlbilx, EffectiveAddress(0), kByPid);
    core_.mtspr(Spr::Mas6, saved);
    ++counters_.pid;
  } else {
    flash_invalidate();
    ++counters_.all;
  }
  core_.isync();
}

void TlbFlusher::search_and_invalidate(EffectiveAddress ea, std::uint64_t& invalidated) {
  execute(Opcode::Tlbsx, ea);
  const std::uint32_t mas1 = core_.mfspr(Spr::Mas1);
  if (mmu::mas1::kValid.of(mas1) != 0) {
    core_.mtspr(Spr::Mas1, mmu::mas1::kValid.put(mas1, 0));
    core_.tlbwe();
    ++invalidated;
  } else {
    core_.search_failed(ea);
  }
}

void TlbFlusher::flash_invalidate() {
  const std::uint32_t both = mmu::mmucsr0::kTlb0Fi.mask | mmu::mmucsr0::kTlb1Fi.mask;
  core_.mtspr(Spr::Mmucsr0, both);
  while ((core_.mfspr(Spr::Mmucsr0) & both) != 0) {
  }
}

void TlbFlusher::execute(Opcode opcode, EffectiveAddress ea, std::uint8_t t) {
  mmu::Instruction instruction;
  instruction.opcode = opcode;
  instruction.operand = ea.value();
  instruction.t = t;
  core_.execute(instruction);
}

}  // namespace tessera::machine
