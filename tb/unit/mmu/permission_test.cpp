#include <array>

#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

namespace tessera::mmu {
namespace {

struct RightsRow {
  AccessKind kind;
  bool pr;
  std::uint32_t needed;
};
// e500mc-mmu.md 2.4, as MAS3 bits UX SX UW SW UR SR.
constexpr std::array<RightsRow, 6> kTable{{{AccessKind::Fetch, true, 0x20},
                                           {AccessKind::Fetch, false, 0x10},
                                           {AccessKind::Store, true, 0x08},
                                           {AccessKind::Store, false, 0x04},
                                           {AccessKind::Load, true, 0x02},
                                           {AccessKind::Load, false, 0x01}}};

TEST(Permissions, EachAccessNeedsItsOwnBitAndNoOther) {
  for (const RightsRow& row : kTable) {
    for (const std::uint32_t bits : {row.needed, 0x3FU & ~row.needed}) {
      Harness h;
      h.map(0, 0x100, kEa, bits);
      Access access = Harness::access_of(kEa, row.kind);
      access.pr = row.pr;
      const bool allowed = h.engine.access(access).outcome == Outcome::Translated;
      EXPECT_EQ(allowed, bits == row.needed) << "needed " << row.needed;
    }
  }
}

TEST(Permissions, ADeniedAccessIsAStorageExceptionThatLeavesMasAlone) {
  Harness h;
  h.map(0, 0x100, kEa, 0);
  h.write(Spr::Mas1, 0x12);
  const std::uint32_t mas1 = h.read(Spr::Mas1);
  const Translation store = h.store(kEa + 8);
  EXPECT_EQ(store.outcome, Outcome::DataStorage);
  EXPECT_EQ(store.esr, 0x00800000U);
  EXPECT_EQ(store.fault_ea, EffectiveAddress(kEa + 8));
  EXPECT_EQ(h.load(kEa).esr, 0U);
  const Translation fetch = h.fetch(kEa);
  EXPECT_EQ(fetch.outcome, Outcome::InstructionStorage);
  EXPECT_EQ(fetch.esr, 0U);
  EXPECT_EQ(h.read(Spr::Mas1), mas1);
  EXPECT_EQ(h.read(Spr::Mas6), 0U);
  EXPECT_EQ(h.counters().dsi, 2U);
  EXPECT_EQ(h.counters().isi, 1U);
}

TEST(Permissions, ADeniedAccessCountsAsTheHitItIs) {
  Harness h;
  h.map(0, 0x100, kEa, 0);
  h.load(kEa);
  h.load(kEa);
  EXPECT_EQ(h.counters().l2_hits, 1U);
  EXPECT_EQ(h.counters().l1_hits, 1U);
  EXPECT_EQ(h.counters().dsi, 2U);
  EXPECT_EQ(h.counters().translations(), 2U);
}

TEST(Permissions, AVirtualizationFaultStopsDataButNotFetches) {
  Harness h;
  h.map(0, 0x100, kEa, 0x3F, 0x40000000);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataStorage);
  EXPECT_EQ(h.store(kEa).outcome, Outcome::DataStorage);
  EXPECT_EQ(h.fetch(kEa).outcome, Outcome::Translated);
}

TEST(Permissions, AttributesOfThePageComeWithTheAddress) {
  Harness h;
  h.map(0, 0x100, kEa | 0x1A, 0x3F);
  EXPECT_EQ(h.load(kEa).wimge, 0x1A);
}

}  // namespace
}  // namespace tessera::mmu
