#include <array>

#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

// One test a cell of e500mc-mmu.md 3.4, and 1.5 for the round-robin hint.
namespace tessera::mmu {
namespace {

TEST(TlbError, LoadsMasFromTheAccessAndMas4) {
  Harness h;
  h.write(Spr::Mas4, 0x0000035A);
  h.write(Spr::Pid0, 0x42);
  h.write(Spr::Mas1, 0x40000000);
  h.write(Spr::Mas3, 0xFFFFFFFF);
  h.write(Spr::Mas7, 0xF);
  h.write(Spr::Mas8, 0x4000003F);
  Access access = Harness::access_of(kEa + 0x123);
  access.as = true;
  const Translation response = h.engine.access(access);
  EXPECT_EQ(response.outcome, Outcome::DataTlbError);
  EXPECT_EQ(response.esr, 0U);
  EXPECT_EQ(response.fault_ea, EffectiveAddress(kEa + 0x123));
  EXPECT_EQ(h.read(Spr::Mas0), 0x00000001U);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80421300U);
  EXPECT_EQ(h.read(Spr::Mas2), kEa | 0x5A);
  EXPECT_EQ(h.read(Spr::Mas3), 0x000003C0U) << "U0:U3 stay";
  EXPECT_EQ(h.read(Spr::Mas6), 0x00420001U);
  EXPECT_EQ(h.read(Spr::Mas7), 0U);
  EXPECT_EQ(h.read(Spr::Mas8), 0x4000003FU) << "unchanged";
}

TEST(TlbError, OfAStoreSetsEsrStAndOfAFetchNothing) {
  Harness h;
  EXPECT_EQ(h.store(kEa).esr, 0x00800000U);
  const Translation fetch = h.fetch(kEa);
  EXPECT_EQ(fetch.outcome, Outcome::InstructionTlbError);
  EXPECT_EQ(fetch.esr, 0U);
  EXPECT_EQ(h.counters().dtlb_errors, 1U);
  EXPECT_EQ(h.counters().itlb_errors, 1U);
}

TEST(TlbError, OfAnExternalPidAccessReportsThatPid) {
  Harness h;
  h.write(Spr::Pid0, 1);
  h.write(Spr::Eplc, 0x40000009);
  Access access = Harness::access_of(kEa);
  access.external_pid = true;
  EXPECT_EQ(h.engine.access(access).esr, 0x40U);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80091000U);
  EXPECT_EQ(h.read(Spr::Mas6), 0x00090001U);
}

TEST(TlbError, TakesTheTidThatTidseldNamesOnE500v2) {
  Harness h("e500v2");
  h.write(Spr::Pid0, 1);
  h.write(Spr::Pid1, 2);
  h.write(Spr::Pid2, 3);
  constexpr std::array<std::uint32_t, 4> kExpected{1, 2, 3, 0};
  for (std::uint32_t tidseld = 0; tidseld < 4; ++tidseld) {
    h.write(Spr::Mas4, tidseld << 16);
    h.load(kEa);
    EXPECT_EQ(h.read(Spr::Mas1), 0x80000000 | (kExpected[tidseld] << 16));
    EXPECT_EQ(h.read(Spr::Mas6), 1U << 16);
  }
}

TEST(TlbError, LeavesMasAloneInHypervisorStateWithDmiuh) {
  Harness h;
  h.write(Spr::Epcr, 0x40400000);  // DTLBGS, DMIUH
  h.load(kEa);
  EXPECT_EQ(h.read(Spr::Mas1), 0U);
  Access access = Harness::access_of(kEa);
  access.gs = true;
  h.engine.access(access);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80000000U);
}

TEST(TlbError, ForTlb1LeavesEselAndNv) {
  Harness h;
  h.write(Spr::Mas0, 0x00330002);
  h.write(Spr::Mas4, 0x10000100);
  h.load(kEa);
  EXPECT_EQ(h.read(Spr::Mas0), 0x10330002U);
}

TEST(NextVictim, TwoMissesWithoutATlbweProposeTheSameWay) {
  Harness h;
  h.load(kEa);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00000001U);
  h.load(kEa + 0x1000);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00000001U);
}

TEST(NextVictim, BareRefillsGoRoundTheWays) {
  Harness h;
  h.write(Spr::Mas4, 0x100);
  for (std::uint32_t i = 0; i < 6; ++i) {
    h.load(kEa + (i << 12));
    EXPECT_EQ(h.read(Spr::Mas0), ((i % 4) << 16) | ((i + 1) % 4));
    h.run(Opcode::Tlbwe);
  }
}

TEST(NextVictim, IsLoadedByTlbweToTlb0AndNotToTlb1) {
  Harness h;
  h.map(0x00000003, 0x100, kEa, 0x3F);
  h.map(kTlb1 | 0x10001, 0x100, kEa + 0x1000, 0x3F);
  h.load(0x30000000);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00030000U);
}

