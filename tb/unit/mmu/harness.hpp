#pragma once

#include <cstdint>

#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"

namespace tessera::mmu {

/// Where tests map when the place does not matter.
constexpr std::uint32_t kEa = 0x20005000;

/// An engine with the short words that tests speak in.
struct Harness {
  TransactionEngine engine;

  explicit Harness(const char* core = "e500mc")
      : engine(find_core(core)->parameters, find_core(core)->timing) {}
  explicit Harness(const Parameters& parameters, const Timing& timing = {},
                   WalkMemory* memory = nullptr)
      : engine(parameters, timing, memory) {}

  std::uint64_t now() const { return engine.now().value(); }
  const MmuCounters& counters() const { return engine.counters(); }

  Completion run(Opcode opcode, std::uint32_t operand = 0) {
    Instruction instruction;
    instruction.opcode = opcode;
    instruction.operand = operand;
    return engine.execute(instruction);
  }
  Completion write(Spr spr, std::uint32_t value) {
    Instruction instruction;
    instruction.opcode = Opcode::Mtspr;
    instruction.spr = spr;
    instruction.operand = value;
    return engine.execute(instruction);
  }
  std::uint32_t read(Spr spr) {
    Instruction instruction;
    instruction.opcode = Opcode::Mfspr;
    instruction.spr = spr;
    return engine.execute(instruction).value;
  }
  Completion tlbilx(std::uint8_t t, std::uint32_t ea = 0) {
    Instruction instruction;
    instruction.opcode = Opcode::Tlbilx;
    instruction.t = t;
    instruction.operand = ea;
    return engine.execute(instruction);
  }

  /// tlbwe of a valid entry; MAS1 is given without V.
  Trap map(std::uint32_t mas0, std::uint32_t mas1, std::uint32_t mas2, std::uint32_t mas3,
           std::uint32_t mas8 = 0) {
    write(Spr::Mas0, mas0);
    write(Spr::Mas1, 0x80000000 | mas1);
    write(Spr::Mas2, mas2);
    write(Spr::Mas3, mas3);
    write(Spr::Mas7, 0);
    if (engine.mmu().parameters().has_ehv) write(Spr::Mas8, mas8);
    return run(Opcode::Tlbwe).trap;
  }
  /// A 4 KB page of TLB0, way 0, with every permission, at RA = EA + 0x1000_0000.
  void map_4k(std::uint32_t ea, std::uint32_t tid = 0, std::uint32_t way = 0) {
    map(way << 16, (tid << 16) | 0x100, ea, (ea + 0x10000000) | 0x3F);
  }

  static Access access_of(std::uint32_t ea, AccessKind kind = AccessKind::Load) {
    Access access;
    access.ea = EffectiveAddress(ea);
    access.kind = kind;
    return access;
  }
  Translation load(std::uint32_t ea) { return engine.access(access_of(ea)); }
  Translation store(std::uint32_t ea) { return engine.access(access_of(ea, AccessKind::Store)); }
  Translation fetch(std::uint32_t ea) { return engine.access(access_of(ea, AccessKind::Fetch)); }
  Outcome load_outcome(std::uint32_t ea) { return load(ea).outcome; }
};

inline constexpr std::uint32_t kTlb1 = 0x10000000;  ///< MAS0[TLBSEL] = 1
inline constexpr std::uint32_t kIprot = 0x40000000;

}  // namespace tessera::mmu
