#include "model/mmu/latency.hpp"

#include "model/mmu/mas.hpp"

namespace tessera::mmu {

namespace {

bool flushes_l1(Spr spr, const Parameters& parameters) {
  switch (spr) {
    case Spr::Pid0:
    case Spr::Pid1:
    case Spr::Pid2:
      return parameters.l1_flush_on_pid != L1FlushOnPid::None;
    case Spr::Lpidr:
      return parameters.l1_flush_on_lpid != L1FlushOnLpid::None;
    default:
      return false;
  }
}

Cycles mtspr_latency(const Instruction& instruction, const Parameters& parameters,
                     const Timing& timing) {
  const std::uint32_t flash = mmucsr0::kTlb0Fi.mask | mmucsr0::kTlb1Fi.mask;
  if (instruction.spr == Spr::Mmucsr0 && (instruction.operand & flash) != 0) {
    return timing.mmucsr0_flash;
  }
  const bool flush = flushes_l1(instruction.spr, parameters);
  return flush ? timing.mtspr + timing.pid_write_flush : timing.mtspr;
}

}  // namespace

Cycles latency_of(const Instruction& instruction, Trap trap, const Parameters& parameters,
                  const Timing& timing) {
  if (trap != Trap::None && trap != Trap::MachineCheck) return timing.trap;
  switch (instruction.opcode) {
    case Opcode::Tlbwe:
      return timing.tlbwe;
    case Opcode::Tlbre:
      return timing.tlbre;
    case Opcode::Tlbsx:
      return timing.tlbsx;
    case Opcode::Tlbilx:
      if (instruction.t == 3) return timing.tlbilx_va;
      return timing.tlbilx_scan + timing.tlbilx_scan_per_set * parameters.tlb0_sets;
    case Opcode::Tlbivax:
      return timing.tlbivax_local;
    case Opcode::Tlbsync:
      return timing.tlbsync;
    case Opcode::Mtspr:
      return mtspr_latency(instruction, parameters, timing);
    case Opcode::Mfspr:
      return timing.mfspr;
  }
  return timing.trap;
}

}  // namespace tessera::mmu
