#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

// linux-vm.md A1, J: the first remap_file_pages.
namespace tessera::vm::test {

namespace {

struct Linux2542 : ::testing::Test {
  World world{64, 32768, 8192, "2.5.42"};
  SwapArea swap{PageCount(16)};
  std::unique_ptr<File> file = world.make_file(64);

  void map(std::uint64_t pages = 32, unsigned protection = kProtReadWrite) {
    world.map_fixed(kBase, pages, file.get(), 0, kMapShared, protection);
  }
  Errno remap(std::uint32_t page, std::uint64_t pages, std::uint64_t pgoff, unsigned flags = 0,
              unsigned protection = kProtReadWrite) {
    return world.space.remap_file_pages(at(page), pages * kPage, protection, pgoff, flags);
  }
  static EffectiveAddress at(std::uint32_t page) { return ea(kBase + page * kPage); }
};

}  // namespace

TEST_F(Linux2542, MapsThePagesAtOnceAndCountsNoFault) {
  map();
  EXPECT_EQ(remap(0, 8, 16), Errno::Ok);
  for (std::uint32_t page = 0; page < 8; ++page) {
    const Access access = world.read(at(page));
    EXPECT_EQ(access.value, 16 + page);
    EXPECT_EQ(access.exceptions, 0U);
  }
  EXPECT_EQ(world.counters().faults_minor + world.counters().faults_major, 0U);
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST_F(Linux2542, FlushesEveryPageWhetherSomethingWasThereOrNot) {
  map();
  remap(0, 8, 16);
  EXPECT_EQ(world.flushes(FlushKind::Page), 8U);
  remap(0, 8, 24);
  EXPECT_EQ(world.flushes(FlushKind::Page), 16U);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 0U);
  EXPECT_EQ(world.stale_translations(), 0U);
}

TEST_F(Linux2542, RoundsStartAndSizeUp) {
  map();
  EXPECT_EQ(world.space.remap_file_pages(at(0) + Bytes(100), kPage - 50, kProtReadWrite, 7, 0),
            Errno::Ok);
  EXPECT_EQ(world.read(at(0)).value, 0U);
  EXPECT_EQ(world.read(at(1)).value, 7U);
  EXPECT_EQ(world.read(at(2)).value, 2U);
}

TEST_F(Linux2542, RefusesWhatItsOneTestRefuses) {
  map(4);
  EXPECT_EQ(remap(0, 0, 1), Errno::Einval);
  EXPECT_EQ(remap(3, 2, 1), Errno::Einval);
  EXPECT_EQ(remap(8, 1, 1), Errno::Einval);
  world.map_fixed(kBase, 4, file.get(), 0, kMapPrivate);
  EXPECT_EQ(remap(0, 1, 1), Errno::Einval);
}

// The end it compares with the VMA is not the one that it maps up to.
TEST_F(Linux2542, MapsBehindTheVmaIfTheCallIsNotAligned) {
  map(2);
  EXPECT_EQ(world.space.remap_file_pages(at(0) + Bytes(1), kPage + 1, kProtReadWrite, 9, 0),
            Errno::Ok);
  EXPECT_EQ(world.read(at(2)).value, 10U);
  EXPECT_EQ(world.counters().vmas, 1U);
}

TEST_F(Linux2542, TakesTheProtectionForTheRightsOfThePagesWhateverTheVmas) {
  map(32, kProtRead);
  EXPECT_EQ(remap(0, 1, 9), Errno::Ok);
  EXPECT_EQ(world.write(at(0) + Bytes(4), 1).exceptions, 0U);
  EXPECT_EQ(world.write(at(1), 1).result, FaultResult::AccessError);
  EXPECT_EQ(remap(0, 1, 9, 0, kProtNone), Errno::Ok);
  EXPECT_EQ(world.read(at(0)).result, FaultResult::AccessError);
}

TEST_F(Linux2542, LooksForTheEndOfTheFilePageByPageOnShmemOnly) {
  map();
  EXPECT_EQ(remap(0, 4, 62), Errno::Efault);
  EXPECT_EQ(world.read(at(1)).value, 63U);  // what came before stays
  EXPECT_EQ(remap(0, 1, 0xffff'ffff), Errno::Efault);
  const auto disk = world.make_file(64, page_index_word, kExt2);
  world.map_fixed(kBase, 8, disk.get(), 0);
  EXPECT_EQ(remap(0, 4, 62), Errno::Einval);
  EXPECT_EQ(world.space.count_present(), 0U);
}

TEST_F(Linux2542, NonblockLeavesAbsentShmemPagesAndFailsOnAbsentDiskPages) {
  const auto holes = world.make_file(64, zero_word);
  world.map_fixed(kBase, 8, holes.get(), 0);
  EXPECT_EQ(remap(0, 4, 8, kMapNonblock), Errno::Ok);
  EXPECT_EQ(world.space.count_present(), 0U);
  const auto disk = world.make_file(64, zero_word, kExt2);
  world.map_fixed(kBase, 8, disk.get(), 0);
  EXPECT_EQ(remap(0, 4, 8, kMapNonblock), Errno::Enomem);
  EXPECT_EQ(remap(0, 4, 8), Errno::Ok);
}

// The wrong data that MAP_LOCKED was advised against.
TEST_F(Linux2542, ComesBackWithTheLinearPageAfterItWasTakenOutOfMemory) {
  file->use_swap(swap);
  map();
  remap(0, 1, 9);
  EXPECT_EQ(world.read(at(0)).value, 9U);
  file->reclaim(PageOffset(9));  // used lately: it only loses its mark
  EXPECT_TRUE(file->reclaim(PageOffset(9)));
  EXPECT_TRUE(pte::is_none(world.space.format(), world.space.lookup(at(0))));
  EXPECT_EQ(world.read(at(0)).value, 0U);
  EXPECT_TRUE(world.space.audit().empty());
}

// Derived: VMAs stay in the linear list, so that truncation looks at linear places alone.
TEST_F(Linux2542, KeepsPagesThatTheFileLostAndNoFrameIsUsedTwice) {
  map();
  remap(0, 1, 40);
  EXPECT_EQ(world.read(at(0)).value, 40U);
  file->truncate(PageCount(8));
  file->truncate(PageCount(64));
  EXPECT_EQ(world.read(at(0)).value, 40U);
  for (std::uint32_t page = 8; page < 32; ++page) EXPECT_EQ(world.read(at(page)).value, 0U);
  EXPECT_TRUE(world.space.audit().empty());
  const std::uint64_t owned = world.frames.owned().value();
  EXPECT_EQ(world.space.munmap(at(0), kPage), Errno::Ok);
  EXPECT_EQ(world.frames.owned().value(), owned - 1);
}

TEST_F(Linux2542, PopulatesANewMappingByRemappingItsOwnRange) {
  world.map_fixed(kBase, 8, file.get(), 4, kMapShared | kMapPopulate);
  EXPECT_EQ(world.space.count_present(), 8U);
  EXPECT_EQ(world.flushes(FlushKind::Page), 8U);
  EXPECT_EQ(world.read(at(3)).value, 7U);
  EXPECT_EQ(world.counters().faults_minor, 0U);
  world.map_fixed(kBase, 8, file.get(), 4, kMapPrivate | kMapPopulate);
  EXPECT_EQ(world.space.count_present(), 0U);  // not shared: refused, and nobody looks
}

}  // namespace tessera::vm::test
