// Clocked C++ against RTL: the same inputs, every output pin, every cycle.

#include "tb/lockstep/lockstep.hpp"

#include <algorithm>
#include <iostream>
#include <memory>

#include <gtest/gtest.h>

#include "Vmmu_odd.h"
#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/core.hpp"
#include "model/rtl/rtl_engine.hpp"
#include "model/rtl/verilated_device.hpp"

namespace tessera::lockstep {
namespace {

constexpr std::uint64_t kCycles = 100000;
constexpr std::uint64_t kSeeds = 10;

/// The parameters of tb/lockstep/CMakeLists.txt, once more for the C++.
mmu::Core odd_core() {
  mmu::Core core = *mmu::find_core("e500mc");
  mmu::Parameters& p = core.parameters;
  p.tlb0_sets = 4;
  p.tlb0_ways = 3;
  p.tlb1_entries = 5;
  p.l1_4k_sets = 2;
  p.l1_4k_ways = 3;
  p.l1_vsp_entries = 3;
  p.ra_bits = 34;
  p.pid_bits = 9;
  p.epid_bits = 7;
  p.npids = 3;
  p.lpid_bits = 3;
  p.tlbilx_tid0_wildcard = true;
  p.nv_scope = mmu::NvScope::PerSet;
  p.l1_flush_on_pid = mmu::L1FlushOnPid::All;
  p.backinv_match = mmu::BackinvMatch::Full;
  p.multi_hit = mmu::MultiHit::First;
  p.tlbwe_bad_tsize = mmu::BadTsize::Force4K;
  p.tlbivax_lpid = mmu::TlbivaxLpid::Match;
  core.timing.l1tlb_hit_extra = Cycles(2);
  core.timing.l2tlb_hit_penalty = Cycles(1);
  core.timing.l2tlb_accept = Cycles(3);
  core.timing.tlbsync = Cycles(5);
  core.timing.tlbwe = Cycles(1);
  core.timing.tlbsx = Cycles(2);
  return core;
}

struct Subject {
  const char* name;
  mmu::Core core;
};

std::unique_ptr<clocked::PinDevice> rtl_of(const Subject& subject) {
  if (std::string(subject.name) == "odd") {
    return std::make_unique<rtl::VerilatedDevice<Vmmu_odd>>();
  }
  return rtl::make_rtl_device(subject.core.parameters, subject.core.timing);
}

class LockStep : public ::testing::TestWithParam<Subject> {};

TEST_P(LockStep, EveryPinAgreesInEveryCycle) {
  const Subject& subject = GetParam();
  std::array<std::uint64_t, 22> events{};
  std::uint64_t cycles = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    clocked::ClockedMmu model(subject.core.parameters, subject.core.timing);
    const auto rtl = rtl_of(subject);
    Stimulus stimulus(subject.core.parameters, seed);
    Lockstep lockstep(model, "C++", *rtl, "RTL");
    ASSERT_TRUE(lockstep.run(stimulus, kCycles))
        << subject.name << ", seed " << seed << ": " << lockstep.comparison().difference;
    cycles += lockstep.comparison().cycles;
    for (std::size_t i = 0; i < events.size(); ++i) {
      events[i] += lockstep.comparison().events[i];
    }
  }
  std::cout << cycles << " cycles; events:";
  for (const std::uint64_t count : events) {
    std::cout << ' ' << count;
  }
  std::cout << '\n';
  EXPECT_EQ(cycles, kSeeds * kCycles);
  // Lock step proves nothing about what never happens.
  EXPECT_GE(std::count_if(events.begin(), events.end(), [](auto count) { return count != 0; }), 17);
  EXPECT_GE(events[0] + events[1] + events[2] + events[3], 20000U) << "hits";
  EXPECT_GE(events[4] + events[5], 50000U) << "TLB errors";
}

INSTANTIATE_TEST_SUITE_P(Presets, LockStep,
                         ::testing::Values(Subject{"e500mc", *mmu::find_core("e500mc")},
                                           Subject{"e500v2", *mmu::find_core("e500v2")},
                                           Subject{"qemu", *mmu::find_core("qemu")},
                                           Subject{"odd", odd_core()}),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace tessera::lockstep
