// What random cycles meet rarely, one thing at a time, on C++ and RTL in lock step.

#include <gtest/gtest.h>

#include "tb/lockstep/testbench.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using mmu::Opcode;
using mmu::Spr;

constexpr std::uint32_t kPage = 0x10003000;
constexpr std::uint32_t kOtherPage = 0x10055000;
constexpr std::uint32_t kFrame = 0x12345;
constexpr std::uint64_t kRa = 0x12345000;
constexpr std::uint8_t kTranslated = 0;
constexpr std::uint8_t kDataTlbError = 1;
constexpr std::uint8_t kInstructionTlbError = 2;
constexpr std::uint32_t kL1DataHit = 2;
constexpr std::uint32_t kL2DataHit = 8;

// Accepted at edge 0, slot at 1, committed at 6.
TEST(Directed, ASnoopAtAnyEdgeOfALookupCancelsTheFillAndNothingElse) {
  for (std::uint64_t edge = 0; edge <= 7; ++edge) {
    SCOPED_TRACE(edge);
    Testbench bench("e500mc");
    bench.map({.ea = kPage, .frame = kFrame});
    const std::uint64_t accepted = bench.now();
    for (std::uint64_t k = 0; k <= 7; ++k) {
      InputPins in = k == edge ? snoop_pins(kOtherPage) : InputPins{};
      in.d_req_valid = k == 0;
      in.d_req_ea = kPage;
      bench.step(in);
      if (k == 6) {
        EXPECT_EQ(bench.now(), accepted + 7);
        EXPECT_TRUE(bench.shown().d_rsp_valid);
        EXPECT_EQ(bench.shown().d_rsp_ra, kRa);
      }
    }
    const bool cancelled = 1 <= edge && edge <= 6;
    const Answer again = bench.load(kPage);
    EXPECT_EQ(again.pins.perf_event & 0xF, cancelled ? kL2DataHit : kL1DataHit);
  }
}

TEST(Directed, ASnoopOfThePageIsSeenByASearchAfterItAndByNoEarlierOne) {
  for (std::uint64_t edge = 0; edge <= 6; ++edge) {
    SCOPED_TRACE(edge);
    Testbench bench("e500mc");
    bench.map({.ea = kPage, .frame = kFrame});
    for (std::uint64_t k = 0; k <= 6; ++k) {
      InputPins in = k == edge ? snoop_pins(kPage) : InputPins{};
      in.d_req_valid = k == 0;
      in.d_req_ea = kPage;
      bench.step(in);
    }
    EXPECT_TRUE(bench.shown().d_rsp_valid);
    EXPECT_EQ(bench.shown().d_rsp_outcome, edge < 1 ? kDataTlbError : kTranslated);
    EXPECT_EQ(bench.load(kPage).pins.d_rsp_outcome, kDataTlbError);
  }
}

TEST(Directed, ASnoopWhileAPortWaitsForItsSlotIsSeenByThatPortAlone) {
  Testbench bench("e500mc");
  bench.map({.ea = kPage, .frame = kFrame});
  InputPins both = load_pins(kPage);
  both.i_req_valid = true;
  both.i_req_ea = kPage;
  bench.step(both);
  bench.step();                   // the slot of D
  bench.step(snoop_pins(kPage));  // I waits
  EXPECT_EQ(bench.data_response().pins.d_rsp_outcome, kTranslated);
  EXPECT_EQ(bench.fetch_response().pins.i_rsp_outcome, kInstructionTlbError);
}

TEST(Directed, BothPortsMissTogetherAndMasIsTheFetchs) {
  Testbench bench("e500mc");
  bench.mtspr(Spr::Pid0, 5);
  InputPins both = load_pins(kPage);
  both.i_req_valid = true;
  both.i_req_ea = kOtherPage;
  const std::uint64_t accepted = bench.now();
  bench.step(both);
  const Answer data = bench.data_response();
  const Answer fetch = bench.fetch_response();
  EXPECT_EQ(data.cycle - accepted, 7U);
  EXPECT_EQ(fetch.cycle - accepted, 9U);
  EXPECT_EQ(data.pins.d_rsp_outcome, kDataTlbError);
  EXPECT_EQ(fetch.pins.i_rsp_outcome, kInstructionTlbError);
  bench.step();
  EXPECT_EQ(bench.mfspr(Spr::Mas2), kOtherPage);
  EXPECT_EQ(bench.mfspr(Spr::Mas6), 5U << 16);
}

TEST(Directed, APidSwitchDuringALookupWaitsAndTheLookupKeepsItsPid) {
  Testbench bench("e500mc");
  bench.map({.ea = kPage, .frame = kFrame, .tid = 5});
  bench.mtspr(Spr::Pid0, 5);
  const std::uint64_t accepted = bench.now();
  bench.step(load_pins(kPage));
  while (!bench.shown().instr_done) {
    bench.step(mtspr_pins(Spr::Pid0, 6));
    if (bench.shown().d_rsp_valid) {
      EXPECT_EQ(bench.now() - accepted, 7U);
      EXPECT_EQ(bench.shown().d_rsp_ra, kRa);
      bench.step(mtspr_pins(Spr::Pid0, 6));
      EXPECT_FALSE(bench.shown().instr_done);
      bench.step();
      EXPECT_TRUE(bench.shown().instr_done);
    }
  }
  EXPECT_EQ(bench.now() - accepted, 9U);
  EXPECT_EQ(bench.load(kPage).pins.d_rsp_outcome, kDataTlbError);
}

