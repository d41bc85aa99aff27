// Clocked C++ against RTL: the same inputs, every output pin, every cycle.

#include "tb/lockstep/lockstep.hpp"

#include <algorithm>
#include <iostream>
#include <memory>

#include <gtest/gtest.h>

#include "model/clocked/clocked_mmu.hpp"
#include "tb/lockstep/subjects.hpp"

namespace tessera::lockstep {
namespace {

constexpr std::uint64_t kCycles = 100000;
constexpr std::uint64_t kSeeds = 10;

class LockStep : public ::testing::TestWithParam<Subject> {};

TEST_P(LockStep, EveryPinAgreesInEveryCycle) {
  const Subject& subject = GetParam();
  std::array<std::uint64_t, 22> events{};
  std::uint64_t cycles = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    clocked::ClockedMmu model(subject.core.parameters, subject.core.timing);
    const auto rtl = make_rtl(subject);
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

INSTANTIATE_TEST_SUITE_P(Subjects, LockStep, ::testing::ValuesIn(subjects()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace tessera::lockstep
