// docs/pins.md 7, row by row: what a snoop does to whatever shares its edge.

#include <gtest/gtest.h>

#include "model/clocked/perf_events.hpp"
#include "tb/unit/clocked/pin_driver.hpp"

namespace tessera::clocked {
namespace {

using mmu::Opcode;
using mmu::Outcome;
using mmu::Spr;

constexpr std::uint32_t kPage = 0x10000000;
constexpr std::uint32_t kOther = 0x20001000;
constexpr std::uint32_t kTlb1 = 0x10000000;  ///< MAS0[TLBSEL] = 1
constexpr std::uint32_t kHit = static_cast<std::uint32_t>(Outcome::Translated);
constexpr std::uint32_t kTlbError = static_cast<std::uint32_t>(Outcome::DataTlbError);

/// A load accepted at 0 (slot 1, commit edge 6) with a snoop at one edge; ends in cycle 7.
void load_with_snoop(PinDriver& d, std::uint32_t operand, unsigned edge) {
  for (unsigned cycle = 0; cycle <= 6; ++cycle) {
    InputPins in = cycle == 0 ? PinDriver::load(kPage) : InputPins{};
    if (cycle == edge) in = PinDriver::snoop(operand, in);
    d.step(in);
  }
}

TEST(Snoop, FromTheSlotToTheCommitEdgeCancelsTheFillAndNothingElse) {
  for (unsigned edge = 1; edge <= 6; ++edge) {
    for (const std::uint32_t operand : {kPage, kOther, kOther | 8}) {
      PinDriver d;
      d.map(kPage);
      load_with_snoop(d, operand, edge);
      ASSERT_TRUE(d.out.d_rsp_valid) << edge;
      EXPECT_EQ(d.out.d_rsp_outcome, kHit);
      EXPECT_NE(d.out.perf_event & kCancelledFillEvent, 0U) << edge;
      EXPECT_EQ(d.load_cycles(kPage), 7U) << "no L1 hit";
      EXPECT_EQ(d.out.d_rsp_outcome, operand == kPage ? kTlbError : kHit);
    }
  }
}

TEST(Snoop, BeforeTheSlotIsSeenByTheSearch) {
  PinDriver d;
  d.map(kPage);
  load_with_snoop(d, kPage, 0);
  EXPECT_EQ(d.out.d_rsp_outcome, kTlbError);
  PinDriver spared;
  spared.map(kPage);
  load_with_snoop(spared, kOther, 0);
  EXPECT_EQ(spared.out.perf_event & kCancelledFillEvent, 0U);
  EXPECT_EQ(spared.load_cycles(kPage), 1U);
}

TEST(Snoop, CancelsNothingOfAPortThatStillWaits) {
  PinDriver d;
  d.map(kPage);
  // D takes slot 1, I waits until slot 3: the snoop at 2 finds I in WAIT.
  d.step(PinDriver::fetch(kPage, PinDriver::load(kPage)));
  d.idle();
  d.step(PinDriver::snoop(kOther));
  d.idle(4);
  EXPECT_TRUE(d.out.d_rsp_valid);
  EXPECT_NE(d.out.perf_event & kCancelledFillEvent, 0U);
  d.idle(2);
  EXPECT_TRUE(d.out.i_rsp_valid);
  EXPECT_EQ(d.out.perf_event & kCancelledFillEvent, 0U);
  d.step(PinDriver::fetch(kPage));
  EXPECT_TRUE(d.out.i_rsp_valid) << "I-L1 was filled";
}

TEST(Snoop, CancelsBothFillsIfBothAreInFlight) {
  PinDriver d;
  d.map(kPage);
  d.step(PinDriver::fetch(kPage, PinDriver::load(kPage)));
  d.idle(3);
  d.step(PinDriver::snoop(kOther));
  d.idle(2);
  EXPECT_NE(d.out.perf_event & kCancelledFillEvent, 0U);
  d.idle(2);
  EXPECT_TRUE(d.out.i_rsp_valid);
  EXPECT_NE(d.out.perf_event & kCancelledFillEvent, 0U);
}

TEST(Snoop, WithPenaltyOneMeetsSlotAndCommitAtOneEdge) {
  mmu::Timing timing;
  timing.l2tlb_hit_penalty = Cycles(1);
  PinDriver d({}, timing);
  d.map(kPage);
  d.step(PinDriver::load(kPage));
  d.step(PinDriver::snoop(kPage));
  ASSERT_TRUE(d.out.d_rsp_valid);
  EXPECT_EQ(d.out.d_rsp_outcome, kHit);
  EXPECT_NE(d.out.perf_event & kCancelledFillEvent, 0U);
}

TEST(Snoop, DoesNotChangeAHitThatHolds) {
  mmu::Timing timing;
  timing.l1tlb_hit_extra = Cycles(2);
  PinDriver d({}, timing);
  d.map(kPage);
  d.load_cycles(kPage);
  d.step(PinDriver::load(kPage));
  EXPECT_FALSE(d.out.d_req_ready);
  d.step(PinDriver::snoop(kPage));
  EXPECT_FALSE(d.out.d_rsp_valid);
  d.idle();
  EXPECT_TRUE(d.out.d_rsp_valid);
  EXPECT_EQ(d.out.d_rsp_outcome, kHit);
  d.load_cycles(kPage);
  EXPECT_EQ(d.out.d_rsp_outcome, kTlbError);
}

/// An instruction of six cycles with a snoop at its commit edge.
void run_with_snoop(PinDriver& d, const InputPins& instruction, std::uint32_t operand) {
  d.step(instruction);
  d.idle(4);
  d.step(PinDriver::snoop(operand));
  ASSERT_TRUE(d.out.instr_done);
  ASSERT_NE(d.out.perf_event & kSnoopEvent, 0U);
}

TEST(Snoop, SparesWhatATlbweWritesAtItsEdge) {
  for (const std::uint32_t mas0 : {0U, kTlb1}) {
    PinDriver d;
    d.prepare(kPage, mas0);
    run_with_snoop(d, PinDriver::instruction(Opcode::Tlbwe), kPage | (mas0 != 0 ? 8 : 0));
    d.load_cycles(kPage);
    EXPECT_EQ(d.out.d_rsp_outcome, kHit);
  }
}

TEST(Snoop, DoesNotHideTheVictimOfATlbweFromL1) {
  PinDriver d;
  d.map(kPage, kTlb1 | (3U << 16));  // the copy in the VSP ...
  d.load_cycles(kPage);
  d.map(kPage, 0);                // ... and one more of the page, in TLB0
  d.prepare(kPage + 0x80000, 0);  // same set and way: the victim is the page
  run_with_snoop(d, PinDriver::instruction(Opcode::Tlbwe), kPage);
  EXPECT_EQ(d.load_cycles(kPage), 7U) << "TLB0's victim drops the VSP's copy: EPN and TS are equal";
  EXPECT_EQ(d.out.d_rsp_outcome, kHit) << "TLB1 has it still";
}

TEST(Snoop, AtItsEdgeComesAfterTlbreAndTlbsxHaveRead) {
  PinDriver d;
  d.map(kPage);
  run_with_snoop(d, PinDriver::instruction(Opcode::Tlbre), kPage);
  EXPECT_EQ(d.read(Spr::Mas1), 0x80000100U);
  EXPECT_EQ(d.run(Opcode::Tlbre), 0U);
  EXPECT_EQ(d.read(Spr::Mas1), 0x00000100U);
  d.map(kPage);
  run_with_snoop(d, PinDriver::instruction(Opcode::Tlbsx, kPage), kPage);
  EXPECT_EQ(d.read(Spr::Mas1), 0x80000100U);
  d.run(Opcode::Tlbsx, kPage);
  EXPECT_EQ(d.read(Spr::Mas1) & 0x80000000U, 0U);
}

TEST(Snoop, AtItsEdgeComesAfterATlbErrorHasChosenTheVictim) {
  for (const unsigned edge : {5U, 6U}) {
    mmu::Parameters parameters;
    parameters.tlb0_repl = mmu::Tlb0Replacement::Lru;
    PinDriver d(parameters);
    d.write(Spr::Mas4, 0x100);
    for (std::uint32_t way = 0; way < 4; ++way) d.map(kPage + (way + 1) * 0x80000, way << 16);
    load_with_snoop(d, kPage + 3 * 0x80000, edge);  // way 2
    EXPECT_EQ(d.read(Spr::Mas0), edge == 5 ? 0x00020003U : 0x00000001U);
  }
}

TEST(Snoop, AndTlbivaxBothTakeEffect) {
  PinDriver d;
  d.map(kPage);
  d.map(kOther);
  d.step(PinDriver::instruction(Opcode::Tlbivax, kPage));
  d.idle(8);
  d.step(PinDriver::snoop(kOther));
  ASSERT_TRUE(d.out.instr_done);
  EXPECT_EQ(d.mmu.mmu().valid_entries().size(), 1U) << "the boot entry";
}

TEST(Snoop, DoesNotDelayATlbsync) {
  PinDriver d;
  d.step(PinDriver::instruction(Opcode::Tlbsync));
  for (unsigned i = 0; i < 59; ++i) {
    ASSERT_FALSE(d.out.instr_done);
    ASSERT_TRUE(d.out.snoop_ready);
    d.step(PinDriver::snoop(kPage));
  }
  EXPECT_TRUE(d.out.instr_done);
}

TEST(Snoop, ComparesItsLpidWhereTheCoreMatchesIt) {
  mmu::Parameters parameters;
  parameters.tlbivax_lpid = mmu::TlbivaxLpid::Match;
  PinDriver d(parameters);
  d.write(Spr::Mas8, 5);
  d.map(kPage);
  InputPins in = PinDriver::snoop(kPage);
  in.snoop_lpid = 4;
  d.step(in);
  EXPECT_EQ(d.mmu.mmu().valid_entries().size(), 2U);
  in.snoop_lpid = 5;
  d.step(in);
  EXPECT_EQ(d.mmu.mmu().valid_entries().size(), 1U);
}

}  // namespace
}  // namespace tessera::clocked
