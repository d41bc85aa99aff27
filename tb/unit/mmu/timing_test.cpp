#include <array>

#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

// The traces of docs/microarchitecture.md, and the latency of every instruction.
namespace tessera::mmu {
namespace {

constexpr std::uint32_t kCode = 0x30007000;

TEST(Timing, L1HitTakesOneCycleAndL2HitSeven) {
  Harness h;
  h.map_4k(kEa);
  const std::uint64_t n = h.now();
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 7));
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 8));
  EXPECT_EQ(h.now(), n + 8);
}

TEST(Timing, ATlbErrorTakesAsLongAsAnL2Hit) {
  Harness h;
  EXPECT_EQ(h.load(kEa).done, Cycles(7));
  EXPECT_EQ(h.fetch(kEa).done, Cycles(14));
}

TEST(Timing, ADeniedAccessTakesAsLongAsItsHit) {
  Harness h;
  h.map(0, 0x100, kEa, 0);
  const std::uint64_t n = h.now();
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 7));
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 8));
}

TEST(Timing, APairThatMissesBothAnswersDataFirst) {
  Harness h;
  const auto [fetch, data] =
      h.engine.access_pair(Harness::access_of(kCode, AccessKind::Fetch), Harness::access_of(kEa));
  EXPECT_EQ(data.done, Cycles(7));
  EXPECT_EQ(fetch.done, Cycles(9));
  EXPECT_EQ(h.now(), 9U);
  EXPECT_EQ(h.read(Spr::Mas2), kCode) << "the later response wrote MAS last";
}

TEST(Timing, APairWithOneHitLeavesTheL2PortToTheOther) {
  Harness h;
  h.map_4k(kEa);
  h.map_4k(kCode);
  h.load(kEa);
  const std::uint64_t n = h.now();
  const auto [fetch, data] =
      h.engine.access_pair(Harness::access_of(kCode, AccessKind::Fetch), Harness::access_of(kEa));
  EXPECT_EQ(data.done, Cycles(n + 1));
  EXPECT_EQ(fetch.done, Cycles(n + 7));
  EXPECT_EQ(h.now(), n + 7);
}

TEST(Timing, APairThatHitsBothTakesOneCycle) {
  Harness h;
  h.map_4k(kEa);
  h.load(kEa);
  h.fetch(kEa);
  const std::uint64_t n = h.now();
  h.engine.access_pair(Harness::access_of(kEa, AccessKind::Fetch), Harness::access_of(kEa));
  EXPECT_EQ(h.now(), n + 1);
}

TEST(Timing, ARefillIsMissWriteAndRetry) {
  Harness h;
  h.write(Spr::Mas4, 0x100);
  const std::uint64_t n = h.now();
  h.load(kEa);               // n + 7
  h.write(Spr::Mas3, 0x3F);  // n + 8
  EXPECT_EQ(h.run(Opcode::Tlbwe).done, Cycles(n + 14));
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 21));
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 22));
}

TEST(Timing, ALongAcceptDistanceDelaysTheNextLookup) {
  Timing timing;
  timing.l2tlb_accept = Cycles(10);
  TransactionEngine engine(Parameters{}, timing);
  EXPECT_EQ(engine.access(Harness::access_of(kEa)).done, Cycles(7));   // slot 1
  EXPECT_EQ(engine.access(Harness::access_of(kEa)).done, Cycles(17));  // slot 11
}

TEST(Timing, AnExtraHitCycleIsSeenByHitsOnly) {
  Timing timing;
  timing.l1tlb_hit_extra = Cycles(1);
  TransactionEngine engine(Parameters{}, timing);
  EXPECT_EQ(engine.access(Harness::access_of(0xFFFFF000)).done, Cycles(7));
  EXPECT_EQ(engine.access(Harness::access_of(0xFFFFF000)).done, Cycles(9));
}

TEST(Timing, TraceFiveAFaultingStoreSavesItsPageFromReplacement) {
  Harness h;
  const std::uint32_t same_set = 0x10000;
  h.map(0, 0x100, kEa, 0x01);  // A, no stores
  for (std::uint32_t i = 1; i < 5; ++i) h.map_4k(kEa + i * same_set);
  for (std::uint32_t i = 0; i < 4; ++i) h.load(kEa + i * same_set);
  const std::uint64_t n = h.now();
  const Translation store = h.store(kEa);
  EXPECT_EQ(store.outcome, Outcome::DataStorage);
  EXPECT_EQ(store.done, Cycles(n + 1));
  EXPECT_EQ(h.load(kEa + 4 * same_set).done, Cycles(n + 8));
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 9));
  EXPECT_EQ(h.load(kEa + same_set).done, Cycles(n + 16)) << "B was the victim";
}