TEST(NextVictim, CountsEachSetApartWithPerSet) {
  Parameters parameters;
  parameters.nv_scope = NvScope::PerSet;
  Harness h(parameters);
  h.map(0x00000002, 0x100, kEa, 0x3F);
  h.load(kEa + 0x80000);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00020003U);
  h.load(kEa + 0x1000);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00000001U);
}

TEST(NextVictim, AdvancesOnEveryMissInQemuAndIgnoresTlbwe) {
  Harness h("qemu");
  for (std::uint32_t i = 0; i < 5; ++i) {
    h.load(kEa);
    EXPECT_EQ(h.read(Spr::Mas0), ((i % 4) << 16) | ((i + 1) % 4));
  }
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00010002U);
  h.write(Spr::Mas0, 3);
  h.run(Opcode::Tlbwe);
  h.load(kEa + 0x1000);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00020003U);
}

TEST(NextVictim, CountsModuloAnyNumberOfWays) {
  Parameters parameters;
  parameters.tlb0_ways = 3;
  Harness h(parameters);
  h.map(0x00000002, 0x100, kEa, 0x3F);
  h.load(0x30000000);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00020000U);
}

TEST(Tlbsx, HitReturnsTheWholeEntryAndItsPlace) {
  Harness h;
  h.map(0x00020003, 0x00071100, kEa | 0x4A, 0x123453FF, 0xC0000005);
  h.write(Spr::Mas0, 0);
  h.write(Spr::Mas5, 0x80000005);
  h.write(Spr::Mas6, 0x00070001);
  h.write(Spr::Mas8, 0);
  EXPECT_EQ(h.run(Opcode::Tlbsx, kEa + 0x777).trap, Trap::None);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00020003U);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80071100U);
  EXPECT_EQ(h.read(Spr::Mas2), kEa | 0x4A);
  EXPECT_EQ(h.read(Spr::Mas3), 0x123453FFU);
  EXPECT_EQ(h.read(Spr::Mas8), 0xC0000005U);
}

TEST(Tlbsx, HitInTlb1NamesItsIndexAndLeavesNv) {
  Harness h;
  h.map(kTlb1 | 0x00150000, 0x300, 0x20000000, 0x3F);
  h.write(Spr::Mas0, 2);
  h.run(Opcode::Tlbsx, 0x20001234);
  EXPECT_EQ(h.read(Spr::Mas0), 0x10150002U);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80000300U);
}

TEST(Tlbsx, MissPreparesANewEntryButKeepsEpn) {
  Harness h;
  h.write(Spr::Mas2, 0x7654F000);
  h.write(Spr::Mas3, 0xFFFFFFFF);
  h.write(Spr::Mas4, 0x21F);
  h.write(Spr::Mas6, 0x00110001);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00000001U);
  EXPECT_EQ(h.read(Spr::Mas1), 0x00111200U);
  EXPECT_EQ(h.read(Spr::Mas2), 0x7654F01FU);
  EXPECT_EQ(h.read(Spr::Mas3), 0x000003C0U);
  EXPECT_EQ(h.read(Spr::Mas6), 0x00110001U);
}

TEST(Tlbsx, MissZeroesEpnAndUserBitsInQemu) {
  Harness h("qemu");
  h.write(Spr::Mas2, 0x7654F000);
  h.write(Spr::Mas3, 0xFFFFFFFF);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas2), 0U);
  EXPECT_EQ(h.read(Spr::Mas3), 0U);
}

TEST(Tlbsx, DoesNotFillOrUseL1) {
  Harness h;
  h.map_4k(kEa);
  h.run(Opcode::Tlbsx, kEa);
  h.load(kEa);
  EXPECT_EQ(h.counters().l1_hits, 0U);
}

TEST(Tlbre, ReturnsAnEntryValidOrNot) {
  Harness h;
  h.map(0x00010002, 0x00071100, kEa | 0x4A, 0x123453FF, 0x40000005);
  h.run(Opcode::Tlbivax, kEa);
  h.write(Spr::Mas0, 0x00010000);
  h.write(Spr::Mas2, kEa);
  h.run(Opcode::Tlbre);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00010002U) << "NV comes from TLB0";
  EXPECT_EQ(h.read(Spr::Mas1), 0x00071100U);
  EXPECT_EQ(h.read(Spr::Mas2), kEa | 0x4A);
  EXPECT_EQ(h.read(Spr::Mas3), 0x123453FFU);
  EXPECT_EQ(h.read(Spr::Mas8), 0x40000005U);
}

TEST(Tlbre, Entry64OfTlb1IsEntry0) {
  Parameters parameters;
  parameters.tlb0_ways = 64;  // makes ESEL no wider
  parameters.tlb1_entries = 48;
  Harness h(parameters);
  h.write(Spr::Mas0, kTlb1 | 0x00300000);
  h.run(Opcode::Tlbre);
  EXPECT_EQ(h.read(Spr::Mas2), 0xFFFFF008U) << "the boot entry, number 0 = 48 modulo 48";
}

}  // namespace
}  // namespace tessera::mmu
