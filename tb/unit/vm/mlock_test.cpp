#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

TEST(Mlock, FaultsEveryPageInAndMarksTheVma) {
  World world;
  auto file = world.make_file(8);
  world.map_fixed(kBase, 8, file.get(), 0);
  EXPECT_EQ(world.space.mlock(ea(kBase + kPage + 5), 2 * kPage), Errno::Ok);  // whole pages
  EXPECT_EQ(world.space.count_present(), 3U);
  EXPECT_EQ(world.counters().faults_by_prefault, 3U);
  EXPECT_TRUE(world.space.vmas().containing(page_of(ea(kBase + kPage)))->locked);
  EXPECT_EQ(world.counters().vmas, 3U);
  EXPECT_EQ(world.space.munlock(ea(kBase), 8 * kPage), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 1U);
}

// linux-vm.md L: the VMAs are locked all the same.
TEST(Mlock, ReportsPagesItCannotFaultIn) {
  World world;
  auto file = world.make_file(2);
  world.map_fixed(kBase, 4, file.get(), 0);
  EXPECT_EQ(world.space.mlock(ea(kBase), 4 * kPage), Errno::Enomem);
  EXPECT_TRUE(world.space.vmas().containing(page_of(ea(kBase)))->locked);
  EXPECT_EQ(world.space.count_present(), 2U);
}

TEST(Mlock, StopsAtAHole) {
  World world;
  world.map_fixed(kBase, 1, nullptr, 0, kMapPrivate);
  EXPECT_EQ(world.space.mlock(ea(kBase), 2 * kPage), Errno::Enomem);
  EXPECT_EQ(world.space.count_present(), 0U);
}

TEST(Mlock, BreaksCopyOnWriteOfPrivateMemory) {
  World world;
  world.map_fixed(kBase, 2, nullptr, 0, kMapPrivate);
  world.space.mlock(ea(kBase), 2 * kPage);
  EXPECT_EQ(world.write(ea(kBase), 3).exceptions, 0U);
  EXPECT_EQ(world.space.residency(*world.space.vmas().containing(page_of(ea(kBase)))).anon, 2U);
}

TEST(Mlockall, LocksWhatIsThereAndWhatComes) {
  World world;
  world.map_fixed(kBase, 2, nullptr, 0, kMapPrivate);
  EXPECT_EQ(world.space.mlockall(0), Errno::Einval);
  EXPECT_EQ(world.space.mlockall(kMclCurrent | kMclFuture), Errno::Ok);
  world.map_fixed(kBase + 4 * kPage, 2, nullptr, 0, kMapPrivate);
  EXPECT_EQ(world.space.count_present(), 4U);
  EXPECT_EQ(world.space.munlockall(), Errno::Ok);
  EXPECT_FALSE(world.space.vmas().containing(page_of(ea(kBase)))->locked);
}

TEST(Mincore, LooksUpThePageCacheForWhatIsNotMapped) {
  World world;
  auto file = world.make_file(2);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.map_fixed(kBase + 4 * kPage, 2, nullptr, 0, kMapPrivate);
  world.read(ea(kBase + 4 * kPage));
  const MincoreResult result = world.space.mincore(ea(kBase), 6 * kPage);
  const std::vector<bool> expected{true, true, false, false, true, false};
  EXPECT_EQ(result.error, Errno::Ok);
  EXPECT_EQ(result.resident, expected);
  EXPECT_EQ(world.space.mincore(ea(kBase), 7 * kPage).error, Errno::Enomem);
  EXPECT_EQ(world.space.mincore(ea(kBase + 4), kPage).error, Errno::Einval);
}

// linux-vm.md C: a file PTE is looked up by its own offset.
TEST(Mincore, FollowsFileEntries) {
  World world;
  auto file = world.make_file(4);
  world.map_fixed(kBase, 2, file.get(), 0);
  world.remap(kBase, 1, 9, kMapNonblock);
  world.remap(kBase + kPage, 1, 3, kMapNonblock);
  const std::vector<bool> expected{false, true};
  EXPECT_EQ(world.space.mincore(ea(kBase), 2 * kPage).resident, expected);
}

}  // namespace tessera::vm::test
