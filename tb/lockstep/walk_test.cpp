// Hardware walkers, one rule of docs/walkers.md at a time, on C++ and RTL in lock step.

#include <array>

#include <gtest/gtest.h>

#include "tb/lockstep/checker_codes.hpp"
#include "tb/lockstep/mas_bits.hpp"
#include "tb/lockstep/walk_bench.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using mmu::Opcode;
using mmu::Spr;

constexpr std::uint32_t kFillCancelledBit = 21;
constexpr std::uint32_t kSomeSnoop = 0x50000000;

/// W7, with the walks of one load and of two.
struct Timeline {
  const char* subject;
  std::uint64_t loads;
};

constexpr std::array<Timeline, 6> kTimelines{{{"e500mc_e6500", 1},
                                              {"e500mc_tablewalk", 2},
                                              {"e500v2_e6500", 1},
                                              {"e500v2_tablewalk", 2},
                                              {"qemu_e6500", 1},
                                              {"qemu_tablewalk", 2}}};

/// The cycle of the slot of END, of a request accepted in cycle 0.
std::uint64_t end_of_walk(const Timeline& line, std::uint64_t latency) {
  return 8 + line.loads * (latency + 1);
}

TEST(Walks, TakeTheCyclesOfTheContract) {
  for (const Timeline& line : kTimelines) {
    for (const unsigned latency : {1U, 2U, 7U, 160U}) {
      SCOPED_TRACE(testing::Message() << line.subject << ", latency " << latency);
      WalkBench bench(line.subject);
      bench.memory().latency = latency;
      const std::uint64_t accepted = bench.now();
      const Answer answer = bench.load(kWalkedPage);
      EXPECT_EQ(answer.cycle - accepted, end_of_walk(line, latency) + 8);
      EXPECT_EQ(answer.pins.perf_event, code::kL2Hit << 1);
      EXPECT_EQ(answer.pins.d_rsp_ra, kWalkedFrame << 12);
      EXPECT_EQ(bench.events()[24], line.loads);
      EXPECT_EQ(bench.events()[25], 1U);
    }
  }
}

TEST(Walks, FailInTheCycleAfterTheirEnd) {
  for (const Timeline& line : kTimelines) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    bench.put_pte(kWalkedPage, 0);
    const std::uint64_t accepted = bench.now();
    const Answer answer = bench.load(kWalkedPage);
    EXPECT_EQ(answer.cycle - accepted, end_of_walk(line, 1) + 1);
    EXPECT_EQ(answer.pins.d_rsp_outcome, code::kDataStorage);
    EXPECT_EQ(answer.pins.d_rsp_esr, 0x100U);
  }
}

// s = 1, c = 6, g = 7; after the write slot w + 2, commit w + 7.
TEST(Walks, ASnoopAtAnyEdgeOvertakesAsTheContractSays) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1]}) {
    const std::uint64_t w = end_of_walk(line, 3);
    for (std::uint64_t edge = 0; edge <= w + 7; ++edge) {
      SCOPED_TRACE(testing::Message() << line.subject << ", edge " << edge);
      WalkBench bench(line.subject);
      bench.memory().latency = 3;
      const std::uint64_t accepted = bench.now();
      bench.step(edge == 0 ? with_snoop(load_pins(kWalkedPage), kSomeSnoop)
                           : load_pins(kWalkedPage));
      for (std::uint64_t k = 1; k <= edge; ++k) {
        bench.step(k == edge ? snoop_pins(kSomeSnoop) : InputPins{});
      }
      const Answer answer = bench.data_response();
      const bool looking = 1 <= edge && edge <= 6;
      const bool walking = 7 <= edge && edge <= w;
      const std::uint64_t delay = looking ? 6 : walking ? w + 1 : 0;
      EXPECT_EQ(answer.cycle - accepted, w + 8 + delay);
      EXPECT_EQ(bench.events()[26], walking ? 1U : 0U);
      EXPECT_EQ(bench.events()[25], 1U);
      EXPECT_EQ(bench.events()[24], walking ? 2 * line.loads : line.loads);
      const bool cancelled = w + 2 <= edge && edge <= w + 7;
      EXPECT_EQ(bench.events()[kFillCancelledBit], cancelled ? 1U : 0U);
    }
  }
}

