#include "tb/unit/clocked/random_calls.hpp"

namespace tessera::clocked {
namespace {

using mmu::Access;
using mmu::AccessKind;
using mmu::HardwareWalker;
using mmu::Instruction;
using mmu::Opcode;
using mmu::Spr;

constexpr std::array kSprs{
    Spr::Pid0,    Spr::Epcr, Spr::Lpidr, Spr::Mas5, Spr::Mas8,    Spr::Mas0,   Spr::Mas1,
    Spr::Mas2,    Spr::Mas3, Spr::Mas4,  Spr::Mas6, Spr::Pid1,    Spr::Pid2,   Spr::Tlb0cfg,
    Spr::Tlb1cfg, Spr::Mas7, Spr::Eplc,  Spr::Epsc, Spr::Mmucsr0, Spr::Mmucfg, Spr::Mmucsr0};
// What builds entries is written most.
constexpr std::array kOftenWritten{Spr::Mas0, Spr::Mas0, Spr::Mas0, Spr::Mas1, Spr::Mas1,
                                   Spr::Mas1, Spr::Mas2, Spr::Mas2, Spr::Mas3, Spr::Mas4,
                                   Spr::Mas5, Spr::Mas6, Spr::Pid0};

constexpr std::array kWalkSprs{Spr::Walkctl, Spr::Walkctl,  Spr::Walkctl,
                               Spr::Walkpgd, Spr::Walkkpgd, Spr::Walkbase,
                               Spr::Tlb0ps,  Spr::Tlb1ps,   Spr::Eptcfg};

template <class Array>
auto element(const Array& array, unsigned number) {
  return array.at(number % array.size());
}

}  // namespace

RandomCalls::RandomCalls(const mmu::Parameters& parameters, unsigned seed)
    : parameters_(parameters), random_(seed) {}

Call RandomCalls::next() {
  Call call;
  if (steps_left_ == 0 && has(HardwareWalker::E6500) && one_in(30)) steps_left_ = 7;
  if (steps_left_ != 0) {
    call.kind = Call::Kind::Execute;
    call.instruction = indirect_entry_step();
    return call;
  }
  const unsigned dice = pick(100);
  if (dice < 35) {
    call.access = access(static_cast<AccessKind>(pick(3)));
  } else if (dice < 55) {
    call.kind = Call::Kind::Pair;
    call.access = access(AccessKind::Fetch);
    call.data = access(one_in(2) ? AccessKind::Load : AccessKind::Store);
  } else if (dice < 97) {
    call.kind = Call::Kind::Execute;
    call.instruction = instruction();
  } else {
    call.kind = Call::Kind::Advance;
    call.duration = Cycles(one_in(4) ? pick(1000) : pick(4));
  }
  return call;
}

std::uint32_t RandomCalls::ea() {
  if (one_in(50)) return word();
  static constexpr std::array<std::uint32_t, 4> kRegions{0x10000000, 0x10080000, 0x10040000,
                                                         0xFFFFC000};
  return element(kRegions, pick(4)) | (pick(4) << 12) | (pick(1024) << 2);
}

Access RandomCalls::access(AccessKind kind) {
  Access access;
  access.ea = EffectiveAddress(ea());
  access.as = one_in(8);
  access.pr = one_in(2);
  access.gs = one_in(8);
  if (one_in(2)) access = element(recent_, pick(8));  // L1 TLBs live on repetition
  access.kind = kind;
  access.external_pid = kind != AccessKind::Fetch && parameters_.has_external_pid && one_in(10);
  recent_.at(pick(8)) = access;
  return access;
}

Instruction RandomCalls::instruction() {
  static constexpr std::array kOpcodes{
      Opcode::Tlbwe, Opcode::Tlbwe,  Opcode::Tlbwe,   Opcode::Tlbwe, Opcode::Tlbre, Opcode::Tlbsx,
      Opcode::Tlbsx, Opcode::Tlbilx, Opcode::Tlbivax, Opcode::Mfspr, Opcode::Mfspr};
  Instruction instruction;
  instruction.opcode = one_in(2) ? Opcode::Mtspr : element(kOpcodes, pick(11));
  if (one_in(200)) instruction.opcode = Opcode::Tlbsync;
  instruction.operand = ea();
  instruction.t = static_cast<std::uint8_t>(one_in(12) ? pick(8) : 3);
  instruction.spr = element(kSprs, pick(21));
  instruction.ra_nonzero = one_in(20);
  instruction.pr = one_in(40);
  instruction.gs = one_in(30);
  if (instruction.opcode == Opcode::Mtspr) aim_mtspr(instruction);
  if (!has(HardwareWalker::Off) && one_in(12)) {
    instruction.spr = walk_spr();
    instruction.operand = walk_value(instruction.spr);
  }
  if (instruction.opcode == Opcode::Tlbivax) {
    instruction.operand = (instruction.operand & 0xFFFFF000) | (pick(2) << 3);
    if (one_in(16)) instruction.operand |= 4;
  }
  if (one_in(100)) instruction.spr = static_cast<Spr>(pick(1024));  // mostly none
  return instruction;
}

void RandomCalls::aim_mtspr(Instruction& instruction) {
  if (!one_in(6)) instruction.spr = element(kOftenWritten, pick(13));
  instruction.operand = one_in(60) ? word() : value_of(instruction.spr);
}

Spr RandomCalls::walk_spr() {
  const Spr spr = element(kWalkSprs, pick(9));
  return has(HardwareWalker::E6500) && !one_in(4) ? Spr::Mas4 : spr;
}

std::uint32_t RandomCalls::walk_value(Spr spr) {
  switch (spr) {
    case Spr::Walkctl:
      return (word() & 0xE) | (one_in(8) ? 0 : 1);
    case Spr::Walkbase:
      return one_in(2) ? 0xC0000000 : 0x10040000;
    case Spr::Mas4:
      return (pick(2) << 15) | 0x100 | (one_in(2) ? 0 : word() & 0x1003007F);
    default:
      return word();
  }
}

/// A refill as software of an e6500 does it: an entry of TLB1 for the 2 MB of an EA, whole, as a
/// TLB error in between would clear MAS3.
Instruction RandomCalls::indirect_entry_step() {
  static constexpr std::array kSteps{Spr::Mas8, Spr::Mas7, Spr::Mas3,
                                     Spr::Mas2, Spr::Mas1, Spr::Mas0};
  Instruction instruction;
  instruction.opcode = Opcode::Tlbwe;
  if (--steps_left_ == 0) return instruction;
  instruction.opcode = Opcode::Mtspr;
  instruction.spr = kSteps.at(steps_left_ - 1);
  instruction.operand = indirect_value_of(instruction.spr);
  return instruction;
}

std::uint32_t RandomCalls::indirect_value_of(Spr spr) {
  switch (spr) {
    case Spr::Mas0:
      return 0x10000000U | (pick(8) << 16);
    case Spr::Mas1:
      return 0x80002000U | (pick(3) << 16) | (one_in(8) ? 0x1000U : 0) |
             (one_in(20) ? pick(32) << 7 : 11 << 7);
    case Spr::Mas2:
      return ea() & 0xFFE00000;
    case Spr::Mas3:
      return (word() & 0xFFFFFFC1) | (one_in(12) ? pick(64) : 4);
    case Spr::Mas7:
      return pick(16);
    default:
      return one_in(8) ? 0x80000000U : 0;
  }
}

std::uint32_t RandomCalls::value_of(Spr spr) {
  switch (spr) {
    case Spr::Mas0:
      return (one_in(3) ? 0x10000000U : 0) | (pick(8) << 16) | pick(4);
    case Spr::Mas1:
      return (one_in(10) ? 0 : 0x80000000U) | (one_in(4) ? 0x40000000U : 0) | (pick(3) << 16) |
             (one_in(8) ? 0x1000U : 0) | ((1 + pick(one_in(8) ? 15 : 3)) << 8);
    case Spr::Mas2:
      return (ea() & 0xFFFFF000) | pick(128);
    case Spr::Mas3:
      return (word() & 0xFFFFFFC0) | (one_in(2) ? 0x3F : pick(64));
    case Spr::Mas4:
      return 0x100 | (one_in(4) ? word() & 0x1003007F : 0);
    case Spr::Mas7:
      return pick(16);
    case Spr::Mas8:
      return (one_in(8) ? 0x80000000U : 0) | (one_in(8) ? 0x40000000U : 0) | pick(2);
    default:
      return context_value(spr);
  }
}

std::uint32_t RandomCalls::context_value(Spr spr) {
  switch (spr) {
    case Spr::Mas5:
      return (one_in(8) ? 0x80000000U : 0) | pick(2);
    case Spr::Mas6:
      return (pick(3) << 16) | (has(HardwareWalker::E6500) ? pick(2) << 1 : 0) |
             (one_in(8) ? 1U : 0);
    case Spr::Eplc:
    case Spr::Epsc:
      return (word() & 0xE0000000) | (pick(2) << 16) | pick(3);
    case Spr::Epcr:
      return one_in(2) ? word() : 0;
    case Spr::Mmucsr0:
      return one_in(4) ? pick(4) << 1 : 0;
    default:
      return pick(3);
  }
}

}  // namespace tessera::clocked
