// TLB0_REPL = LRU and BACKINV_MATCH = NONE (docs/pins.md 8, 9).

#include <array>

#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

namespace tessera::mmu {
namespace {

constexpr std::uint32_t kOther = 0x30005000;        // the same set of TLB0, as all pages here
constexpr std::uint32_t kSameTlb0Set = 0x00080000;  // 128 sets of 4 KB

Parameters lru() {
  Parameters parameters;
  parameters.tlb0_repl = Tlb0Replacement::Lru;
  return parameters;
}

/// Page `number` of the set, which is mapped in the way of that number.
std::uint32_t page(std::uint32_t number) { return kEa + number * kSameTlb0Set; }

/// Four mapped pages, of which every way is used in turn: way 0 is the oldest.
struct FullSet : Harness {
  explicit FullSet(const Parameters& parameters = lru(), const Timing& timing = {})
      : Harness(parameters, timing) {
    write(Spr::Mas4, 0x100);
    for (std::uint32_t way = 0; way < 4; ++way) map_4k(page(way), 0, way);
    for (std::uint32_t way = 0; way < 4; ++way) load(page(way));
  }

  /// MAS0[ESEL] after a TLB error in the set.
  std::uint32_t victim() {
    EXPECT_EQ(load_outcome(kOther), Outcome::DataTlbError);
    return hinted_way();
  }
  /// MAS0[ESEL]; MAS0[NV] must be the way after it.
  std::uint32_t hinted_way() {
    const std::uint32_t mas0 = read(Spr::Mas0);
    EXPECT_EQ(mas0 & 0xFFF, ((mas0 >> 16) + 1) % 4);
    return mas0 >> 16;
  }
  /// Drops all of L1, so that the next access of a page is an L2 lookup.
  void empty_l1() { write(Spr::Lpidr, 0); }
};

TEST(Tlb0Lru, OffersInvalidWaysFirstTheLowestOne) {
  FullSet h;
  h.write(Spr::Mas6, 0);
  h.tlbilx(3, page(3));
  EXPECT_EQ(h.victim(), 3U);
  h.tlbilx(3, page(1));
  EXPECT_EQ(h.victim(), 1U);
}

TEST(Tlb0Lru, OffersWayZeroFirstAfterReset) {
  Harness h(lru());
  h.write(Spr::Mas4, 0x100);
  h.load(kEa);
  EXPECT_EQ(h.read(Spr::Mas0), 0x00000001U);
}

TEST(Tlb0Lru, OffersTheWayWhoseLastL2HitIsLongestAgo) {
  FullSet h;
  EXPECT_EQ(h.victim(), 0U);
  h.empty_l1();
  h.load(page(0));
  h.load(page(2));
  EXPECT_EQ(h.victim(), 1U);
}

TEST(Tlb0Lru, IsOfEachSetApart) {
  FullSet h;
  h.load(page(0) + 0x1000);
  EXPECT_EQ(h.hinted_way(), 0U);
  EXPECT_EQ(h.victim(), 0U);
}

TEST(Tlb0Lru, IsNotMovedByL1Hits) {
  FullSet h;
  h.load(page(0));
  h.load(page(0));
  EXPECT_EQ(h.counters().l1_hits, 2U);
  EXPECT_EQ(h.victim(), 0U);
}

TEST(Tlb0Lru, IsMovedByForbiddenAccessesAndByFetches) {
  FullSet h;
  h.map(0, 0x100, page(0), 0x01);
  EXPECT_EQ(h.store(page(0)).outcome, Outcome::DataStorage);
  EXPECT_EQ(h.victim(), 1U);
  h.fetch(page(1));
  EXPECT_EQ(h.victim(), 2U);
}

TEST(Tlb0Lru, IsNotMovedByInstructionsThatWriteReadSearchOrInvalidate) {
  FullSet h;
  h.write(Spr::Mas6, 0);
  h.map_4k(page(0), 0, 0);
  h.run(Opcode::Tlbre);
  h.run(Opcode::Tlbsx, page(0));
  h.tlbilx(3, page(0));
  h.map_4k(page(0), 0, 0);
  EXPECT_EQ(h.victim(), 0U) << "written last, but not used since";
}

TEST(Tlb0Lru, IsNotMovedByHitsInTlb1) {
  FullSet h;
  h.map(kTlb1 | 0x10000, 0x100, kEa + 4 * kSameTlb0Set, 0x3F);
  h.load(kEa + 4 * kSameTlb0Set);
  EXPECT_EQ(h.victim(), 0U);
}

TEST(Tlb0Lru, IsMovedByTheFirstOfSeveralMatchesAndByNoMachineCheck) {
  for (const MultiHit rule : {MultiHit::First, MultiHit::MachineCheck}) {
    Parameters parameters = lru();
    parameters.multi_hit = rule;
    FullSet h(parameters);
    h.map_4k(page(0), 0, 1);  // ways 0 and 1 hold one page
    h.empty_l1();
    h.load(page(0));
    EXPECT_EQ(h.victim(), rule == MultiHit::First ? 1U : 0U);
  }
}

TEST(Tlb0Lru, IsAlsoTheHintOfATlbsxThatMisses) {
  FullSet h;
  h.write(Spr::Mas6, 0);
  h.run(Opcode::Tlbsx, kOther);
  EXPECT_EQ(h.hinted_way(), 0U);
}

TEST(Tlb0Lru, LeavesMas0AloneWhereTheDefaultIsTlb1) {
  FullSet h;
  h.write(Spr::Mas4, kTlb1 | 0x100);
  h.write(Spr::Mas0, 0x00030002);
  h.load(kOther);
  EXPECT_EQ(h.read(Spr::Mas0), kTlb1 | 0x00030002U);
}

TEST(Tlb0Lru, LeavesTlb0NvToItself) {
  FullSet h;
  h.write(Spr::Mas0, 2);
  h.run(Opcode::Tlbwe);  // TLB0[NV] = 2
  EXPECT_EQ(h.victim(), 0U);
  h.run(Opcode::Tlbre);
  EXPECT_EQ(h.read(Spr::Mas0) & 0xFFF, 2U);
}

TEST(Tlb0Lru, CountsModuloAnyNumberOfWays) {
  Parameters parameters = lru();
  parameters.tlb0_ways = 3;
  Harness h(parameters);
  h.write(Spr::Mas4, 0x100);
  for (const std::uint32_t way : {0U, 1U, 2U, 0U, 1U}) {
    h.load(kEa + static_cast<std::uint32_t>(h.counters().tlb0_writes) * kSameTlb0Set);
    EXPECT_EQ(h.read(Spr::Mas0), (way << 16) | ((way + 1) % 3));
    h.run(Opcode::Tlbwe);
    h.load(kEa + static_cast<std::uint32_t>(h.counters().tlb0_writes - 1) * kSameTlb0Set);
  }
}

struct PairCase {
  std::uint64_t accept;
  std::uint64_t penalty;
  std::uint32_t victim;
};

// The fetch searches `accept` cycles after data, whose TLB error is committed `penalty` - 1 cycles
// after its own search: the use counts where it is loaded at an earlier edge.
TEST(Tlb0Lru, OfATlbErrorBesideAFetchSeesTheUseOfTheFetchIfThatComesBefore) {
  for (const PairCase& c : std::to_array<PairCase>({{2, 6, 1}, {4, 6, 1}, {5, 6, 0}, {9, 6, 0}})) {
    Timing timing;
    timing.l2tlb_accept = Cycles(c.accept);
    timing.l2tlb_hit_penalty = Cycles(c.penalty);
    FullSet h(lru(), timing);
    h.engine.access_pair(Harness::access_of(page(0), AccessKind::Fetch),
                         Harness::access_of(kOther));
    EXPECT_EQ(h.hinted_way(), c.victim) << "accept " << c.accept;
  }
}

TEST(BackInvalidation, OfNothingLeavesTheVictimInL1) {
  for (const BackinvMatch match : {BackinvMatch::None, BackinvMatch::EpnTs}) {
    Parameters parameters;
    parameters.backinv_match = match;
    Harness h(parameters);
    h.map_4k(kEa);
    h.load(kEa);
    h.map_4k(kOther);
    const bool stays = match == BackinvMatch::None;
    EXPECT_EQ(h.load_outcome(kEa), stays ? Outcome::Translated : Outcome::DataTlbError);
    EXPECT_EQ(h.counters().l1_hits, stays ? 1U : 0U);
    h.write(Spr::Mas6, 0);
    h.tlbilx(3, kEa);
    EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError) << "invalidations still reach L1";
  }
}

}  // namespace
}  // namespace tessera::mmu
