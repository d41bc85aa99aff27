#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kSpan = 512;  // pages of one PTE page with 64-bit entries

}  // namespace

// linux-vm.md D2.
TEST(Munmap, RefusesUnalignedEmptyAndOutOfRange) {
  World world;
  EXPECT_EQ(world.space.munmap(ea(kBase + 4), kPage), Errno::Einval);
  EXPECT_EQ(world.space.munmap(ea(kBase), 0), Errno::Einval);
  EXPECT_EQ(world.space.munmap(ea(0xc000'1000), kPage), Errno::Einval);
  EXPECT_EQ(world.space.munmap(ea(kBase), 0xc000'0000), Errno::Einval);
  EXPECT_EQ(world.space.munmap(ea(kBase), 1), Errno::Ok);  // nothing there
}

TEST(Munmap, LeavesAHoleThatFaults) {
  World world;
  auto file = world.make_file(32);
  world.map_fixed(kBase, 32, file.get(), 0);
  EXPECT_EQ(world.space.munmap(ea(kBase + 10 * kPage), 2 * kPage), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 2U);
  EXPECT_EQ(world.read(ea(kBase + 10 * kPage)).result, FaultResult::MapError);
  EXPECT_EQ(world.read(ea(kBase + 12 * kPage)).value, 12U);
}

TEST(Munmap, WithNothingPresentAndANeighbourInTheSpanDoesNotFlush) {
  World world;
  auto file = world.make_file(32);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.read(ea(kBase));
  world.space.munmap(ea(kBase + kPage), 3 * kPage);
  EXPECT_EQ(world.hardware.flushes().size(), 0U);
  EXPECT_EQ(world.counters().page_table_pages, 1U);
}

// linux-vm.md D7: a freed PTE page is reason enough.
TEST(Munmap, WithNothingPresentFlushesIfAPtePageIsFreed) {
  World world;
  auto file = world.make_file(32);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.remap(kBase, 1, 7, kMapNonblock);  // a PTE page with one file PTE
  EXPECT_EQ(world.counters().page_table_pages, 1U);
  world.space.munmap(ea(kBase), 4 * kPage);
  EXPECT_EQ(world.counters().page_table_pages, 0U);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
  EXPECT_EQ(world.flushes(FlushKind::Page), 0U);
}

TEST(Munmap, AFixedMappingOverAWholeSpanFreesItsPtePageToo) {
  World world;
  auto file = world.make_file(32);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.remap(kBase, 1, 7, kMapNonblock);
  world.map_fixed(kBase, 4, file.get(), 0);
  EXPECT_EQ(world.counters().page_table_pages, 0U);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
}

TEST(Munmap, KeepsAPtePageThatANeighbourShares) {
  World world;
  auto file = world.make_file(3 * kSpan);
  world.map_fixed(kBase, 3 * kSpan, file.get(), 0, kMapShared | kMapPopulate);
  EXPECT_EQ(world.counters().page_table_pages, 3U);
  world.space.munmap(ea(kBase + kPage), (3 * kSpan - 2) * kPage);
  EXPECT_EQ(world.counters().page_table_pages, 2U);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
  EXPECT_EQ(world.read(ea(kBase + (3 * kSpan - 1) * kPage)).value, 3 * kSpan - 1);
  world.space.munmap(ea(kBase), 3 * kSpan * kPage);
  EXPECT_EQ(world.counters().page_table_pages, 0U);
  EXPECT_EQ(world.space.count_present(), 0U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST(Munmap, GivesPrivateFramesBackAndKeepsThePageCache) {
  World world;
  auto file = world.make_file(8);
  const auto before = world.frames.owned();
  world.map_fixed(kBase, 8, nullptr, 0, kMapPrivate);
  world.map_fixed(kBase + 8 * kPage, 8, file.get(), 0, kMapPrivate);
  for (std::uint32_t page = 0; page < 16; ++page) world.write(ea(kBase + page * kPage), page);
  world.space.munmap(ea(kBase), 16 * kPage);
  EXPECT_EQ(world.frames.owned(), before + PageCount(8));
  EXPECT_EQ(file->cached_pages(), PageCount(8));
}

}  // namespace tessera::vm::test
