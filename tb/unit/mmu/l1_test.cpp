#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

// e500mc-mmu.md 1.1, 1.4.
namespace tessera::mmu {
namespace {

constexpr std::uint32_t kSameL1Set = 0x10000;  // 16 sets of 4 KB

bool hits_l1(Harness& h, std::uint32_t ea) {
  const std::uint64_t before = h.counters().l1_hits;
  EXPECT_EQ(h.load_outcome(ea), Outcome::Translated);
  return h.counters().l1_hits != before;
}

/// `count` pages that share an L1 set, each in its own TLB0 set.
void map_one_l1_set(Harness& h, unsigned count) {
  for (unsigned i = 0; i < count; ++i) h.map_4k(kEa + i * kSameL1Set);
}

TEST(L1, IsFilledByTheFirstAccessAndHitByTheSecond) {
  Harness h;
  h.map_4k(kEa);
  EXPECT_FALSE(hits_l1(h, kEa));
  EXPECT_TRUE(hits_l1(h, kEa));
}

TEST(L1, EachPortHasItsOwn) {
  Harness h;
  h.map_4k(kEa);
  h.load(kEa);
  h.fetch(kEa);
  EXPECT_EQ(h.counters().l2_hits, 2U);
  h.store(kEa);
  EXPECT_EQ(h.counters().l1_hits, 1U);
}

TEST(L1, ReplacesTheLeastRecentlyUsedWayOfASet) {
  Harness h;
  map_one_l1_set(h, 5);
  for (unsigned i = 0; i < 4; ++i) h.load(kEa + i * kSameL1Set);
  EXPECT_TRUE(hits_l1(h, kEa));                    // page 1 is now the oldest
  EXPECT_FALSE(hits_l1(h, kEa + 4 * kSameL1Set));  // takes its way
  EXPECT_TRUE(hits_l1(h, kEa));
  EXPECT_TRUE(hits_l1(h, kEa + 2 * kSameL1Set));
  EXPECT_FALSE(hits_l1(h, kEa + 1 * kSameL1Set));
}

TEST(L1, AHitThatFaultsIsAUse) {
  Harness h;
  h.map(0, 0x100, kEa, 0x01);  // no store
  for (unsigned i = 1; i < 5; ++i) h.map_4k(kEa + i * kSameL1Set);
  for (unsigned i = 0; i < 4; ++i) h.load(kEa + i * kSameL1Set);
  EXPECT_EQ(h.store(kEa).outcome, Outcome::DataStorage);
  h.load(kEa + 4 * kSameL1Set);
  EXPECT_TRUE(hits_l1(h, kEa));
  EXPECT_FALSE(hits_l1(h, kEa + kSameL1Set));
}

TEST(L1, PrefersAnInvalidWayToTheOldest) {
  Harness h;
  map_one_l1_set(h, 5);
  for (unsigned i = 0; i < 4; ++i) h.load(kEa + i * kSameL1Set);
  h.tlbilx(3, kEa + 2 * kSameL1Set);
  h.load(kEa + 4 * kSameL1Set);
  EXPECT_TRUE(hits_l1(h, kEa));
  EXPECT_TRUE(hits_l1(h, kEa + 4 * kSameL1Set));
}

TEST(L1, TakesAFourKilobytePageOfTlb1IntoTheVsp) {
  Harness h;
  h.map(kTlb1 | 0x10000, 0x100, kEa, 0x3F);
  h.load(kEa);
  unsigned in_vsp = 0;
  for (const MatchWord& word : h.engine.mmu().l1_data().vsp().words()) in_vsp += word.valid();
  EXPECT_EQ(in_vsp, 1U);
}

TEST(L1, VspHoldsEightPagesAndReplacesTheOldest) {
  Harness h;
  for (std::uint32_t i = 0; i < 9; ++i) {
    h.map(kTlb1 | ((i + 1) << 16), 0x500, i << 20, 0x3F);
    h.load(i << 20);
  }
  EXPECT_TRUE(hits_l1(h, 1U << 20));
  EXPECT_TRUE(hits_l1(h, 8U << 20));
  EXPECT_FALSE(hits_l1(h, 0));
}

TEST(L1, ATlbweDropsTheCopyOfWhatItOverwrites) {
  Harness h;
  h.map_4k(kEa);
  h.load(kEa);
  h.map_4k(kEa + 0x80000);  // same set and way of TLB0
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
}

TEST(BackInvalidation, ByEpnAndTsAlsoDropsAnInnocentEntry) {
  for (const BackinvMatch match : {BackinvMatch::EpnTs, BackinvMatch::Full}) {
    Parameters parameters;
    parameters.backinv_match = match;
    parameters.l1_flush_on_pid = L1FlushOnPid::None;
    Harness h(parameters);
    h.map_4k(kEa, 1, 0);
    h.map_4k(kEa, 2, 1);
    h.write(Spr::Pid0, 1);
    h.load(kEa);
    h.write(Spr::Pid0, 2);
    h.load(kEa);
    h.map_4k(kEa + 0x80000, 2, 1);  // overwrites the entry of TID 2
    h.write(Spr::Pid0, 1);
    EXPECT_EQ(hits_l1(h, kEa), match == BackinvMatch::Full);
  }
}

TEST(BackInvalidation, ReachesAsFarAsTheVictimsPage) {
  Harness h;
  h.map(kTlb1 | 0x10000, 0x00010300, 0x20000000, 0x3F);  // 64 KB of TID 1
  h.map_4k(0x2000F000);                                  // inside of it
  h.load(0x2000F000);
  h.map(kTlb1 | 0x10000, 0x100, 0x40000000, 0x3F);
  EXPECT_FALSE(hits_l1(h, 0x2000F000)) << "innocent, but dropped";
}

TEST(L1, APidWriteDropsAllButGlobalEntries) {
  Harness h;
  h.map_4k(kEa, 0);
  h.map_4k(kEa + 0x1000, 7);
  h.write(Spr::Pid0, 7);
  h.load(kEa);
  h.load(kEa + 0x1000);
  h.write(Spr::Pid0, 7);
  EXPECT_TRUE(hits_l1(h, kEa));
  EXPECT_FALSE(hits_l1(h, kEa + 0x1000));
}

TEST(L1, APidWriteMayDropEverythingOrNothing) {
  for (const L1FlushOnPid policy : {L1FlushOnPid::All, L1FlushOnPid::None}) {
    Parameters parameters;
    parameters.l1_flush_on_pid = policy;
    Harness h(parameters);
    h.map_4k(kEa);
    h.load(kEa);
    h.write(Spr::Pid0, 1);
    EXPECT_EQ(hits_l1(h, kEa), policy == L1FlushOnPid::None);
  }
}

TEST(L1, AnLpidrWriteDropsEverythingUnlessToldNot) {
  for (const L1FlushOnLpid policy : {L1FlushOnLpid::All, L1FlushOnLpid::None}) {
    Parameters parameters;
    parameters.l1_flush_on_lpid = policy;
    Harness h(parameters);
    h.map_4k(kEa);
    h.load(kEa);
    h.write(Spr::Lpidr, 1);
    EXPECT_EQ(hits_l1(h, kEa), policy == L1FlushOnLpid::None);
  }
}

TEST(L1, WithoutItEveryAccessGoesToL2) {
  Parameters parameters;
  parameters.l1_4k_ways = 0;
  parameters.l1_vsp_entries = 0;
  Harness h(parameters);
  h.map_4k(kEa);
  EXPECT_FALSE(hits_l1(h, kEa));
  EXPECT_FALSE(hits_l1(h, kEa));
  EXPECT_EQ(h.fetch(0xFFFFF000).outcome, Outcome::Translated);
}

TEST(L1, AFlashDropsTheCopiesOfThatArray) {
  Harness h;
  h.map_4k(kEa);
  h.map(kTlb1 | 0x10000, kIprot | 0x100, kEa + 0x1000, 0x3F);
  h.load(kEa);
  h.load(kEa + 0x1000);
  h.write(Spr::Mmucsr0, 2);
  EXPECT_TRUE(hits_l1(h, kEa));
  EXPECT_FALSE(hits_l1(h, kEa + 0x1000)) << "protected in L2, but its copy went";
}

}  // namespace
}  // namespace tessera::mmu
