#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

// e500mc-mmu.md 3.7, 3.8, 3.3 (MMUCSR0).
namespace tessera::mmu {
namespace {

std::size_t valid(const Harness& h) { return h.engine.valid_entries().size() - 1; }  // boot entry

TEST(Tlbivax, ComparesTheEpnAndNothingElse) {
  Harness h;
  h.map(0x00000000, 0x00010100, kEa, 0x3F, 0x80000003);
  h.map(0x00010000, 0x00021100, kEa, 0x3F);
  h.map(0x00020000, 0x00020100, kEa + 0x80000, 0x3F);
  h.map(kTlb1 | 0x10000, 0x100, kEa, 0x3F);
  h.run(Opcode::Tlbivax, kEa);
  EXPECT_EQ(valid(h), 2U) << "the other page of the set, and TLB1";
}

TEST(Tlbivax, InTlb1ComparesUnderThePageSizeAndSparesIprot) {
  Harness h;
  h.map(kTlb1 | 0x10000, 0x00050500, 0x20000000, 0x3F);
  h.map(kTlb1 | 0x20000, kIprot | 0x500, 0x20000000, 0x3F);
  h.map(0, 0x100, kEa, 0x3F);
  h.run(Opcode::Tlbivax, 0x200FF008);
  EXPECT_EQ(valid(h), 2U);
}

TEST(Tlbivax, InvAllEmptiesOneArrayButForIprot) {
  Harness h;
  h.map_4k(kEa);
  h.map(kTlb1 | 0x10000, 0x100, kEa + 0x1000, 0x3F);
  h.map(kTlb1 | 0x20000, kIprot | 0x100, kEa + 0x2000, 0x3F);
  h.run(Opcode::Tlbivax, 0x0000000C);
  EXPECT_EQ(valid(h), 2U);
  h.run(Opcode::Tlbivax, 0x00000004);
  EXPECT_EQ(valid(h), 1U);
}

TEST(Tlbivax, MayCompareTheLpid) {
  Parameters parameters;
  parameters.tlbivax_lpid = TlbivaxLpid::Match;
  Harness h(parameters);
  h.map(0x00000000, 0x100, kEa, 0x3F, 3);
  h.map(0x00010000, 0x100, kEa, 0x3F, 0);
  h.write(Spr::Mas5, 3);
  h.run(Opcode::Tlbivax, kEa);
  ASSERT_EQ(valid(h), 1U);
  EXPECT_EQ(h.engine.valid_entries()[0].tlpid(), Lpid(0)) << "exact: 0 is no wildcard here";
}

struct TlbilxFixture : testing::Test {
  Harness h;
  TlbilxFixture() {
    h.map(0x00000000, 0x00070100, kEa, 0x3F, 3);           // TID 7, TLPID 3
    h.map(0x00010000, 0x00001100, kEa, 0x3F, 3);           // TID 0, TS 1, TLPID 3
    h.map(0x00020000, 0x00070100, kEa, 0x3F, 0);           // TID 7, TLPID 0
    h.map(0x00030000, 0x00070100, kEa, 0x3F, 0x80000003);  // TID 7, TLPID 3, guest
    h.map(kTlb1 | 0x10000, 0x00070500, 0x20000000, 0x3F, 3);
    h.map(kTlb1 | 0x20000, kIprot | 0x00070500, 0x20000000, 0x3F, 3);
    h.map(0x00000000, 0x00070100, kEa + 0x1000, 0x3F, 3);
  }
};

TEST_F(TlbilxFixture, T0DropsAPartition) {
  h.write(Spr::Mas5, 3);
  h.tlbilx(0);
  EXPECT_EQ(valid(h), 2U) << "TLPID 0, and IPROT";
  EXPECT_EQ(h.counters().tlbilx_lpid, 1U);
}

TEST_F(TlbilxFixture, T1DropsAProcessWithAnExactTid) {
  h.write(Spr::Mas5, 3);
  h.write(Spr::Mas6, 7 << 16);
  h.tlbilx(1);
  EXPECT_EQ(valid(h), 3U) << "TID 0, TLPID 0, and IPROT";
  h.write(Spr::Mas6, 0);
  h.tlbilx(1);
  EXPECT_EQ(valid(h), 2U) << "SPID 0 hits the global one";
  EXPECT_EQ(h.counters().tlbilx_pid, 2U);
}

TEST_F(TlbilxFixture, T3DropsAPageWithExactTidLpidAndGs) {
  h.write(Spr::Mas5, 3);
  h.write(Spr::Mas6, 7 << 16);
  h.tlbilx(3, kEa + 0x10);
  EXPECT_EQ(valid(h), 5U) << "way 0 and the unprotected TLB1 entry are gone";
  h.write(Spr::Mas5, 0x80000003);
  h.tlbilx(3, kEa);
  EXPECT_EQ(valid(h), 4U) << "the guest's";
  EXPECT_EQ(h.counters().tlbilx_va, 2U);
}

TEST_F(TlbilxFixture, T3DoesNotCompareTs) {
  h.write(Spr::Mas5, 3);
  h.write(Spr::Mas6, 0);  // SAS 0, while the entry with TID 0 has TS 1
  h.tlbilx(3, kEa);
  EXPECT_EQ(valid(h), 6U);
}

TEST_F(TlbilxFixture, OtherTypesAreIllegal) {
  for (const int t : {2, 4, 7}) {
    EXPECT_EQ(h.tlbilx(static_cast<std::uint8_t>(t)).trap, Trap::IllegalInstruction);
  }
  EXPECT_EQ(valid(h), 7U);
}

TEST(Tlbilx, TakesGlobalEntriesForAnyPidInQemuWithT3Only) {
  Harness h("qemu");
  h.map_4k(kEa);
  h.write(Spr::Mas6, 5 << 16);
  h.tlbilx(1);
  EXPECT_EQ(h.engine.valid_entries().size(), 1U);
  h.tlbilx(3, kEa);
  EXPECT_TRUE(h.engine.valid_entries().empty());
}

TEST(Mmucsr0, FlashesTheArraysNamedAndReadsZero) {
  Harness h;
  h.map_4k(kEa);
  h.map(kTlb1 | 0x10000, 0x100, kEa + 0x1000, 0x3F);
  h.map(kTlb1 | 0x20000, kIprot | 0x100, kEa + 0x2000, 0x3F);
  h.write(Spr::Mmucsr0, 2);
  EXPECT_EQ(valid(h), 2U);
  h.write(Spr::Mmucsr0, 4);
  EXPECT_EQ(valid(h), 1U);
  EXPECT_EQ(h.read(Spr::Mmucsr0), 0U);
  h.write(Spr::Mmucsr0, 0);
  EXPECT_EQ(h.counters().flash_invalidates, 2U);
}

TEST(Invalidation, DropsL1CopiesOfProtectedEntriesToo) {
  Harness h;
  h.map(kTlb1 | 0x20000, kIprot | 0x100, kEa, 0x3F);
  h.load(kEa);
  h.tlbilx(3, kEa);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  EXPECT_EQ(h.counters().l2_hits, 2U);
  EXPECT_EQ(h.counters().l1_hits, 0U);
}

}  // namespace
}  // namespace tessera::mmu
