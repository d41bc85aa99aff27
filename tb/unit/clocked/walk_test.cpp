// docs/walkers.md pin by pin: the cycles of W7, who is ready when, snoops, reset, the memory's
// pins.

#include <gtest/gtest.h>

#include "model/clocked/perf_events.hpp"
#include "tb/unit/clocked/pin_driver.hpp"

namespace tessera::clocked {
namespace {

using mmu::HardwareWalker;
using mmu::Opcode;
using mmu::Outcome;
using mmu::Spr;

constexpr std::uint32_t kMapped = 0x20005000;  ///< in the 2 MB that an indirect entry has
constexpr std::uint32_t kElse = 0x50001000;
constexpr std::uint64_t kPteRa = 0x180000028;
constexpr std::uint64_t kPte = (std::uint64_t{0x12345} << 24) | 0x2412FD;
constexpr std::uint32_t kWalkEvents = 0x7C00000;

mmu::Parameters parameters_of(HardwareWalker walker) {
  mmu::Parameters parameters;
  parameters.hardware_walker = walker;
  if (walker == HardwareWalker::E6500) parameters.tsize_bits = 5;
  return parameters;
}

/// A walker of the kind, set up: an indirect entry in TLB1 with its table at 0x1_8000_0000, or a
/// PGD for user space at 0x100000.
struct WalkDriver : PinDriver {
  explicit WalkDriver(HardwareWalker walker = HardwareWalker::E6500, const mmu::Timing& timing = {})
      : PinDriver(parameters_of(walker), timing) {
    if (walker == HardwareWalker::E6500) {
      map_indirect();
    } else {
      write(Spr::Walkctl, 3);
      write(Spr::Walkpgd, 0x100);
      write(Spr::Walkbase, 0xC0000000);
    }
  }
  void map_indirect() {
    write(Spr::Mas0, 0x10030000);
    write(Spr::Mas1, 0x80002580);
    write(Spr::Mas2, kMapped & 0xFFE00000);
    write(Spr::Mas3, 0x80000004);
    write(Spr::Mas7, 1);
    run(Opcode::Tlbwe);
  }
  static InputPins ready(InputPins in = {}) {
    in.mem_req_ready = true;
    return in;
  }
  static InputPins response(std::uint64_t data, bool error = false) {
    InputPins in;
    in.mem_rsp_valid = true;
    in.mem_rsp_data = data;
    in.mem_rsp_error = error;
    return in;
  }
  std::uint32_t walk_events() const { return out.perf_event & kWalkEvents; }
  void expect_no_request() const {
    EXPECT_FALSE(out.mem_req_valid);
    EXPECT_EQ(out.mem_req_ra, 0U);
    EXPECT_FALSE(out.mem_req_double);
  }
  /// From a load in cycle 0 to cycle 8, that of the request.
  void load_to_request() {
    step(load(kMapped));
    for (unsigned cycle = 1; cycle < 8; ++cycle) {
      expect_no_request();
      EXPECT_FALSE(out.d_req_ready);
      idle();
    }
    EXPECT_TRUE(out.mem_req_valid);
  }
  /// From cycle 8 with latency 1 to cycle 10, that of END and the slot.
  void request_to_end(std::uint64_t pte = kPte, bool error = false) {
    step(ready());
    step(response(pte, error));
  }
};

TEST(WalkPins, OfE6500ShowTheCyclesOfW7) {
  WalkDriver d;
  d.load_to_request();
  EXPECT_EQ(d.out.mem_req_ra, kPteRa);
  EXPECT_TRUE(d.out.mem_req_double);
  d.step(WalkDriver::ready());  // edge 8
  d.expect_no_request();
  EXPECT_EQ(d.walk_events(), kWalkLoadEvent);
  d.idle();                            // 9
  d.step(WalkDriver::response(kPte));  // 10, so L = 2
  EXPECT_EQ(d.walk_events(), 0U) << "END and slot in cycle 11 = 9 + L";
  d.idle();  // 11
  EXPECT_EQ(d.walk_events(), kWalkWriteEvent) << "in w + 1";
  d.idle(7);
  EXPECT_TRUE(d.out.d_rsp_valid) << "in w + 8 = 19";
  EXPECT_EQ(d.out.d_rsp_ra, 0x12345000U);
  EXPECT_EQ(d.out.perf_event, 0x8U) << "an L2 hit";
}

TEST(WalkPins, OfTablewalkShowTheCyclesOfW7) {
  WalkDriver d(HardwareWalker::Tablewalk);
  d.load_to_request();
  EXPECT_EQ(d.out.mem_req_ra, 0x100000 + 4 * (kMapped >> 21));
  EXPECT_FALSE(d.out.mem_req_double);
  d.step(WalkDriver::ready());
  d.step(WalkDriver::response(0xC0345000));  // edge 9 = 8 + L
  EXPECT_TRUE(d.out.mem_req_valid) << "in 9 + L";
  EXPECT_EQ(d.out.mem_req_ra, 0x345028U);
  EXPECT_TRUE(d.out.mem_req_double);
  d.step(WalkDriver::ready());  // 10
  EXPECT_EQ(d.walk_events(), kWalkLoadEvent);
  d.step(WalkDriver::response(kPte));  // 11; END in 12 = 10 + 2 L
  d.idle();
  EXPECT_EQ(d.walk_events(), kWalkWriteEvent);
  d.idle(7);
  EXPECT_TRUE(d.out.d_rsp_valid) << "in w + 8 = 20";
}

TEST(WalkPins, AFaultAnswersInTheCycleAfterItsSlot) {
  WalkDriver d;
  d.load_to_request();
  d.request_to_end(0);
  EXPECT_FALSE(d.out.d_rsp_valid);
  d.idle();  // edge 10
  EXPECT_TRUE(d.out.d_rsp_valid);
  EXPECT_TRUE(d.out.d_req_ready);
  EXPECT_EQ(d.out.d_rsp_outcome, static_cast<unsigned>(Outcome::DataStorage));
  EXPECT_EQ(d.out.d_rsp_esr, 0x100U);
  EXPECT_EQ(d.out.d_rsp_fault_ea, kMapped);
  EXPECT_EQ(d.out.perf_event, kDataWalkFaultEvent | 0x100);
}

TEST(WalkPins, ABusErrorIsAMachineCheck) {
  WalkDriver d;
  d.step(PinDriver::fetch(kMapped));
  d.idle(7);
  d.request_to_end(kPte, true);
  d.idle();
  EXPECT_TRUE(d.out.i_rsp_valid);
  EXPECT_EQ(d.out.i_rsp_outcome, static_cast<unsigned>(Outcome::MachineCheck));
  EXPECT_EQ(d.out.i_rsp_fault_ea, kMapped);
  EXPECT_EQ(d.out.perf_event, 0x40U);
}

TEST(WalkPins, ARequestStaysUntilItIsTaken) {
  WalkDriver d;
  d.load_to_request();
  for (unsigned i = 0; i < 20; ++i) {
    d.idle();
    EXPECT_TRUE(d.out.mem_req_valid);
    EXPECT_EQ(d.out.mem_req_ra, kPteRa);
    EXPECT_EQ(d.walk_events(), 0U);
  }
  d.step(WalkDriver::ready());
  d.expect_no_request();
}

TEST(WalkPins, AResponseThatNobodyWaitsForIsIgnored) {
  WalkDriver d;
  for (const std::uint64_t wrong : {std::uint64_t{0}, kPte | (std::uint64_t{1} << 30)}) {
    d.step(WalkDriver::response(wrong));  // no walk at all
    d.step(PinDriver::load(kMapped));
    for (unsigned cycle = 1; cycle < 8; ++cycle) d.step(WalkDriver::response(wrong, true));
    EXPECT_TRUE(d.out.mem_req_valid);
    d.step(WalkDriver::response(wrong));  // not ready: REQ
    EXPECT_TRUE(d.out.mem_req_valid);
    d.step(WalkDriver::ready(WalkDriver::response(wrong)));  // at the very edge of the request
    EXPECT_EQ(d.walk_events(), kWalkLoadEvent);
    d.idle(3);
    d.step(WalkDriver::response(kPte));
    d.step(WalkDriver::response(wrong));  // END
    EXPECT_EQ(d.walk_events(), kWalkWriteEvent);
    d.idle(7);
    EXPECT_EQ(d.out.d_rsp_ra, 0x12345000U);
    d.run(Opcode::Tlbivax, kMapped);
  }
}

TEST(WalkPins, ResetForgetsTheWalkWhereverItIs) {
  for (unsigned cycles = 0; cycles < 20; ++cycles) {
    WalkDriver d;
    d.step(PinDriver::load(kMapped));
    for (unsigned i = 0; i < cycles; ++i) {
      const bool answer = i == 9;  // L = 2: cycle 10
      d.step(WalkDriver::ready(answer ? WalkDriver::response(kPte) : InputPins{}));
    }
    InputPins reset;
    reset.rst_n = false;
    d.step(reset);
    visit_outputs(d.out, [&](const char* name, auto value) { EXPECT_EQ(value, 0U) << name; });
    d.step(WalkDriver::response(kPte));  // what the memory had not forgotten
    d.idle(20);
    d.expect_no_request();
    EXPECT_EQ(d.load_cycles(kMapped), 7U);
    EXPECT_EQ(d.out.d_rsp_outcome, static_cast<unsigned>(Outcome::DataTlbError));
    EXPECT_TRUE(d.mmu.mmu().valid_entries().size() == 1) << "the boot entry alone";
    d.map_indirect();
    d.load_to_request();
  }
}

TEST(WalkPins, TheOtherPortWorksOnAndAnInstructionDoesNot) {
  WalkDriver d;
  d.map(kElse);
  d.step(PinDriver::fetch(kElse));
  d.idle(6);
  EXPECT_TRUE(d.out.i_rsp_valid);
  d.load_to_request();
  for (unsigned i = 0; i < 5; ++i) {
    EXPECT_TRUE(d.out.i_req_ready);
    EXPECT_FALSE(d.out.instr_ready);
    EXPECT_TRUE(d.out.snoop_ready);
    d.step(PinDriver::fetch(kElse));
    EXPECT_TRUE(d.out.i_rsp_valid) << "L1 hit under a walk";
  }
}

// A snoop at any edge of g = 7 to w = 10 throws the walk away: DSI included, and at w.
TEST(WalkPins, ASnoopOvertakesTheWalk) {
  for (unsigned edge = 7; edge <= 10; ++edge) {
    for (const std::uint64_t pte : {kPte, std::uint64_t{0}}) {
      WalkDriver d;
      for (unsigned cycle = 0; cycle <= 10; ++cycle) {
        InputPins in = cycle == 0   ? PinDriver::load(kMapped)
                       : cycle == 9 ? WalkDriver::response(pte)
                                    : InputPins{};
        if (cycle == edge) in = PinDriver::snoop(kElse, in);
        d.step(WalkDriver::ready(in));
      }
      EXPECT_EQ(d.walk_events(), kWalkOvertakenEvent) << edge;
      EXPECT_FALSE(d.out.d_rsp_valid);
      EXPECT_EQ(d.mmu.mmu().valid_entries().size(), 2U);
      // WAIT in 11; the slot of END was 10, so 12; commit 17, WALK 18, REQ 19.
      d.idle(7);
      d.expect_no_request();
      d.idle();
      EXPECT_TRUE(d.out.mem_req_valid) << edge;
      d.request_to_end();
      d.idle();
      EXPECT_EQ(d.walk_events(), kWalkWriteEvent);
    }
  }
}

// At an edge of s = 1 to c = 6 it sends the port back to WAIT at 7: commit 12, REQ 14. Before, the
// search sees it done, and after, the walk is overtaken.
TEST(WalkPins, ASnoopOvertakesALookupThatFindsNothing) {
  for (unsigned edge = 0; edge <= 6; ++edge) {
    WalkDriver d;
    for (unsigned cycle = 0; cycle <= 7; ++cycle) {
      InputPins in = cycle == 0 ? PinDriver::load(kMapped) : InputPins{};
      if (cycle == edge) in = PinDriver::snoop(kElse, in);
      d.step(in);
    }
    EXPECT_EQ(d.out.mem_req_valid, edge == 0) << edge;
    EXPECT_EQ(d.walk_events(), 0U);
    if (edge == 0) continue;
    d.idle(6);
    EXPECT_TRUE(d.out.mem_req_valid) << "in cycle 14";
  }
}

// The snoop takes the indirect entry away while its walk is on: the second lookup is a TLB error.
TEST(WalkPins, ASnoopedIndirectEntryIsGoneForTheNextLookup) {
  WalkDriver d;
  d.load_to_request();
  d.step(PinDriver::snoop((kMapped & 0xFFE00000) | 8, WalkDriver::ready()));
  d.step(WalkDriver::response(kPte));
  d.idle();
  EXPECT_EQ(d.walk_events(), kWalkOvertakenEvent);
  d.idle(7);
  EXPECT_TRUE(d.out.d_rsp_valid);
  EXPECT_EQ(d.out.d_rsp_outcome, static_cast<unsigned>(Outcome::DataTlbError));
}

// D: slot 1, WALK 7, taken. I: slot 3, commit 8, WALK from 9 on. A snoop at 9 sends I to WAIT and
// overtakes D's walk, whose END (latency 1) in cycle 10 goes before I: slot 12 is D's, 14 I's.
TEST(WalkPins, ASnoopSendsAPortThatWaitsForTheWalkerBack) {
  WalkDriver d;
  for (unsigned cycle = 0; cycle <= 10; ++cycle) {
    InputPins in = cycle == 0   ? PinDriver::fetch(kMapped + 0x1000, PinDriver::load(kMapped))
                   : cycle == 9 ? PinDriver::snoop(kElse, WalkDriver::response(kPte))
                                : InputPins{};
    d.step(WalkDriver::ready(in));
  }
  EXPECT_EQ(d.walk_events(), kWalkOvertakenEvent);
  // D: commit 17, WALK 18, REQ 19. I: commit 19, WALK 20.
  d.idle(8);
  EXPECT_TRUE(d.out.mem_req_valid);
  EXPECT_EQ(d.out.mem_req_ra, kPteRa) << "data first";
  d.request_to_end(0);  // END 21: DSI in 22, I taken at 22, REQ 23
  d.idle();
  EXPECT_TRUE(d.out.d_rsp_valid);
  d.idle();
  EXPECT_TRUE(d.out.mem_req_valid);
  EXPECT_EQ(d.out.mem_req_ra, kPteRa + 8);
}

TEST(WalkPins, ABusErrorAndAResponseOfTheOtherPortCanShareACycle) {
  mmu::Timing timing;
  timing.l2tlb_hit_penalty = Cycles(6);
  timing.l2tlb_accept = Cycles(1);
  WalkDriver d(HardwareWalker::E6500, timing);
  d.map(kElse);
  d.load_to_request();
  d.request_to_end(kPte, true);  // now cycle 10: END
  d.idle();
  EXPECT_EQ(d.out.perf_event, 0x80U);
  d.load_to_request();
  d.step(PinDriver::fetch(kElse));  // accepted at 8, slot 9, commit 14
  d.step(WalkDriver::ready());      // 9
  d.idle(3);
  d.step(WalkDriver::response(kPte, true));  // 13: END in 14
  d.idle();
  EXPECT_TRUE(d.out.i_rsp_valid && d.out.d_rsp_valid);
  EXPECT_EQ(d.out.perf_event, 0x84U);
}

TEST(WalkPins, AreStillWithoutAWalker) {
  PinDriver d;
  InputPins in = PinDriver::load(kMapped);
  in.mem_req_ready = in.mem_rsp_valid = in.mem_rsp_error = true;
  for (unsigned cycle = 0; cycle < 30; ++cycle) {
    d.step(in);
    EXPECT_FALSE(d.out.mem_req_valid);
    EXPECT_EQ(d.out.perf_event & kWalkEvents, 0U);
  }
}

}  // namespace
}  // namespace tessera::clocked
