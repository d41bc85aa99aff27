#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kTarget = 0x2100'0000;
constexpr unsigned kMove = kMremapMaymove | kMremapFixed;

MmapResult remap_pages(World& world, std::uint32_t from, std::uint64_t old_pages,
                       std::uint64_t new_pages, unsigned flags, std::uint32_t target = kTarget) {
  return world.space.mremap({ea(from), old_pages * kPage, new_pages * kPage, flags, ea(target)});
}

}  // namespace

TEST(Mremap, RefusesBadArguments) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 8, file.get(), 0);
  EXPECT_EQ(remap_pages(world, kBase, 2, 2, 0x40).error, Errno::Einval);
  EXPECT_EQ(remap_pages(world, kBase + 8, 2, 3, 0).error, Errno::Einval);
  EXPECT_EQ(remap_pages(world, kBase, 2, 0, 0).error, Errno::Einval);
  EXPECT_EQ(remap_pages(world, kBase, 2, 2, kMremapFixed).error, Errno::Einval);
  EXPECT_EQ(remap_pages(world, kBase, 2, 2, kMove, kTarget + 8).error, Errno::Einval);
  EXPECT_EQ(remap_pages(world, kBase, 2, 2, kMove, kBase + kPage).error, Errno::Einval);
  EXPECT_EQ(remap_pages(world, kTarget, 1, 2, 0).error, Errno::Efault);
  EXPECT_EQ(remap_pages(world, kBase, 9, 10, 0).error, Errno::Efault);
}

TEST(Mremap, TakesPagesAndOffsetsAlong) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.read(ea(kBase + 3 * kPage));
  EXPECT_EQ(remap_pages(world, kBase + 2 * kPage, 4, 4, kMove).address, ea(kTarget));
  EXPECT_EQ(world.read(ea(kTarget + kPage)).exceptions, 0U);
  EXPECT_EQ(world.read(ea(kTarget + kPage)).value, 3U);
  EXPECT_EQ(world.read(ea(kTarget + 2 * kPage)).value, 4U);
  EXPECT_EQ(world.read(ea(kBase + 3 * kPage)).result, FaultResult::MapError);
  EXPECT_EQ(world.stale_translations(), 0U);
}

// linux-vm.md C: file PTEs move as they are, and the grown part is linear.
TEST(Mremap, MovesFileEntriesOfANonlinearMapping) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.remap(kBase, 1, 9, kMapNonblock);
  ASSERT_TRUE(remap_pages(world, kBase, 4, 6, kMove).ok());
  EXPECT_EQ(world.read(ea(kTarget)).value, 9U);
  EXPECT_EQ(world.read(ea(kTarget + 5 * kPage)).value, 5U);
}

// move_vma of mm/mremap.c: where page tables run out on the way, what has moved goes back and the
// new place is unmapped. Found by a storm of 371,018 operations.
TEST(Mremap, WithoutRoomForPageTablesMovesNothing) {
  constexpr std::uint32_t kTwoTables = 0x001F'F000;  // last page of one PTE page, first of the next
  for (const unsigned flags : {kMove, kMove | kMremapDontunmap}) {
    World world(64, 64, 16, "6.1");
    const std::uint32_t from = kBase + kTwoTables;
    const std::uint32_t to = kTarget + kTwoTables;
    const unsigned anonymous = kMapPrivate | kMapAnonymous;
    ASSERT_TRUE(world.map_fixed(from, 2, nullptr, 0, anonymous).ok());
    world.write(ea(from), 7);
    world.write(ea(from + kPage), 8);
    std::vector<FrameNumber> taken;
    while (const auto frame = world.frames.allocate_low()) {
      taken.push_back(*frame);
    }
    ASSERT_FALSE(taken.empty());
    world.frames.release(taken.back());  // one PTE page, where two are wanted
    EXPECT_EQ(remap_pages(world, from, 2, 2, flags, to).error, Errno::Enomem);
    EXPECT_EQ(world.read(ea(from)).value, 7U);
    EXPECT_EQ(world.read(ea(from + kPage)).value, 8U);
    EXPECT_EQ(world.read(ea(to)).result, FaultResult::MapError);
    EXPECT_EQ(world.stale_translations(), 0U);
    EXPECT_EQ(world.space.audit(), std::vector<std::string>{});
  }
}

TEST(Mremap, ShrinksInPlaceAndGrowsIfThereIsRoom) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 8, file.get(), 0);
  EXPECT_EQ(remap_pages(world, kBase, 8, 4, 0).address, ea(kBase));
  EXPECT_EQ(world.read(ea(kBase + 4 * kPage)).result, FaultResult::MapError);
  EXPECT_EQ(remap_pages(world, kBase, 4, 6, 0).address, ea(kBase));
  EXPECT_EQ(world.read(ea(kBase + 5 * kPage)).value, 5U);
  world.map_fixed(kBase + 6 * kPage, 1, file.get(), 0);
  EXPECT_EQ(remap_pages(world, kBase, 6, 7, 0).error, Errno::Enomem);
  EXPECT_TRUE(remap_pages(world, kBase, 6, 7, kMremapMaymove).ok());
}

TEST(Mremap, OfEqualLengthsLooksAtNothingBefore516) {
  World world;
  EXPECT_EQ(remap_pages(world, kBase, 2, 2, 0).address, ea(kBase));
}

// linux-vm.md L: one PID flush whenever the page table exists, even with nothing present.
TEST(Mremap, FlushesForAnEmptyPageTableToo) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.read(ea(kBase));
  remap_pages(world, kBase + 4 * kPage, 2, 2, kMove);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Move, FlushKind::Pid), 1U);
}

TEST(Mremap, WithOldLengthZeroShowsASharedMappingTwice) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 4, file.get(), 2);
  ASSERT_TRUE(remap_pages(world, kBase + kPage, 0, 2, kMove).ok());
  world.write(ea(kTarget + 4), 77);
  EXPECT_EQ(world.read(ea(kBase + kPage + 4)).value, 77U);
  EXPECT_EQ(world.counters().vmas, 2U);
}

TEST(Mremap, DontunmapLeavesAnEmptyMappingBehind) {
  World world(64, 32768, 8192, "6.1");
  world.map_fixed(kBase, 2, nullptr, 0, kMapPrivate);
  world.write(ea(kBase), 5);
  ASSERT_TRUE(remap_pages(world, kBase, 2, 2, kMove | kMremapDontunmap).ok());
  EXPECT_EQ(world.read(ea(kTarget)).value, 5U);
  EXPECT_EQ(world.read(ea(kBase)).value, 0U);
  EXPECT_TRUE(world.space.audit().empty());
}

}  // namespace tessera::vm::test