TEST(Directed, AResetInTheMiddleOfATlbilxScanEndsItWithoutDone) {
  Testbench bench("e500mc");
  bench.map({.ea = kPage, .frame = kFrame});
  bench.step(instruction_pins(Opcode::Tlbilx, 0, 1));
  bench.idle(70);
  EXPECT_FALSE(bench.shown().instr_ready);
  InputPins reset;
  reset.rst_n = false;
  bench.step(reset);
  bench.step();
  EXPECT_TRUE(bench.shown().instr_ready);
  for (int cycle = 0; cycle < 150; ++cycle) {
    EXPECT_FALSE(bench.step().instr_done);
  }
  EXPECT_EQ(bench.load(kPage).pins.d_rsp_outcome, kDataTlbError);
  EXPECT_EQ(bench.load(0xFFFFF000).pins.d_rsp_ra, 0xFFFFF000U) << "the boot page";
}

TEST(Directed, AResetDuringALookupTakesBackItsResponse) {
  for (std::uint64_t edge = 1; edge <= 6; ++edge) {
    SCOPED_TRACE(edge);
    Testbench bench("e500mc");
    bench.step(load_pins(0xFFFFF000));
    for (std::uint64_t k = 1; k < 20; ++k) {
      InputPins in;
      in.rst_n = k != edge;
      EXPECT_FALSE(bench.step(in).d_rsp_valid);
    }
  }
}

// On `odd` a lookup is committed in its slot and tlbwe works at the edge that accepts it.
TEST(Directed, AFillAndTheBackInvalidationOfItsEntryInNeighbouringCycles) {
  Testbench bench("odd");
  bench.map({.ea = kPage, .frame = kFrame});
  bench.select({.ea = kPage, .frame = kFrame + 1});
  bench.step(load_pins(kPage));
  bench.step();  // slot and fill
  EXPECT_TRUE(bench.shown().d_rsp_valid);
  bench.step(instruction_pins(Opcode::Tlbwe));
  EXPECT_TRUE(bench.shown().instr_done);
  const Answer again = bench.load(kPage);
  EXPECT_EQ(again.pins.perf_event & 0xF, kL2DataHit);
  EXPECT_EQ(again.pins.d_rsp_ra, kRa + 0x1000);
}

TEST(Directed, WhatTlbweWritesAtTheEdgeOfASnoopSurvivesIt) {
  for (const std::uint64_t edge : {4U, 5U, 6U}) {
    SCOPED_TRACE(edge);
    Testbench bench("e500mc");
    bench.select({.ea = kPage, .frame = kFrame});
    bench.step(instruction_pins(Opcode::Tlbwe));  // edge 0; written at edge 5
    for (std::uint64_t k = 1; k <= 6; ++k) {
      bench.step(k == edge ? snoop_pins(kPage) : InputPins{});
    }
    EXPECT_EQ(bench.load(kPage).pins.d_rsp_outcome, edge == 6 ? kDataTlbError : kTranslated);
  }
}

TEST(Directed, AnInstructionLetsARequestOfItsCycleGoFirst) {
  Testbench bench("e500mc");
  bench.map({.ea = kPage, .frame = kFrame});
  InputPins in = mtspr_pins(Spr::Mas6, 1);
  in.d_req_valid = true;
  in.d_req_ea = kPage;
  const std::uint64_t begin = bench.now();
  bench.step(in);
  while (!bench.shown().instr_done) {
    bench.step(mtspr_pins(Spr::Mas6, 1));
  }
  EXPECT_EQ(bench.now() - begin, 8U) << "accepted with the response, in cycle 7";
}

TEST(Directed, ASnoopInTheMiddleOfATlbsyncIsNotHindered) {
  Testbench bench("e500mc");
  bench.map({.ea = kPage, .frame = kFrame, .tlb1 = true});
  bench.load(kPage);
  bench.step(instruction_pins(Opcode::Tlbsync));
  bench.idle(30);
  EXPECT_FALSE(bench.shown().instr_ready);
  EXPECT_EQ(bench.step(snoop_pins(kPage | 8)).perf_event, 1U << 20);
  bench.instruction_done();
  EXPECT_EQ(bench.load(kPage).pins.d_rsp_outcome, kDataTlbError);
}

// The four ways of a set of TLB0; L1 has two ways for them on each port.
TEST(Directed, TheLruHintNamesTheWayWhoseLastL2HitIsLongestAgo) {
  Testbench bench("lru");
  for (std::uint32_t way = 0; way < 4; ++way) {
    bench.map({.ea = kPage + (way << 16), .frame = kFrame + way, .esel = way});
  }
  for (const std::uint32_t way : {0U, 1U, 2U, 3U}) {
    EXPECT_EQ(bench.load(kPage + (way << 16)).pins.perf_event, kL2DataHit);
  }
  bench.fetch(kPage);
  EXPECT_EQ(bench.load(kPage + (2U << 16)).pins.perf_event, kL1DataHit) << "moves no order of L2";
  bench.load(kPage + (9U << 16));
  EXPECT_EQ(bench.mfspr(Spr::Mas0), (1U << 16) | 2);
}

TEST(Directed, WithoutBackInvalidationACopyInL1OutlivesItsEntry) {
  Testbench bench("lru");
  bench.map({.ea = kPage, .frame = kFrame});
  bench.load(kPage);
  bench.map({.ea = kPage, .frame = kFrame + 1});
  const Answer stale = bench.load(kPage);
  EXPECT_EQ(stale.pins.perf_event, kL1DataHit);
  EXPECT_EQ(stale.pins.d_rsp_ra, kRa);
  EXPECT_EQ(bench.fetch(kPage).pins.i_rsp_ra, kRa + 0x1000);
  bench.execute(instruction_pins(Opcode::Tlbilx, kPage));
  EXPECT_EQ(bench.load(kPage).pins.d_rsp_outcome, kDataTlbError);
}

}  // namespace
}  // namespace tessera::lockstep