TEST(Walks, NeverInstallAPageThatASnoopHasUnmapped) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1]}) {
    const std::uint64_t w = end_of_walk(line, 1);
    for (std::uint64_t edge = 1; edge <= w + 1; ++edge) {
      SCOPED_TRACE(testing::Message() << line.subject << ", edge " << edge);
      WalkBench bench(line.subject);
      bench.step(load_pins(kWalkedPage));
      for (std::uint64_t k = 1; k <= edge; ++k) {
        if (k == edge) {
          bench.put_pte(kWalkedPage, 0);
        }
        bench.step(k == edge ? snoop_pins(kWalkedPage) : InputPins{});
      }
      EXPECT_EQ(bench.data_response().pins.d_rsp_esr, 0x100U) << "the page is gone";
    }
  }
}

TEST(Walks, OfBothPortsForOnePageWriteOneEntry) {
  for (const Timeline& line : kTimelines) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    InputPins both = load_pins(kWalkedPage);
    both.i_req_valid = true;
    both.i_req_ea = kWalkedPage;
    bench.step(both);
    EXPECT_EQ(bench.data_response().pins.d_rsp_outcome, code::kTranslated);
    EXPECT_EQ(bench.fetch_response().pins.i_rsp_outcome, code::kTranslated);
    EXPECT_EQ(bench.events()[25], 1U);
    bench.step();
    EXPECT_EQ(bench.execute(instruction_pins(Opcode::Tlbsx, kWalkedPage)).pins.instr_trap, 0);
  }
}

TEST(Walks, OfBothPortsForTwoPagesComeOneAfterTheOther) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1]}) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    const std::uint32_t other = kWalkedPage + 0x1000;
    bench.put_pte(other, bench.good_pte(kWalkedFrame + 1));
    InputPins both = load_pins(kWalkedPage);
    both.i_req_valid = true;
    both.i_req_ea = other;
    bench.step(both);
    EXPECT_EQ(bench.data_response().pins.d_rsp_ra, kWalkedFrame << 12);
    EXPECT_EQ(bench.fetch_response().pins.i_rsp_ra, (kWalkedFrame + 1) << 12);
    EXPECT_EQ(bench.events()[25], 2U);
    EXPECT_EQ(bench.events()[26], 0U);
  }
}

// Nothing that a walk samples can change before it ends.
TEST(Walks, EndBeforeAnMtsprOfThePidBegins) {
  WalkBench bench("e500mc_tablewalk");
  bench.step(load_pins(kWalkedPage));
  bool answered = false;
  while (!bench.shown().instr_done) {
    bench.step(mtspr_pins(Spr::Pid0, 6));
    answered = answered || bench.shown().d_rsp_valid;
  }
  EXPECT_TRUE(answered);
  bench.load(kWalkedPage);
  EXPECT_EQ(bench.events()[25], 2U) << "PID 6 has no entry yet";
  bench.mtspr(Spr::Pid0, kWalkedPid);
  EXPECT_EQ(bench.load(kWalkedPage).pins.perf_event, code::kL2Hit << 1);
  EXPECT_EQ(bench.events()[25], 2U);
}

TEST(Walks, OfKernelPagesAreOfEveryPid) {
  WalkBench bench("e500mc_tablewalk");
  EXPECT_EQ(bench.load(kKernelPage).pins.d_rsp_outcome, code::kTranslated);
  bench.mtspr(Spr::Pid0, 6);
  EXPECT_EQ(bench.load(kKernelPage).pins.d_rsp_outcome, code::kTranslated);
  EXPECT_EQ(bench.events()[25], 1U);
  bench.load(kWalkedPage);
  EXPECT_EQ(bench.events()[25], 2U);
}

TEST(Walks, ThatFailFillNothing) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1]}) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    bench.put_pte(kWalkedPage, 0);
    bench.load(kWalkedPage);
    bench.load(kWalkedPage);
    EXPECT_EQ(bench.events()[24], 2 * line.loads) << "each walks anew";
    EXPECT_EQ(bench.events()[25], 0U);
    bench.put_pte(kWalkedPage, bench.good_pte(kWalkedFrame));
    EXPECT_EQ(bench.load(kWalkedPage).pins.d_rsp_outcome, code::kTranslated);
  }
}

void expect_bus_error(WalkBench& bench) {
  const Answer answer = bench.load(kWalkedPage);
  EXPECT_EQ(answer.pins.d_rsp_outcome, code::kMachineCheck);
  EXPECT_EQ(answer.pins.d_rsp_fault_ea, kWalkedPage);
  EXPECT_EQ(answer.pins.d_rsp_esr, 0U);
  EXPECT_EQ(answer.pins.perf_event, code::kMachineChecked << 1);
  EXPECT_EQ(bench.fetch(kWalkedPage).pins.perf_event, code::kMachineChecked);
}