TEST(Timing, TraceSixAFlushedPageMissesRightAfterTheFlush) {
  Harness h;
  h.map_4k(kEa, 7);
  h.write(Spr::Pid0, 7);
  h.write(Spr::Mas6, 7 << 16);
  h.load(kEa);
  const std::uint64_t n = h.now();
  EXPECT_EQ(h.tlbilx(3, kEa).done, Cycles(n + 8));
  const Translation load = h.load(kEa);
  EXPECT_EQ(load.outcome, Outcome::DataTlbError);
  EXPECT_EQ(load.done, Cycles(n + 15));
}

TEST(Timing, TraceSevenAPidWriteKeepsGlobalPagesInL1) {
  Harness h;
  h.map_4k(kEa);
  h.map_4k(kEa + 0x1000, 7);
  h.write(Spr::Pid0, 7);
  h.load(kEa);
  h.load(kEa + 0x1000);
  const std::uint64_t n = h.now();
  EXPECT_EQ(h.write(Spr::Pid0, 7).done, Cycles(n + 2));
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 3));
  EXPECT_EQ(h.load(kEa + 0x1000).done, Cycles(n + 10));
}

struct LatencyRow {
  Opcode opcode;
  Spr spr;
  std::uint32_t operand;
  std::uint8_t t;
  std::uint64_t cycles;
};

TEST(Timing, EveryInstructionTakesItsLatency) {
  const auto rows = std::to_array<LatencyRow>({
      {Opcode::Tlbwe, Spr::Mas0, 0, 0, 6},
      {Opcode::Tlbre, Spr::Mas0, 0, 0, 6},
      {Opcode::Tlbsx, Spr::Mas0, 0, 0, 6},
      {Opcode::Tlbilx, Spr::Mas0, 0, 3, 8},
      {Opcode::Tlbilx, Spr::Mas0, 0, 0, 136},
      {Opcode::Tlbilx, Spr::Mas0, 0, 1, 136},
      {Opcode::Tlbivax, Spr::Mas0, 0, 0, 10},
      {Opcode::Tlbsync, Spr::Mas0, 0, 0, 60},
      {Opcode::Mtspr, Spr::Mas0, 0, 0, 1},
      {Opcode::Mfspr, Spr::Mas0, 0, 0, 1},
      {Opcode::Mtspr, Spr::Pid0, 1, 0, 2},
      {Opcode::Mtspr, Spr::Lpidr, 1, 0, 2},
      {Opcode::Mtspr, Spr::Mmucsr0, 6, 0, 8},
      {Opcode::Mtspr, Spr::Mmucsr0, 0, 0, 1},
      {Opcode::Tlbilx, Spr::Mas0, 0, 2, 1},
      {Opcode::Mtspr, Spr::Pid1, 0, 0, 1},
  });
  Harness h;
  for (const LatencyRow& row : rows) {
    Instruction instruction;
    instruction.opcode = row.opcode;
    instruction.spr = row.spr;
    instruction.operand = row.operand;
    instruction.t = row.t;
    const std::uint64_t n = h.now();
    EXPECT_EQ(h.engine.execute(instruction).done, Cycles(n + row.cycles));
    EXPECT_EQ(h.now(), n + row.cycles);
  }
}

TEST(Timing, APidWriteThatFlushesNothingTakesOneCycle) {
  Parameters parameters;
  parameters.l1_flush_on_pid = L1FlushOnPid::None;
  Harness h(parameters);
  h.write(Spr::Pid0, 1);
  EXPECT_EQ(h.now(), 1U);
}

TEST(Timing, TimePassesOnlyWhenAsked) {
  Harness h;
  h.engine.advance(Cycles(41));
  EXPECT_EQ(h.now(), 41U);
  EXPECT_EQ(h.load(kEa).done, Cycles(48));
}

}  // namespace
}  // namespace tessera::mmu
