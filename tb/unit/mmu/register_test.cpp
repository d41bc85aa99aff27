#include <array>

#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

// e500mc-mmu.md 3.1, 3.2, 3.3, 3.9.
namespace tessera::mmu {
namespace {

struct Bits {
  Spr spr;
  std::uint32_t writable;
};

void expect_writable(Harness& h, std::initializer_list<Bits> rows) {
  for (const Bits& row : rows) {
    EXPECT_EQ(h.read(row.spr), 0U) << static_cast<int>(row.spr);
    EXPECT_EQ(h.write(row.spr, 0xFFFFFFFF).trap, Trap::None) << static_cast<int>(row.spr);
    EXPECT_EQ(h.read(row.spr), row.writable) << static_cast<int>(row.spr);
  }
}

TEST(Registers, ResetToZeroAndKeepOnlyImplementedBitsOnE500mc) {
  Harness h;
  expect_writable(h, {{Spr::Mas0, 0x103F0003},
                      {Spr::Mas1, 0xC0FF1F00},
                      {Spr::Mas2, 0xFFFFF07F},
                      {Spr::Mas3, 0xFFFFF3FF},
                      {Spr::Mas4, 0x10000F7F},
                      {Spr::Mas5, 0x8000003F},
                      {Spr::Mas6, 0x00FF0001},
                      {Spr::Mas7, 0x0000000F},
                      {Spr::Mas8, 0xC000003F},
                      {Spr::Pid0, 0x000000FF},
                      {Spr::Lpidr, 0x0000003F},
                      {Spr::Eplc, 0xE03F00FF},
                      {Spr::Epsc, 0xE03F00FF},
                      {Spr::Epcr, 0xFCC00000}});
}

TEST(Registers, OfE500v2HaveThreePidsAndNoHypervisor) {
  Harness h("e500v2");
  expect_writable(h, {{Spr::Pid1, 0xFF}, {Spr::Pid2, 0xFF}, {Spr::Mas4, 0x10030F7F}});
  for (const Spr spr : {Spr::Mas5, Spr::Mas8, Spr::Lpidr, Spr::Epcr, Spr::Eplc, Spr::Epsc}) {
    EXPECT_EQ(h.write(spr, 0).trap, Trap::IllegalInstruction);
  }
}

TEST(Registers, QemuKeepsAllBitsOfWhatItHasAndIgnoresTheRest) {
  Harness h("qemu");
  expect_writable(h, {{Spr::Mas0, 0xFFFFFFFF},
                      {Spr::Mas1, 0xFFFFFFFF},
                      {Spr::Pid0, 0xFFFFFFFF},
                      {Spr::Eplc, 0xC00000FF},
                      {Spr::Mas5, 0},
                      {Spr::Mas8, 0},
                      {Spr::Lpidr, 0}});
}

TEST(Registers, ConfigurationReadsTheRealValues) {
  Harness mc;
  EXPECT_EQ(mc.read(Spr::Mmucfg), 0x064809C4U);
  EXPECT_EQ(mc.read(Spr::Tlb0cfg), 0x04110200U);
  EXPECT_EQ(mc.read(Spr::Tlb1cfg), 0x401BC040U);
  Harness v2("e500v2");
  EXPECT_EQ(v2.read(Spr::Tlb0cfg), 0x04110200U);
  EXPECT_EQ(v2.read(Spr::Tlb1cfg), 0x101BC010U);
  Harness qemu("qemu");
  EXPECT_EQ(qemu.read(Spr::Mmucfg), 0U);
  EXPECT_EQ(qemu.read(Spr::Tlb1cfg), 0x401CC040U);
}

TEST(Registers, ConfigurationIsReadOnly) {
  Harness h;
  EXPECT_EQ(h.write(Spr::Tlb0cfg, 0).trap, Trap::IllegalInstruction);
}

Trap trap_of(Harness& h, Opcode opcode, bool pr, bool gs, Spr spr = Spr::Mas0) {
  Instruction instruction;
  instruction.opcode = opcode;
  instruction.spr = spr;
  instruction.pr = pr;
  instruction.gs = gs;
  return h.engine.execute(instruction).trap;
}

constexpr std::array kHypervisorOpcodes{Opcode::Tlbwe, Opcode::Tlbre, Opcode::Tlbsx,
                                        Opcode::Tlbivax, Opcode::Tlbsync};

TEST(Privilege, UserStateMayDoNothing) {
  Harness h;
  for (const Opcode opcode : kHypervisorOpcodes) {
    EXPECT_EQ(trap_of(h, opcode, true, false), Trap::Privileged);
  }
  EXPECT_EQ(trap_of(h, Opcode::Tlbilx, true, true), Trap::Privileged);
  EXPECT_EQ(trap_of(h, Opcode::Mtspr, true, false), Trap::Privileged);
  EXPECT_EQ(trap_of(h, Opcode::Mfspr, true, true, Spr::Mas5), Trap::Privileged);
}

TEST(Privilege, GuestTlbInstructionsGoToTheHypervisor) {
  Harness h;
  for (const Opcode opcode : kHypervisorOpcodes) {
    EXPECT_EQ(trap_of(h, opcode, false, true), Trap::HypervisorPrivilege);
  }
}

TEST(Privilege, DgtmiDecidesAboutAGuestTlbilx) {
  Harness h;
  EXPECT_EQ(trap_of(h, Opcode::Tlbilx, false, true), Trap::None);
  h.write(Spr::Epcr, 0x00800000);
  EXPECT_EQ(trap_of(h, Opcode::Tlbilx, false, true), Trap::HypervisorPrivilege);
  EXPECT_EQ(trap_of(h, Opcode::Tlbilx, false, false), Trap::None);
}

TEST(Privilege, AGuestHasItsMasButNotTheHypervisorsRegisters) {
  Harness h;
  for (const Spr spr : {Spr::Mas0, Spr::Mas4, Spr::Mas6, Spr::Mas7, Spr::Pid0, Spr::Eplc}) {
    EXPECT_EQ(trap_of(h, Opcode::Mtspr, false, true, spr), Trap::None);
  }
  for (const Spr spr : {Spr::Mas5, Spr::Mas8, Spr::Lpidr, Spr::Epcr, Spr::Mmucsr0}) {
    EXPECT_EQ(trap_of(h, Opcode::Mtspr, false, true, spr), Trap::HypervisorPrivilege);
    EXPECT_EQ(trap_of(h, Opcode::Mfspr, false, true, spr), Trap::HypervisorPrivilege);
  }
}

TEST(Privilege, AGuestCannotChangeEgsAndElpid) {
  Harness h;
  h.write(Spr::Eplc, 0x20050001);
  Instruction instruction;
  instruction.opcode = Opcode::Mtspr;
  instruction.spr = Spr::Eplc;
  instruction.operand = 0xC0330007;
  instruction.gs = true;
  h.engine.execute(instruction);
  EXPECT_EQ(h.read(Spr::Eplc), 0xE0050007U);
}

TEST(Privilege, GuestStateMeansNothingToE500v2) {
  Harness h("e500v2");
  for (const Opcode opcode : kHypervisorOpcodes) {
    EXPECT_EQ(trap_of(h, opcode, false, true), Trap::None);
  }
}

TEST(Privilege, E500v2HasNoTlbilx) {
  Harness h("e500v2");
  EXPECT_EQ(h.tlbilx(3).trap, Trap::IllegalInstruction);
}

TEST(Privilege, TlbsxWithAnIndexRegisterIsIllegalButInQemu) {
  Instruction instruction;
  instruction.opcode = Opcode::Tlbsx;
  instruction.ra_nonzero = true;
  EXPECT_EQ(Harness().engine.execute(instruction).trap, Trap::IllegalInstruction);
  EXPECT_EQ(Harness("qemu").engine.execute(instruction).trap, Trap::None);
}

TEST(Privilege, ATrappedInstructionMovesNoCounter) {
  Harness h;
  for (const Opcode opcode : kHypervisorOpcodes) trap_of(h, opcode, true, false);
  const MmuCounters& c = h.counters();
  EXPECT_EQ(c.tlb0_writes + c.tlb1_writes + c.tlbre + c.tlbsx + c.tlbivax + c.tlbsync, 0U);
}

TEST(Counters, CountEachCompletedInstruction) {
  Harness h;
  for (const Opcode opcode : kHypervisorOpcodes) h.run(opcode);
  const MmuCounters& c = h.counters();
  EXPECT_EQ(c.tlb0_writes, 1U);
  EXPECT_EQ(c.tlbre, 1U);
  EXPECT_EQ(c.tlbsx, 1U);
  EXPECT_EQ(c.tlbivax, 1U);
  EXPECT_EQ(c.tlbsync, 1U);
}

}  // namespace
}  // namespace tessera::mmu
