#include "model/mmu/privilege.hpp"

#include "model/mmu/mas.hpp"

namespace tessera::mmu {

namespace {

/// The registers of walkers (docs/walkers.md W1). Apart from the others, which every refill uses.
[[gnu::noinline]] bool has_walk_spr(Spr spr, const Parameters& parameters) {
  switch (spr) {
    case Spr::Walkctl:
    case Spr::Walkpgd:
    case Spr::Walkkpgd:
    case Spr::Walkbase:
      return parameters.hardware_walker == HardwareWalker::Tablewalk;
    case Spr::Tlb0ps:
    case Spr::Tlb1ps:
    case Spr::Eptcfg:
      return parameters.hardware_walker == HardwareWalker::E6500;
    default:
      return false;  // any other number: pins may carry what no enumerator names
  }
}

bool is_hypervisor_spr(Spr spr, const Parameters& parameters) {
  switch (spr) {
    case Spr::Mas5:
    case Spr::Mas8:
    case Spr::Lpidr:
    case Spr::Epcr:
    case Spr::Mmucsr0:
    case Spr::Mmucfg:
    case Spr::Tlb0cfg:
    case Spr::Tlb1cfg:
      return true;
    default:
      return has_walk_spr(spr, parameters);
  }
}

bool needs_hypervisor(const Instruction& instruction, const Parameters& parameters,
                      std::uint32_t epcr) {
  switch (instruction.opcode) {
    case Opcode::Mtspr:
    case Opcode::Mfspr:
      return is_hypervisor_spr(instruction.spr, parameters);
    case Opcode::Tlbilx:
      return epcr::kDgtmi.of(epcr) != 0;
    default:
      return true;
  }
}

}  // namespace

bool has_spr(Spr spr, const Parameters& parameters) {
  switch (spr) {
    case Spr::Pid1:
    case Spr::Pid2:
      return parameters.npids == 3;
    case Spr::Lpidr:
    case Spr::Mas5:
    case Spr::Mas8:
    case Spr::Epcr:
      return parameters.has_ehv;
    case Spr::Eplc:
    case Spr::Epsc:
      return parameters.has_external_pid;
    case Spr::Mas7:
      return parameters.ra_bits > 32;
    case Spr::Pid0:
    case Spr::Mas0:
    case Spr::Mas1:
    case Spr::Mas2:
    case Spr::Mas3:
    case Spr::Mas4:
    case Spr::Mas6:
    case Spr::Tlb0cfg:
    case Spr::Tlb1cfg:
    case Spr::Mmucsr0:
    case Spr::Mmucfg:
      return true;
    default:
      return has_walk_spr(spr, parameters);
  }
}

bool is_read_only(Spr spr) {
  switch (spr) {
    case Spr::Mmucfg:
    case Spr::Tlb0cfg:
    case Spr::Tlb1cfg:
    case Spr::Tlb0ps:
    case Spr::Tlb1ps:
    case Spr::Eptcfg:
      return true;
    default:
      return false;
  }
}

Trap privilege_trap(const Instruction& instruction, const Parameters& parameters,
                    std::uint32_t epcr) {
  if (instruction.opcode == Opcode::Tlbilx && !parameters.has_tlbilx) {
    return Trap::IllegalInstruction;
  }
  if (instruction.pr) return Trap::Privileged;
  const bool guest = instruction.gs && parameters.has_ehv;
  if (guest && needs_hypervisor(instruction, parameters, epcr)) return Trap::HypervisorPrivilege;
  if (instruction.opcode == Opcode::Tlbsx && instruction.ra_nonzero &&
      parameters.tlbsx_ra_nonzero == TlbsxRaNonzero::Illegal) {
    return Trap::IllegalInstruction;
  }
  return Trap::None;
}

}  // namespace tessera::mmu
