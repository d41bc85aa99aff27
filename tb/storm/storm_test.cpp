#include "tb/storm/storm.hpp"

#include <algorithm>
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
    add_machines(all, kernel);
  }
  return all;
}

MmuStage stage_of(const Subject& subject) {
  return {*mmu::find_core(subject.core), *vm::find_kernel(subject.kernel), *pte::find_format(64U),
          subject.walker};
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
  EXPECT_GT(stage.entries_compared(), kOperations / 4 * 3);
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

/// Indirect entries in the TLBs now.
std::uint64_t indirect_entries(const MmuStage& stage) {
  const auto entries = stage.engine().valid_entries();
  return static_cast<std::uint64_t>(std::count_if(
      entries.begin(), entries.end(), [](const mmu::TlbEntry& entry) { return entry.indirect; }));
}

/// Entries of a mapping that is gone and whose flushes were lost in part.
std::uint64_t left_by_unmapping(const char* core, bool lose_pids, bool lose_tables) {
  MmuStage stage = stage_of({"3.8", core, mmu::HardwareWalker::E6500});
  const EffectiveAddress page(0x3000'0000);
  vm::MmapRequest request;
  request.address = page;
  request.length_bytes = kPageBytes.value();
  request.protection = vm::kProtReadWrite;
  request.flags = vm::kMapPrivate | vm::kMapFixed | vm::kMapAnonymous;
  EXPECT_TRUE(stage.running().mmap(request).ok());
  EXPECT_TRUE(stage.touch(page, true));
  EXPECT_EQ(indirect_entries(stage), 2U) << "of the program and of the page";
  if (lose_pids) stage.hardware().lose_pids();
  if (lose_tables) stage.hardware().lose_tables();
  EXPECT_EQ(stage.running().munmap(page, kPageBytes.value()), vm::Errno::Ok);
  EXPECT_EQ(stage.complaints().empty(), !lose_pids);  // the page's own entry is stale too
  return indirect_entries(stage);
}

// Linux flushes both: the PTE page's entry, and the PID (e500mc-mmu.md 7.3). Each alone is enough,
// and without both the entry stays.
TEST(Storm, APtePageIsFreedAfterItsIndirectEntry) {
  for (const char* core : {"e500mc", "e500v2"}) {
    EXPECT_EQ(left_by_unmapping(core, false, false), 0U) << core;
    EXPECT_EQ(left_by_unmapping(core, false, true), 0U) << core;
    EXPECT_EQ(left_by_unmapping(core, true, false), 1U) << core << ": the program's";
    EXPECT_EQ(left_by_unmapping(core, true, true), 2U) << core;
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
