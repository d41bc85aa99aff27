#include "tb/storm/storm.hpp"

#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/storm/mmu_stage.hpp"
#include "tb/storm/rage.hpp"
#include "tb/storm/subject.hpp"

/// A share of what scripts/soak-vm does for longer.
namespace tessera::storm {

namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kOperations = 4'000;

std::vector<Subject> subjects() {
  std::vector<Subject> all;
  for (const std::string_view kernel : vm::kernel_names()) {
    all.push_back({kernel, "e500mc"});
    all.push_back({kernel, "e500v2"});
  }
  return all;
}

MmuStage stage_of(const Subject& subject) {
  return {*mmu::find_core(subject.core), *vm::find_kernel(subject.kernel), *pte::find_format(64U)};
}

class EveryKernelAndCore : public ::testing::TestWithParam<Subject> {};

}  // namespace

TEST_P(EveryKernelAndCore, StandsAnyOperation) {
  constexpr std::uint64_t kSeed = 4711;
  MmuStage stage = stage_of(GetParam());
  Storm storm(stage, kSeed);
  EXPECT_EQ(rage(storm, stage, kOperations), "") << "seed " << kSeed;
  EXPECT_GE(storm.done(), kOperations / 4);
  EXPECT_GE(storm.refused(), kOperations / 10);
  EXPECT_GT(stage.hardware().flushes(), kOperations / 20);
  EXPECT_GT(stage.entries_compared(), kOperations);
  EXPECT_GT(storm.ledger().checks(), kOperations / 4);
  EXPECT_GT(storm.ledger().exact_checks(), storm.ledger().checks() * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Storm, EveryKernelAndCore, ::testing::ValuesIn(subjects()), text_of);

TEST(Storm, FindsAFlushThatIsLost) {
  MmuStage stage = stage_of({"3.8", "e500mc"});
  stage.hardware().lose_every(2);
  Storm storm(stage, 1);
  EXPECT_THAT(rage(storm, stage, kOperations), HasSubstr("stale TLB entry"));
}

// Whoever writes past the page tables is found out by whoever looks next.
TEST(Storm, FindsPagesThatChangeByThemselves) {
  for (const unsigned which : {0U, 1U}) {
    MmuStage stage = stage_of({"3.8", "e500mc"});
    Storm storm(stage, 2);
    ASSERT_EQ(rage(storm, stage, 500), "");
    for (std::uint64_t page = 0; page < stage.file(which).size().value(); ++page) {
      const auto frame = stage.file(which).cached(PageOffset(page));
      if (frame) stage.hardware().store_word(address_of(*frame), 0xbad);
    }
    EXPECT_THAT(rage(storm, stage, kOperations), HasSubstr("holds 0xbad")) << which;
  }
}

TEST(Storm, IsTheSameWithTheSameSeed) {
  MmuStage stage = stage_of({"6.1", "e500mc"});
  MmuStage again = stage_of({"6.1", "e500mc"});
  Storm storm(stage, 5);
  Storm repeated(again, 5);
  rage(storm, stage, 500);
  rage(repeated, again, 500);
  EXPECT_EQ(storm.done(), repeated.done());
  EXPECT_EQ(stage.entries_compared(), again.entries_compared());
  EXPECT_EQ(stage.hardware().flushes(), again.hardware().flushes());
}

}  // namespace tessera::storm
