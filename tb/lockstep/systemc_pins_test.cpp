// The third device: the SystemC module, through its pins, against the RTL.

#include <iostream>

#include <gtest/gtest.h>

#include "model/systemc/systemc_device.hpp"
#include "tb/lockstep/lockstep.hpp"
#include "tb/lockstep/subjects.hpp"

namespace tessera::lockstep {
namespace {

constexpr std::uint64_t kPinCycles = 10000;
constexpr std::uint64_t kPinSeeds = 5;

class SystemcPins : public ::testing::TestWithParam<Subject> {};

TEST_P(SystemcPins, AgreeWithTheRtlInEveryCycle) {
  const Subject& subject = GetParam();
  std::uint64_t cycles = 0;
  std::uint64_t responses = 0;
  for (std::uint64_t seed = 1001; seed <= 1000 + kPinSeeds; ++seed) {
    systemc::SystemcDevice systemc(subject.core.parameters, subject.core.timing);
    const auto rtl = make_rtl(subject);
    Stimulus stimulus(subject.core.parameters, seed);
    TranslationChecker checker(subject.core.parameters, subject.core.timing);
    Lockstep lockstep(systemc, "SystemC", *rtl, "RTL");
    lockstep.check_with(checker);
    ASSERT_TRUE(lockstep.run(stimulus, kPinCycles))
        << subject.name << ", seed " << seed << ": " << lockstep.comparison().difference;
    cycles += lockstep.comparison().cycles;
    responses += checker.checked().all();
  }
  std::cout << cycles << " cycles, " << responses << " responses checked\n";
  EXPECT_EQ(cycles, kPinSeeds * kPinCycles);
  EXPECT_GE(responses, kPinSeeds * kPinCycles / 10);
}

INSTANTIATE_TEST_SUITE_P(Subjects, SystemcPins, ::testing::ValuesIn(subjects()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace tessera::lockstep
