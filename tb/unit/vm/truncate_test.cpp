#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kOther = 0x2100'0000;

}  // namespace

TEST(Truncate, TakesPagesOutOfEveryMapping) {
  World world;
  auto file = world.make_file(8);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.map_fixed(kOther, 8, file.get(), 0, kMapPrivate);
  for (const std::uint32_t base : {kBase, kOther}) {
    world.read(ea(base + 2 * kPage));
    world.write(ea(base + 6 * kPage), 5);
  }
  file->truncate(PageCount(4));
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Truncate, FlushKind::Pid), 2U);
  EXPECT_EQ(world.read(ea(kBase + 6 * kPage)).result, FaultResult::BusError);
  EXPECT_EQ(world.read(ea(kOther + 6 * kPage)).result, FaultResult::BusError);
  EXPECT_EQ(world.read(ea(kBase + 2 * kPage)).value, 2U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST(Truncate, LosesContentsForGood) {
  World world;
  auto file = world.make_file(8);
  world.map_fixed(kBase, 8, file.get(), 0);
  file->truncate(PageCount(4));
  file->truncate(PageCount(8));
  EXPECT_EQ(world.read(ea(kBase + 6 * kPage)).value, 0U);
  EXPECT_EQ(world.counters().faults_major, 0U);
}

// linux-vm.md C: the whole nonlinear VMA is searched, by the pages' own offsets.
TEST(Truncate, RemembersTheOffsetsOfANonlinearMapping) {
  World world;
  auto file = world.make_file(8);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.remap(kBase, 1, 6);
  world.remap(kBase + kPage, 1, 2);
  file->truncate(PageCount(4));
  EXPECT_EQ(world.read(ea(kBase)).result, FaultResult::BusError);
  EXPECT_EQ(world.read(ea(kBase + kPage)).exceptions, 0U);
  file->truncate(PageCount(8));
  EXPECT_EQ(world.read(ea(kBase)).value, 0U);
  EXPECT_EQ(world.read(ea(kBase + 4)).value, 0U);
}

TEST(SharedAnonymous, MemoryGoesWithTheLastMapping) {
  World world;
  const PageCount before = world.frames.owned();
  world.map_fixed(kBase, 8, nullptr, 0);
  world.write(ea(kBase), 5);
  world.space.munmap(ea(kBase), 8 * kPage);
  EXPECT_EQ(world.frames.owned(), before);
}

}  // namespace tessera::vm::test
