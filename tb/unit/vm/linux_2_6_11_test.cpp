#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

// linux-vm.md A3, B1, C, J: file PTEs, but pages are mapped at once.
namespace tessera::vm::test {

namespace {

struct Linux2611 : ::testing::Test {
  World world{64, 32768, 8192, "2.6.11"};
  SwapArea swap{PageCount(16)};
  std::unique_ptr<File> file = world.make_file(64);
  AddressSpace& space = world.space;

  void map() { world.map_fixed(kBase, 32, file.get(), 0); }
  Errno remap(std::uint32_t page, std::uint64_t pages, std::uint64_t pgoff, unsigned flags = 0) {
    return world.remap(kBase + page * kPage, pages, pgoff, flags);
  }
  static EffectiveAddress at(std::uint32_t page) { return ea(kBase + page * kPage); }
};

}  // namespace

TEST_F(Linux2611, MapsThePagesAtOnceCleanAndCountsNoFault) {
  map();
  EXPECT_EQ(remap(0, 8, 16), Errno::Ok);
  EXPECT_EQ(world.read(at(3)).exceptions, 0U);
  EXPECT_EQ(world.read(at(3)).value, 19U);
  EXPECT_EQ(world.counters().faults_minor + world.counters().faults_major, 0U);
  EXPECT_EQ(world.write(at(3) + Bytes(4), 1).exceptions, 1U);
  EXPECT_TRUE(space.vmas().begin()->second.nonlinear);
  EXPECT_TRUE(space.audit().empty());
}

TEST_F(Linux2611, FlushesOnePageForEachPresentEntryReplaced) {
  map();
  for (std::uint32_t page = 0; page < 5; ++page) world.read(at(page));
  remap(0, 8, 16);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Remap, FlushKind::Page), 5U);
}

TEST_F(Linux2611, PopulatesALinearRequestAndTheVmaStaysLinear) {
  map();
  EXPECT_EQ(remap(4, 4, 4), Errno::Ok);
  EXPECT_EQ(space.count_present(), 4U);
  EXPECT_FALSE(space.vmas().begin()->second.nonlinear);
}

