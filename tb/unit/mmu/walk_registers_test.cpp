#include <array>

#include <gtest/gtest.h>

#include "tb/unit/mmu/walk_harness.hpp"

// docs/walkers.md W1.
namespace tessera::mmu {
namespace {

constexpr std::array kTablewalkSprs{Spr::Walkctl, Spr::Walkpgd, Spr::Walkkpgd, Spr::Walkbase};
constexpr std::array kE6500Sprs{Spr::Tlb0ps, Spr::Tlb1ps, Spr::Eptcfg};

std::uint32_t kept(Harness& h, Spr spr) {
  EXPECT_EQ(h.read(spr), 0U);
  EXPECT_EQ(h.write(spr, 0xFFFFFFFF).trap, Trap::None);
  return h.read(spr);
}

Trap access_spr(Harness& h, Opcode opcode, Spr spr, bool guest) {
  Instruction instruction;
  instruction.opcode = opcode;
  instruction.spr = spr;
  instruction.gs = guest;
  return h.engine.execute(instruction).trap;
}

TEST(WalkRegisters, OfE6500HaveIndAndItsKin) {
  E6500 h;
  EXPECT_EQ(kept(h, Spr::Mas1), 0xC0FF3F80U);
  EXPECT_EQ(kept(h, Spr::Mas4), 0x10008FFFU);
  EXPECT_EQ(kept(h, Spr::Mas6), 0x00FF0003U);
  EXPECT_EQ(h.read(Spr::Mmucfg), 0x064809C5U);
  EXPECT_EQ(h.read(Spr::Tlb0cfg), 0x04040200U);
  EXPECT_EQ(h.read(Spr::Tlb1cfg), 0x40028040U);
  EXPECT_EQ(h.read(Spr::Tlb0ps), 0x4U);
  EXPECT_EQ(h.read(Spr::Tlb1ps), 0x00555554U);
  EXPECT_EQ(h.read(Spr::Eptcfg), 0x162U);
  for (const Spr spr : kE6500Sprs) EXPECT_EQ(h.write(spr, 0).trap, Trap::IllegalInstruction);
  for (const Spr spr : kTablewalkSprs) {
    EXPECT_EQ(access_spr(h, Opcode::Mfspr, spr, false), Trap::IllegalInstruction);
  }
}

TEST(WalkRegisters, OfTablewalkKeepWhatTheyNeed) {
  FewWords memory;
  Harness h(with_walker(HardwareWalker::Tablewalk), {}, &memory);
  EXPECT_EQ(kept(h, Spr::Walkctl), 0x3U);
  EXPECT_EQ(kept(h, Spr::Walkpgd), 0x00FFFFFFU);
  EXPECT_EQ(kept(h, Spr::Walkkpgd), 0x00FFFFFFU);
  EXPECT_EQ(kept(h, Spr::Walkbase), 0xFFFFF000U);
  EXPECT_EQ(kept(h, Spr::Mas1), 0xC0FF1F00U);
  EXPECT_EQ(h.read(Spr::Tlb1cfg), 0x401BC040U);
  EXPECT_EQ(h.now(), 16U) << "an mtspr or mfspr takes one cycle";
}

TEST(WalkRegisters, HoldTheirMasksWhateverReservedBitsSays) {
  Parameters parameters = find_core("qemu")->parameters;
  parameters.ra_bits = 32;
  FewWords memory;
  Harness tables(with_walker(HardwareWalker::Tablewalk, parameters), {}, &memory);
  EXPECT_EQ(kept(tables, Spr::Walkctl), 0x3U);
  EXPECT_EQ(kept(tables, Spr::Walkpgd), 0x000FFFFFU);
  Harness e6500(with_walker(HardwareWalker::E6500, parameters), {}, &memory);
  EXPECT_EQ(e6500.read(Spr::Mmucfg), 0U);
  EXPECT_EQ(e6500.read(Spr::Tlb1ps), 0x01555554U);
}

TEST(WalkRegisters, BelongToTheHypervisorWhereTheyExist) {
  E6500 e6500;
  Tablewalk tables(false);
  Harness off;
  for (const Opcode opcode : {Opcode::Mtspr, Opcode::Mfspr}) {
    for (const Spr spr : kE6500Sprs) {
      EXPECT_EQ(access_spr(e6500, opcode, spr, true), Trap::HypervisorPrivilege);
      EXPECT_EQ(access_spr(tables, opcode, spr, true), Trap::IllegalInstruction);
      EXPECT_EQ(access_spr(off, opcode, spr, true), Trap::IllegalInstruction);
    }
    for (const Spr spr : kTablewalkSprs) {
      EXPECT_EQ(access_spr(tables, opcode, spr, true), Trap::HypervisorPrivilege);
      EXPECT_EQ(access_spr(e6500, opcode, spr, true), Trap::IllegalInstruction);
      EXPECT_EQ(access_spr(off, opcode, spr, true), Trap::IllegalInstruction);
    }
  }
}

TEST(WalkRegisters, AWalkerNeedsAMemory) {
  for (const HardwareWalker walker : {HardwareWalker::Tablewalk, HardwareWalker::E6500}) {
    EXPECT_THROW(TransactionEngine(with_walker(walker), {}), std::invalid_argument);
  }
  const Core& core = *find_core("e6500-walker");
  EXPECT_EQ(core.parameters, with_walker(HardwareWalker::E6500));
  EXPECT_FALSE(core.parameters == Parameters{});
}

}  // namespace
}  // namespace tessera::mmu
