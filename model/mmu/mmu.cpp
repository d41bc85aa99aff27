#include "model/mmu/mmu.hpp"

#include "model/mmu/privilege.hpp"

namespace tessera::mmu {

Mmu::Mmu(const Parameters& parameters)
    : parameters_(parameters),
      writable_(writable_bits(parameters)),
      gs_bit_(parameters.has_ehv ? match::kGs : 0),
      indirect_bit_(parameters.hardware_walker == HardwareWalker::E6500 ? mas1::kInd.mask : 0),
      l1_instruction_(parameters),
      l1_data_(parameters),
      tlb0_(parameters.tlb0_sets, parameters.tlb0_ways),
      tlb1_(parameters.tlb1_entries),
      next_victim_(parameters.nv_scope, parameters.tlb0_sets, parameters.tlb0_ways) {
  if (parameters.boot_entry) reset_boot_entry();
  update_context();
}

Effect Mmu::execute(const Instruction& instruction) {
  Effect effect;
  effect.trap = privilege_trap(instruction, parameters_, registers_.epcr);
  if (effect.trap != Trap::None) return effect;
  const EffectiveAddress ea(instruction.operand);
  switch (instruction.opcode) {
    case Opcode::Tlbwe:
      effect.trap = tlbwe();
      break;
    case Opcode::Tlbre:
      tlbre();
      break;
    case Opcode::Tlbsx:
      effect.trap = tlbsx(ea);
      break;
    case Opcode::Tlbilx:
      effect.trap = tlbilx(instruction.t, ea);
      break;
    case Opcode::Tlbivax:
      tlbivax(instruction.operand);
      break;
    case Opcode::Tlbsync:
      ++counters_.tlbsync;  // one core, nothing in flight: only its time is left
      break;
    case Opcode::Mtspr:
      return mtspr(instruction);
    case Opcode::Mfspr:
      return mfspr(instruction);
  }
  return effect;
}

Trap Mmu::trap_of(const Instruction& instruction) const {
  const Trap trap = privilege_trap(instruction, parameters_, registers_.epcr);
  if (trap != Trap::None) return trap;
  bool legal = true;
  if (instruction.opcode == Opcode::Tlbwe) {
    legal = tlbwe_is_legal();
  } else if (instruction.opcode == Opcode::Tlbilx) {
    legal = has_tlbilx_form(instruction.t);
  } else if (instruction.opcode == Opcode::Mtspr || instruction.opcode == Opcode::Mfspr) {
    const bool write = instruction.opcode == Opcode::Mtspr;
    legal = parameters_.unknown_spr == UnknownSpr::Ignore ||
            (has_spr(instruction.spr, parameters_) && !(write && is_read_only(instruction.spr)));
  }
  return legal ? Trap::None : Trap::IllegalInstruction;
}

std::vector<TlbEntry> Mmu::valid_entries() const {
  std::vector<TlbEntry> entries;
  tlb0_.array().append_valid(entries);
  tlb1_.array().append_valid(entries);
  return entries;
}

}  // namespace tessera::mmu