TEST_F(Linux2611, RefusesRightsWhatEndsBehindTheFileAndOffsetsThatDoNotFit) {
  map();
  EXPECT_EQ(space.remap_file_pages(at(0), kPage, kProtRead, 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(at(0), 100, 0, 1, 0), Errno::Einval);
  EXPECT_EQ(remap(0, 4, 62), Errno::Einval);
  EXPECT_EQ(space.count_present(), 0U);
  const auto huge = world.make_file(1ULL << 30U);
  world.map_fixed(kBase, 4, huge.get(), 0);
  EXPECT_EQ(remap(0, 1, (1U << 29U) - 1), Errno::Einval);
  EXPECT_EQ(remap(0, 1, (1U << 29U) - 2), Errno::Ok);
  EXPECT_EQ(world.read(at(0)).value, (1U << 29U) - 2);
}

// Start and size are rounded down, but the VMA is compared with the end as it was given.
TEST_F(Linux2611, ComparesTheVmaWithTheUnroundedEnd) {
  map();
  EXPECT_EQ(space.remap_file_pages(at(31), kPage + 100, 0, 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(at(30), kPage + 100, 0, 1, 0), Errno::Ok);
  EXPECT_EQ(world.read(at(30)).value, 1U);
  EXPECT_EQ(world.read(at(31)).value, 31U);
}

TEST_F(Linux2611, NonblockLeavesAFilePteForAnAbsentPageWhoseFaultIsMajor) {
  const auto holes = world.make_file(64, zero_word);
  world.map_fixed(kBase, 8, holes.get(), 0);
  EXPECT_EQ(remap(0, 2, 8, kMapNonblock), Errno::Ok);
  EXPECT_EQ(space.lookup(at(1)), pte::pgoff_to_pte(space.format(), PageOffset(9)));
  EXPECT_EQ(world.read(at(1)).exceptions, 1U);
  EXPECT_EQ(world.counters().faults_major, 1U);
  EXPECT_TRUE(holes->is_cached(PageOffset(9)));
  holes->truncate(PageCount(8));
  EXPECT_EQ(world.read(at(0)).result, FaultResult::BusError);
}

TEST_F(Linux2611, NonblockMapsWhatIsInMemory) {
  map();
  EXPECT_EQ(remap(0, 8, 16, kMapNonblock), Errno::Ok);
  EXPECT_EQ(space.count_present(), 8U);
}

TEST_F(Linux2611, RemembersTheOffsetOfAPageTakenOutOfMemory) {
  file->use_swap(swap);
  map();
  remap(0, 1, 9);
  world.read(at(0));
  file->reclaim(PageOffset(9));
  EXPECT_TRUE(file->reclaim(PageOffset(9)));
  EXPECT_EQ(space.lookup(at(0)), pte::pgoff_to_pte(space.format(), PageOffset(9)));
  EXPECT_EQ(world.read(at(0)).value, 9U);
}

// Dirty pages of disk files are accounted from 2.6.19, and keep out of nonlinear mappings from
// 2.6.24 on.
TEST_F(Linux2611, MapsDiskFilesNonlinearlyAndWritableFromTheStart) {
  const auto disk = world.make_file(64, page_index_word, kExt2);
  world.map_fixed(kBase, 8, disk.get(), 0);
  EXPECT_EQ(remap(0, 2, 40), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_EQ(world.read(at(1)).value, 41U);
  world.read(at(5));
  EXPECT_TRUE(pte::is_writable(space.format(), space.lookup(at(5))));
  EXPECT_TRUE(space.audit().empty());
}

TEST_F(Linux2611, SyncTakesTheDirtyMarksOfTheRangeAndLeavesTheRightToWrite) {
  map();
  for (std::uint32_t page = 0; page < 3; ++page) world.write(at(page) + Bytes(4), 1);
  world.hardware.forget_flushes();
  EXPECT_EQ(space.msync(at(0), 2 * kPage, kMsAsync), Errno::Ok);
  EXPECT_EQ(world.flushes(FlushKind::Page), 2U);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
  EXPECT_FALSE(pte::is_dirty(space.format(), space.lookup(at(1))));
  EXPECT_TRUE(pte::is_writable(space.format(), space.lookup(at(1))));
  EXPECT_TRUE(pte::is_dirty(space.format(), space.lookup(at(2))));
}

TEST_F(Linux2611, FlushesEachEntryThatMoves) {
  map();
  for (std::uint32_t page = 0; page < 3; ++page) world.read(at(page));
  world.hardware.forget_flushes();
  ASSERT_TRUE(
      space.mremap({at(0), 8 * kPage, 8 * kPage, kMremapMaymove | kMremapFixed, at(64)}).ok());
  EXPECT_EQ(world.flushes(FlushKind::Page), 3U);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Move, FlushKind::Pid), 0U);
}

TEST_F(Linux2611, FlushesWhatItProtectsEvenIfNothingWasThere) {
  map();
  EXPECT_EQ(space.mprotect(at(0), 4 * kPage, kProtRead), Errno::Ok);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
}

TEST_F(Linux2611, ForkCopiesEntriesThatFaultsCouldBringBack) {
  map();
  world.read(at(0));
  const auto child = space.fork(Pid(2));
  EXPECT_TRUE(pte::is_present(space.format(), child->lookup(at(0))));
}

TEST_F(Linux2611, MapsNothingForALengthOfZeroAndCallsWhatWrapsInvalid) {
  EXPECT_TRUE(world.map_fixed(kBase, 0, file.get(), 0).ok());
  EXPECT_EQ(world.counters().vmas, 0U);
  EXPECT_EQ(space.mmap({at(0), 0xffff'ffff, kProtRead, kMapShared, file.get(), 0}).error,
            Errno::Einval);
  EXPECT_EQ(space.mmap({at(0), kPage, kProtRead, kMapShared, file.get(), 0xffff'ffff}).error,
            Errno::Einval);
}

TEST_F(Linux2611, DoesNotKnowHowToRemovePages) {
  map();
  EXPECT_EQ(space.madvise(at(0), kPage, Advice::Remove), Errno::Einval);
}

}  // namespace tessera::vm::test
