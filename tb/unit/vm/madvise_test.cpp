#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

TEST(Madvise, DontneedForgetsPrivatePages) {
  World world;
  world.map_fixed(kBase, 4, nullptr, 0, kMapPrivate);
  world.write(ea(kBase), 5);
  const PageCount owned = world.frames.owned();
  EXPECT_EQ(world.space.madvise(ea(kBase), 4 * kPage, Advice::DontNeed), Errno::Ok);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Discard, FlushKind::Pid), 1U);
  EXPECT_EQ(world.frames.owned() + PageCount(1), owned);
  EXPECT_EQ(world.read(ea(kBase)).value, 0U);
}

// linux-vm.md C.
TEST(Madvise, DontneedKeepsTheOffsetsOfANonlinearMapping) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.remap(kBase, 2, 9);
  world.remap(kBase + 2 * kPage, 1, 7, kMapNonblock);
  EXPECT_EQ(world.space.madvise(ea(kBase), 4 * kPage, Advice::DontNeed), Errno::Ok);
  EXPECT_EQ(world.space.count_present(), 0U);
  EXPECT_EQ(world.read(ea(kBase + kPage)).value, 10U);
  EXPECT_EQ(world.read(ea(kBase + 2 * kPage)).value, 7U);
  EXPECT_EQ(world.read(ea(kBase + 3 * kPage)).value, 3U);
}

TEST(Madvise, PassesOverHolesAndReportsThem) {
  World world;
  world.map_fixed(kBase, 1, nullptr, 0, kMapPrivate);
  world.map_fixed(kBase + 2 * kPage, 1, nullptr, 0, kMapPrivate);
  world.write(ea(kBase + 2 * kPage), 5);
  EXPECT_EQ(world.space.madvise(ea(kBase), 3 * kPage, Advice::DontNeed), Errno::Enomem);
  EXPECT_EQ(world.read(ea(kBase + 2 * kPage)).value, 0U);
}

TEST(Madvise, RandomIsAPropertyOfTheVmaAndSplitsIt) {
  World world;
  world.map_fixed(kBase, 4, nullptr, 0, kMapPrivate);
  EXPECT_EQ(world.space.madvise(ea(kBase + kPage), kPage, Advice::Random), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 3U);
  EXPECT_TRUE(world.space.vmas().containing(page_of(ea(kBase + kPage)))->random_read);
  EXPECT_EQ(world.space.madvise(ea(kBase + kPage), kPage, Advice::Normal), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 1U);
}

TEST(Madvise, RefusesWhatTheVmaCannotTake) {
  World world;
  auto disk = world.make_file(4, page_index_word, kExt2);
  world.map_fixed(kBase, 4, disk.get(), 0);
  EXPECT_EQ(world.space.madvise(ea(kBase + 8), kPage, Advice::DontNeed), Errno::Einval);
  EXPECT_EQ(world.space.madvise(ea(kBase), kPage, Advice::Remove), Errno::Eopnotsupp);
  world.space.mlock(ea(kBase), kPage);
  EXPECT_EQ(world.space.madvise(ea(kBase), kPage, Advice::DontNeed), Errno::Einval);
}

TEST(Madvise, RemoveMakesAHoleInTheFile) {
  World world;
  auto file = world.make_file(8);
  world.map_fixed(kBase, 8, file.get(), 0);
  EXPECT_EQ(world.read(ea(kBase + 3 * kPage)).value, 3U);
  EXPECT_EQ(world.space.madvise(ea(kBase + 2 * kPage), 2 * kPage, Advice::Remove), Errno::Ok);
  EXPECT_EQ(world.read(ea(kBase + 3 * kPage)).value, 0U);
  EXPECT_EQ(world.read(ea(kBase + 4 * kPage)).value, 4U);
  EXPECT_TRUE(world.space.audit().empty());
}

}  // namespace tessera::vm::test
