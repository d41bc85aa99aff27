#include <gtest/gtest.h>

#include "sw/vm/swap_area.hpp"
#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

std::uint64_t reclaim_flushes(const World& world) {
  return world.counters().flushes_of(FlushCause::Reclaim, FlushKind::Page);
}

}  // namespace

TEST(Reclaim, GivesAUsedPageASecondChance) {
  SwapArea swap(PageCount(16));
  World world;
  auto file = world.make_file(8);
  file->use_swap(swap);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.write(ea(kBase + 4), 77);
  EXPECT_FALSE(file->reclaim(PageOffset(0)));
  EXPECT_EQ(reclaim_flushes(world), 1U);
  EXPECT_TRUE(file->reclaim(PageOffset(0)));
  EXPECT_EQ(reclaim_flushes(world), 2U);
  EXPECT_FALSE(file->is_cached(PageOffset(0)));
  EXPECT_EQ(swap.used(), PageCount(1));  // its entry is in the file's tree
  EXPECT_EQ(world.read(ea(kBase + 4)).value, 77U);
  EXPECT_EQ(world.counters().faults_major, 1U);  // shmem comes back from swap
  EXPECT_EQ(swap.used(), PageCount(0));
  EXPECT_EQ(world.read(ea(kBase)).value, 0U);
}

TEST(Reclaim, LeavesLockedAndRamfsPages) {
  World world;
  auto file = world.make_file(8);
  auto ram = world.make_file(8, page_index_word, kRamfs);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.map_fixed(kBase + 8 * kPage, 8, ram.get(), 0);
  world.space.mlock(ea(kBase), 16 * kPage);
  for (int tries = 0; tries < 3; ++tries) {
    EXPECT_FALSE(file->reclaim(PageOffset(3)));
    EXPECT_FALSE(ram->reclaim(PageOffset(3)));
  }
  EXPECT_EQ(world.space.count_present(), 16U);
}

// linux-vm.md C: clusters of 32 pages from the cursor, whatever page was meant.
TEST(Reclaim, UnmapsNonlinearMappingsByClusters) {
  SwapArea swap(PageCount(16));
  World world;
  auto file = world.make_file(128);
  file->use_swap(swap);
  world.map_fixed(kBase, 96, file.get(), 0);
  for (std::uint32_t page = 0; page < 96; ++page) {
    world.remap(kBase + page * kPage, 1, 95 - page);
  }
  EXPECT_FALSE(file->reclaim(PageOffset(95)));  // window page 0: used, as all of its cluster
  EXPECT_EQ(world.space.count_present(), 96U);
  EXPECT_EQ(reclaim_flushes(world), 96U);
  EXPECT_TRUE(file->reclaim(PageOffset(95)));
  EXPECT_EQ(world.space.count_present(), 64U);
  EXPECT_EQ(reclaim_flushes(world), 96U + 32U);
  EXPECT_EQ(world.read(ea(kBase)).value, 95U);
  EXPECT_EQ(world.read(ea(kBase + 31 * kPage)).value, 64U);
  EXPECT_EQ(world.counters().faults_major, 1U);
  EXPECT_EQ(world.stale_translations(), 0U);
}

TEST(Reclaim, OfADiskFileIsFollowedByAMajorFault) {
  World world;
  auto file = world.make_file(8, page_index_word, kExt2);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.read(ea(kBase + 5 * kPage));
  file->reclaim(PageOffset(5));
  EXPECT_TRUE(file->reclaim(PageOffset(5)));
  EXPECT_EQ(world.read(ea(kBase + 5 * kPage)).value, 5U);
  EXPECT_EQ(world.counters().faults_major, 1U);
}

}  // namespace tessera::vm::test