TEST(Walks, ThatReadWhereNothingIsEndInAMachineCheck) {
  for (const Timeline& line : kTimelines) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    bench.unplug_table(kWalkedPage);
    expect_bus_error(bench);
    EXPECT_EQ(bench.events()[24], 2 * line.loads);
    bench.memory().words.clear();
    expect_bus_error(bench);
    EXPECT_EQ(bench.events()[24], 2 * line.loads + 2) << "the first load ended it";
    EXPECT_EQ(bench.events()[25], 0U);
  }
}

TEST(Walks, OfStoresAndFetchesFailAsTheyDo) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1]}) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    bench.put_pte(kWalkedPage, 0);
    InputPins store = load_pins(kWalkedPage + 0xABC);
    store.d_req_store = true;
    bench.step(store);
    const Answer stored = bench.data_response();
    EXPECT_EQ(stored.pins.d_rsp_esr, 0x800100U);
    EXPECT_EQ(stored.pins.d_rsp_fault_ea, kWalkedPage + 0xABC);
    EXPECT_EQ(stored.pins.perf_event, (code::kWalkFault << 1) | code::kDsi);
    const Answer fetched = bench.fetch(kWalkedPage);
    EXPECT_EQ(fetched.pins.i_rsp_outcome, code::kInstructionStorage);
    EXPECT_EQ(fetched.pins.i_rsp_fault_ea, kWalkedPage);
    EXPECT_EQ(fetched.pins.perf_event, code::kWalkFault | code::kIsi);
  }
}

TEST(Walks, LeaveAStoreToACleanPageToAnOrdinaryDsi) {
  for (const char* const subject : {"e500mc_e6500", "e500mc_tablewalk"}) {
    SCOPED_TRACE(subject);
    WalkBench bench(subject);
    bench.put_pte(kWalkedPage, bench.clean_pte(kWalkedFrame));
    InputPins store = load_pins(kWalkedPage);
    store.d_req_store = true;
    bench.step(store);
    const Answer answer = bench.data_response();
    EXPECT_EQ(answer.pins.d_rsp_outcome, code::kDataStorage);
    EXPECT_EQ(answer.pins.d_rsp_esr, 0x800000U);
    EXPECT_EQ(answer.pins.perf_event, (code::kL2Hit << 1) | code::kDsi);
    EXPECT_EQ(bench.events()[25], 1U);
  }
}

TEST(Walks, EndWithAReset) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1]}) {
    for (std::uint64_t edge = 1; edge <= end_of_walk(line, 3) + 2; ++edge) {
      SCOPED_TRACE(testing::Message() << line.subject << ", edge " << edge);
      WalkBench bench(line.subject);
      bench.memory().latency = 3;
      bench.step(load_pins(kWalkedPage));
      for (std::uint64_t k = 1; k < 60; ++k) {
        InputPins in;
        in.rst_n = k != edge;
        bench.step(in);
        EXPECT_FALSE(bench.shown().d_rsp_valid);
        EXPECT_FALSE(k >= edge && bench.shown().mem_req_valid);
      }
    }
  }
}

// Page after page of one set: ways 0, 1, 2, 3, 0; a TLB error then hints at way 1.
TEST(Walks, StepTheNextVictimAndBackInvalidateIt) {
  for (const Timeline& line : {kTimelines[0], kTimelines[1], kTimelines[4], kTimelines[5]}) {
    SCOPED_TRACE(line.subject);
    WalkBench bench(line.subject);
    for (std::uint32_t page = 0; page < 5; ++page) {
      bench.put_pte(kWalkedPage + (page << 19), bench.good_pte(kWalkedFrame + page));
      bench.load(kWalkedPage + (page << 19));
    }
    EXPECT_EQ(bench.events()[25], 5U);
    bench.load(kWalkedPage);
    EXPECT_EQ(bench.events()[25], 6U) << "the first page was the victim, in L1 too";
    bench.stop_walks();
    bench.mtspr(Spr::Mas4, kSize4K);
    EXPECT_EQ(bench.load(0x70000000).pins.d_rsp_outcome, code::kDataTlbError);
    EXPECT_EQ(bench.mfspr(Spr::Mas0) & 0x0FFF0FFF, 0x00020003U);
  }
}

}  // namespace
}  // namespace tessera::lockstep
