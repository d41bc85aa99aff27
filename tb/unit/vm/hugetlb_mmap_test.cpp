#include <gtest/gtest.h>

#include "tb/unit/vm/huge_world.hpp"

// mmap with MAP_HUGETLB: linux-vm.md D1, and e500mc-mmu.md 5.1 for who has huge pages at all.
namespace tessera::vm::test {

namespace {

constexpr unsigned kAnywhere = kMapPrivate | kMapAnonymous | kMapHugetlb;

Errno mmap_error(HugeWorld& world, const MmapRequest& request) {
  return world.space.mmap(request).error;
}

}  // namespace

TEST(HugetlbMmap, MapsWholeHugePagesAtTheFirstBoundary) {
  HugeWorld world;
  const MmapResult first = world.space.mmap({ea(0), kHuge, kProtReadWrite, kAnywhere});
  EXPECT_EQ(first.address, ea(0x4800'0000));
  world.space.mmap({ea(0), kPage, kProtReadWrite, kMapPrivate | kMapAnonymous});
  const MmapResult second = world.space.mmap({ea(0), kHuge, kProtReadWrite, kAnywhere});
  EXPECT_EQ(second.address, ea(0x4880'0000));
  EXPECT_TRUE(world.sound());
}

// hugetlb_get_unmapped_area.
TEST(HugetlbMmap, RoundsAHintUp) {
  HugeWorld world;
  const MmapResult mapped = world.space.mmap({ea(kBase + 1), kHuge, kProtReadWrite, kAnywhere});
  EXPECT_EQ(mapped.address, HugeWorld::at(1));
}

// ALIGN in sys_mmap_pgoff.
TEST(HugetlbMmap, RoundsTheLengthUp) {
  HugeWorld world;
  ASSERT_TRUE(world.space.mmap({ea(0), kHuge + 1, kProtReadWrite, kAnywhere}).ok());
  EXPECT_EQ(world.space.vmas().begin()->second.pages(), PageCount(2048));
  EXPECT_EQ(world.pool().reserved(), 2U);
}

TEST(HugetlbMmap, RefusesNoLengthAndALengthThatWraps) {
  HugeWorld world;
  EXPECT_EQ(mmap_error(world, {ea(0), 0, kProtReadWrite, kAnywhere}), Errno::Einval);
  EXPECT_EQ(mmap_error(world, {ea(0), 0xffff'ffff, kProtReadWrite, kAnywhere}), Errno::Einval);
}

// D1 row 9.
TEST(HugetlbMmap, RefusesAFixedAddressInsideAHugePage) {
  HugeWorld world;
  const unsigned fixed = kAnywhere | kMapFixed;
  EXPECT_EQ(mmap_error(world, {ea(kBase + kPage), kHuge, kProtReadWrite, fixed}), Errno::Einval);
  EXPECT_EQ(mmap_error(world, {ea(0xc000'0000), kHuge, kProtReadWrite, fixed}), Errno::Enomem);
}

// D1 row 10.
TEST(HugetlbMmap, ReplacesNothingWithNoreplace) {
  HugeWorld world("6.1");
  ASSERT_TRUE(world.map(1).ok());
  const unsigned noreplace = kAnywhere | kMapFixedNoreplace;
  EXPECT_EQ(mmap_error(world, {HugeWorld::at(0), kHuge, 3, noreplace}), Errno::Eexist);
  EXPECT_EQ(mmap_error(world, {HugeWorld::at(1), kHuge, 3, noreplace}), Errno::Ok);
}

// D1 row 2.
TEST(HugetlbMmap, RefusesFilesAndUnknownSizes) {
  HugeWorld world;
  File file("A", PageCount(1024), page_index_word, world.frames, world.hardware);
  EXPECT_EQ(mmap_error(world, {ea(0), kHuge, kProtRead, kMapShared | kMapHugetlb, &file}),
            Errno::Einval);
  EXPECT_EQ(mmap_error(world, {ea(0), kHuge, kProtRead, kAnywhere | 22U << kMapHugeShift}),
            Errno::Ok);
  EXPECT_EQ(mmap_error(world, {ea(0), kHuge, kProtRead, kAnywhere | 24U << kMapHugeShift}),
            Errno::Einval);
}

// Row 21 comes before the pool is asked.
TEST(HugetlbMmap, RefusesNoMapType) {
  HugeWorld world("3.8", 0);
  EXPECT_EQ(mmap_error(world, {ea(0), kHuge, kProtRead, kMapAnonymous | kMapHugetlb}),
            Errno::Einval);
}

// Row 26: hugetlbfs_file_mmap comes after the unmapping.
TEST(HugetlbMmap, AnEmptyPoolIsEnomemAndLeavesAHole) {
  HugeWorld world("3.8", 2);
  ASSERT_TRUE(world.map(2).ok());
  EXPECT_EQ(world.map(1, kMapPrivate, kProtReadWrite, 4).error, Errno::Enomem);
  EXPECT_EQ(world.map(3).error, Errno::Enomem);
  EXPECT_EQ(world.space.vmas().size(), 0U);
  EXPECT_EQ(world.pool().reserved(), 0U);
}

// 5.1: huge pages of 32-bit e500 need PTEs of 64 bits.
TEST(HugetlbMmap, NeedsAKernelThatHasHugePages) {
  HugeWorld narrow("3.8", 4, "fsl32");
  EXPECT_EQ(narrow.map(1).error, Errno::Einval);
  HugeWorld other("6.18", 4);
  EXPECT_EQ(other.map(1).error, Errno::Einval);
  for (const char* kernel : {"3.8", "3.18", "4.1", "6.1", "6.6"}) {
    HugeWorld world(kernel);
    EXPECT_EQ(world.map(1).error, Errno::Ok) << kernel;
    EXPECT_TRUE(world.user.store(HugeWorld::at(0, 8), 7).result == FaultResult::Resolved);
    EXPECT_TRUE(world.sound()) << kernel;
  }
}

// MAP_HUGETLB came with 2.6.32: before, nobody looks at the bit.
TEST(HugetlbMmap, OlderKernelsIgnoreTheFlag) {
  HugeWorld world("2.6.11");
  ASSERT_EQ(world.map(1).error, Errno::Ok);
  EXPECT_FALSE(world.space.vmas().begin()->second.hugetlb());
  EXPECT_EQ(world.pool().reserved(), 0U);
}

// A file of its own for each mapping: hugetlbfs VMAs do not merge.
TEST(HugetlbMmap, NeighboursDoNotMerge) {
  HugeWorld world;
  world.map(1);
  world.map(1, kMapPrivate, kProtReadWrite, 1);
  EXPECT_EQ(world.space.vmas().size(), 2U);
}

TEST(HugetlbMmap, LockedOrPopulatedMappingsHaveTheirPagesAtOnce) {
  for (const unsigned flag : {kMapPopulate, kMapLocked}) {
    HugeWorld world;
    ASSERT_TRUE(world.map(2, kMapPrivate | flag).ok());
    EXPECT_EQ(world.pool().free(), 2U);
    EXPECT_EQ(world.space.counters().faults_by_prefault, 2U);
    EXPECT_FALSE(world.space.vmas().begin()->second.locked);
    EXPECT_TRUE(world.sound());
  }
}

}  // namespace tessera::vm::test
