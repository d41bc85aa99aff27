// The rules of docs/pins.md that hold in every cycle, and the worked traces.

#include <algorithm>
#include <bitset>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "tb/lockstep/stimulus.hpp"
#include "tb/lockstep/trace.hpp"
#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/pin_driver.hpp"

namespace tessera::clocked {
namespace {

constexpr std::uint64_t kCycles = 200000;

std::size_t ones(std::uint32_t events) { return std::bitset<32>(events).count(); }

bool is_all_zero(const OutputPins& out) {
  bool zero = true;
  visit_outputs(out, [&](const char*, auto value) { zero = zero && value == 0; });
  return zero;
}

bool implies(bool condition, bool consequence) { return !condition || consequence; }

/// docs/pins.md 2: payload is 0 without its valid, and so is what an outcome does not define.
bool is_response_well_formed(bool valid, unsigned outcome, std::uint64_t hit_payload,
                             std::uint32_t fault_ea) {
  const bool hit = valid && outcome == 0;
  return implies(!valid, outcome == 0) && implies(!hit, hit_payload == 0) &&
         implies(!valid || hit, fault_ea == 0);
}

void check_payload(const OutputPins& out) {
  EXPECT_TRUE(is_response_well_formed(out.i_rsp_valid, out.i_rsp_outcome,
                                      out.i_rsp_ra | out.i_rsp_wimge, out.i_rsp_fault_ea));
  EXPECT_TRUE(is_response_well_formed(out.d_rsp_valid, out.d_rsp_outcome,
                                      out.d_rsp_ra | out.d_rsp_wimge, out.d_rsp_fault_ea));
  const bool has_esr = out.d_rsp_outcome == 1 || out.d_rsp_outcome == 3;
  EXPECT_EQ(out.d_rsp_esr & ~(has_esr ? 0x00800040U : 0U), 0U);
  EXPECT_TRUE(implies(!out.instr_done, out.instr_trap == 0));
  EXPECT_TRUE(implies(!out.instr_done || out.instr_trap != 0, out.instr_value == 0));
}

/// docs/pins.md 10: which events go with which responses.
void check_events(const OutputPins& out) {
  const std::uint32_t events = out.perf_event;
  EXPECT_EQ(ones(events & 0x65), out.i_rsp_valid ? 1U : 0U);  // 0, 2, 5, 6
  EXPECT_EQ(ones(events & 0x9A), out.d_rsp_valid ? 1U : 0U);  // 1, 3, 4, 7
  EXPECT_LE(ones(events & 0xFC), 1U) << "two L2 commits at one edge";
  EXPECT_LE(ones(events & 0xFFC00), out.instr_done && out.instr_trap == 0 ? 1U : 0U);
  EXPECT_LE(ones(events & 0x300), ones(events & 0xF));
  EXPECT_TRUE(implies((events >> 21 & 1) != 0, (events & 0xC) != 0));
}

void check_cycle(const InputPins& before, const OutputPins& ready, const OutputPins& out) {
  EXPECT_TRUE(implies(!before.rst_n, is_all_zero(out))) << "reset";
  check_payload(out);
  check_events(out);
  EXPECT_EQ(out.snoop_ready, before.rst_n);
  EXPECT_EQ(out.instr_ready, out.i_req_ready && out.d_req_ready);
  EXPECT_TRUE(implies(out.i_rsp_valid, out.i_req_ready)) << "responding and ready at once";
  EXPECT_TRUE(implies(out.d_rsp_valid, out.d_req_ready)) << "responding and ready at once";
  EXPECT_TRUE(implies(out.instr_done, out.instr_ready));
  const bool snooped = before.rst_n && before.snoop_valid && ready.snoop_ready;
  EXPECT_EQ((out.perf_event >> 20 & 1) != 0, snooped);
}

class EveryCycle : public testing::TestWithParam<const char*> {};

TEST_P(EveryCycle, KeepsTheRulesUnderRandomPins) {
  const Configuration c = configuration_of(GetParam());
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    ClockedMmu mmu(c.parameters, c.timing);
    lockstep::Stimulus stimulus(c.parameters, seed);
    OutputPins before;
    for (std::uint64_t cycle = 0; cycle < kCycles && !HasFailure(); ++cycle) {
      SCOPED_TRACE(cycle);
      const InputPins in = stimulus.next(before);
      const OutputPins out = mmu.step(in);
      check_cycle(in, before, out);
      before = out;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Configurations, EveryCycle,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "slow", "narrow",
                                         "lru"),
                         [](const auto& name) { return std::string(name.param); });

TEST(WorkedTraces, HoldOnTheClockedModel) {
  std::uint64_t checks = 0;
  unsigned traces = 0;
  for (const auto& file : std::filesystem::directory_iterator(TESSERA_TRACES)) {
    if (file.path().extension() != ".trace") continue;
    const lockstep::Trace trace = lockstep::read_trace(file.path().string());
    ClockedMmu mmu(trace.core.parameters, trace.core.timing);
    const lockstep::TraceResult result = lockstep::replay_trace(trace, mmu);
    for (const std::string& difference : result.differences) ADD_FAILURE() << file << difference;
    checks += result.checks;
    ++traces;
  }
  std::cout << traces << " traces, " << checks << " checks\n";
  EXPECT_EQ(traces, 14U);
  EXPECT_GT(checks, 1700U);
}

TEST(Reset, ShowsZeroOnEveryPinAndThenTheReadies) {
  PinDriver d;
  d.step(PinDriver::load(0x1000));
  InputPins in = PinDriver::snoop(0, PinDriver::load(0x1000));
  in.rst_n = false;
  EXPECT_TRUE(is_all_zero(d.step(in)));
  EXPECT_TRUE(is_all_zero(d.step(in)));
  d.step(PinDriver::load(0x1000));  // not accepted: the readies are still 0
  EXPECT_TRUE(d.out.d_req_ready && d.out.i_req_ready && d.out.instr_ready && d.out.snoop_ready);
  for (unsigned i = 0; i < 10; ++i) EXPECT_FALSE(d.idle().d_rsp_valid);
}

TEST(Instruction, WaitsForARequestThatIsOfferedBesideIt) {
  PinDriver d;
  InputPins in = PinDriver::instruction(mmu::Opcode::Mfspr);
  in.i_req_valid = true;
  d.step(in);
  EXPECT_FALSE(d.out.instr_done);
  EXPECT_FALSE(d.out.instr_ready) << "the fetch was taken";
}

TEST(Instruction, OfAnSprNumberThatNoRegisterHasIsIllegal) {
  for (const unsigned number : {0U, 1U, 49U, 347U, 629U, 631U, 1023U}) {
    PinDriver d;
    d.run(PinDriver::instruction(mmu::Opcode::Mfspr, 0, static_cast<mmu::Spr>(number)));
    EXPECT_EQ(d.out.instr_trap, 1U) << number;
    PinDriver qemu(configuration_of("qemu").parameters);
    qemu.run(PinDriver::instruction(mmu::Opcode::Mtspr, 5, static_cast<mmu::Spr>(number)));
    EXPECT_EQ(qemu.out.instr_trap, 0U) << number;
  }
}

}  // namespace
}  // namespace tessera::clocked
