#include <gtest/gtest.h>

#include "tb/unit/mmu/walk_harness.hpp"

// Two accesses and one walker (docs/walkers.md W4, W5, W8), worked by hand.
namespace tessera::mmu {
namespace {

constexpr std::uint32_t kCodeEa = kEa + 0x1000;

struct Times {
  std::uint64_t data;
  std::uint64_t fetch;
};

/// Cycles from acceptance to the responses.
Times pair(Harness& h, std::uint32_t fetch, std::uint32_t data) {
  const std::uint64_t n = h.now();
  const auto [first, second] =
      h.engine.access_pair(Harness::access_of(fetch, AccessKind::Fetch), Harness::access_of(data));
  return {second.done.value() - n, first.done.value() - n};
}

// D: slot 1, WALK 7, REQ 8, response 11, END and slot 12, slot 14, response 20. I: slot 3, WALK
// from 9 on, overtaken at 12, slot 16, and hits.
TEST(WalkPair, OfOnePageIsOneWalk) {
  E6500 h;
  h.map_indirect(kEa);
  h.memory.words[E6500::pte_place(kEa)] = kPte64;
  const Times times = pair(h, kEa, kEa);
  EXPECT_EQ(times.data, 20U);
  EXPECT_EQ(times.fetch, 22U);
  EXPECT_EQ(h.memory.asked.size(), 1U);
  EXPECT_EQ(h.counters().walk_writes, 1U);
  EXPECT_EQ(h.counters().l2_hits, 2U);
}

// As above, but I finds nothing in slot 16: WALK 22, REQ 23, response 26, END 27, slot 29.
TEST(WalkPair, OfTwoPagesIsTwoWalksOneAfterTheOther) {
  E6500 h;
  h.map_indirect(kEa);
  h.memory.words[E6500::pte_place(kEa)] = kPte64;
  h.memory.words[E6500::pte_place(kCodeEa)] = kPte64;
  const Times times = pair(h, kCodeEa, kEa);
  EXPECT_EQ(times.data, 20U);
  EXPECT_EQ(times.fetch, 35U);
  EXPECT_EQ(h.memory.asked.size(), 2U);
}

// A fault writes nothing, so I is not overtaken: taken at 13, REQ 14, response 17, END 18, slot 20.
TEST(WalkPair, AFaultOfDataLeavesTheFetchWaitingForTheWalker) {
  E6500 h;
  h.map_indirect(kEa);
  h.memory.words[E6500::pte_place(kEa)] = 0;
  h.memory.words[E6500::pte_place(kCodeEa)] = kPte64;
  const Times times = pair(h, kCodeEa, kEa);
  EXPECT_EQ(times.data, 13U);
  EXPECT_EQ(times.fetch, 26U);
}

// D hits L2 at 7 while I walks: slot 3, WALK 9, REQ 10, response 13, END 14, slot 16.
TEST(WalkPair, AnL2HitOfDataDoesNotDelayTheFetchsWalk) {
  E6500 h;
  h.map_indirect(kEa);
  h.map_4k(kEa);
  h.memory.words[E6500::pte_place(kCodeEa)] = kPte64;
  const Times times = pair(h, kCodeEa, kEa);
  EXPECT_EQ(times.data, 7U);
  EXPECT_EQ(times.fetch, 22U);
}

TEST(WalkPair, AnL1HitOfDataLeavesTheFetchAlone) {
  E6500 h;
  h.map_indirect(kEa);
  h.map_4k(kEa);
  h.load(kEa);
  h.memory.words[E6500::pte_place(kCodeEa)] = kPte64;
  const Times times = pair(h, kCodeEa, kEa);
  EXPECT_EQ(times.data, 1U);
  EXPECT_EQ(times.fetch, 20U);
}

// Penalty 20, accept 15, latency 1. D: slot 1, WALK 21, REQ 22, response 23, END 24, but the port
// is I's since 16: slot 31, within I's lookup of 16 to 35.
TEST(WalkPair, AWalkThatWritesCancelsTheFillOfALookupInFlight) {
  Timing timing;
  timing.l2tlb_hit_penalty = Cycles(20);
  timing.l2tlb_accept = Cycles(15);
  E6500 h({}, timing);
  h.map_indirect(kEa);
  h.map_4k(kCodeEa);
  h.memory.latency = Cycles(1);
  h.memory.words[E6500::pte_place(kEa)] = kPte64;
  h.engine.advance(Cycles(20));
  const Times times = pair(h, kCodeEa, kEa);
  EXPECT_EQ(times.fetch, 36U);
  EXPECT_EQ(times.data, 66U) << "slot 46";
  const std::uint64_t hits = h.counters().l1_hits;
  h.fetch(kCodeEa);
  EXPECT_EQ(h.counters().l1_hits, hits) << "I-L1 was not filled";
  h.load(kEa);
  EXPECT_EQ(h.counters().l1_hits, hits + 1);
}

// The same timing, and I finds nothing: eligible at 35, but overtaken, so it searches again in
// slot 61 and walks from 81 on: REQ 82, response 83, END and slot 84, slot 99, response 119.
TEST(WalkPair, AWalkThatWritesSendsALookupThatFoundNothingBack) {
  Timing timing;
  timing.l2tlb_hit_penalty = Cycles(20);
  timing.l2tlb_accept = Cycles(15);
  E6500 h({}, timing);
  h.map_indirect(kEa);
  h.memory.latency = Cycles(1);
  h.memory.words[E6500::pte_place(kEa)] = kPte64;
  h.memory.words[E6500::pte_place(kCodeEa)] = kPte64;
  h.engine.advance(Cycles(20));
  const Times times = pair(h, kCodeEa, kEa);
  EXPECT_EQ(times.data, 66U);
  EXPECT_EQ(times.fetch, 119U);
}

// Penalty 30, accept 12. D: slot 1, WALK 31, REQ 32, then 2 L + 2 cycles to END. I: slot 13, commit
// 42, a TLB error, as a guest's fetch does not walk. L = 4: END and slot 42 as well.
TEST(WalkPair, ATlbErrorAtTheEdgeOfAWalksWriteReadsTheHintBeforeIt) {
  for (const NvScope scope : {NvScope::Global, NvScope::Qemu}) {
    Timing timing;
    timing.l2tlb_hit_penalty = Cycles(30);
    timing.l2tlb_accept = Cycles(12);
    Parameters parameters;
    parameters.nv_scope = scope;
    Tablewalk h(false, parameters, timing);
    h.memory.latency = Cycles(4);
    h.memory.words[0x100000 + 4 * (kEa >> 22)] = 0xC0345000;
    h.memory.words[0x345014] = kPte32;
    h.engine.advance(Cycles(20));
    const std::uint64_t n = h.now();
    Access fetch = Harness::access_of(kEa, AccessKind::Fetch);
    fetch.gs = true;
    const auto [first, second] = h.engine.access_pair(fetch, Harness::access_of(kEa));
    EXPECT_EQ(first.outcome, Outcome::InstructionTlbError);
    EXPECT_EQ(first.done, Cycles(n + 43));
    EXPECT_EQ(second.done, Cycles(n + 42 + 12 + 30)) << "the next slot";
    EXPECT_EQ(h.read(Spr::Mas0) & 0x0FFF0FFF, 0x00000001U) << "way 0, though the walk wrote it";
    fetch.ea = EffectiveAddress(kEa + 0x80000);
    h.engine.access(fetch);
    EXPECT_EQ(h.read(Spr::Mas0) & 0x0FFF0FFF, 0x00010002U) << "the walk's NV, stepped once";
  }
}

}  // namespace
}  // namespace tessera::mmu
