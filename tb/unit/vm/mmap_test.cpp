#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

Errno mmap_error(World& world, const MmapRequest& request) {
  return world.space.mmap(request).error;
}

MmapRequest good_request(File* file) {
  return {ea(kBase), kPage, kProtReadWrite, kMapShared | kMapFixed, file, 0, OpenMode::ReadWrite};
}

}  // namespace

// linux-vm.md D1, "3.6 order": each request is wrong in one more way than the one before, from
// the last test to the first, and each time the earlier test decides.
TEST(Mmap, ReportsErrorsInTheKernelsOrder) {
  World world;
  auto file = world.make_file(16);
  MmapRequest request = good_request(file.get());
  EXPECT_EQ(mmap_error(world, request), Errno::Ok);
  request.flags = kMapFixed | kMapType;  // no such type
  EXPECT_EQ(mmap_error(world, request), Errno::Einval);
  request = good_request(file.get());
  request.mode = OpenMode::ReadOnly;
  EXPECT_EQ(mmap_error(world, request), Errno::Eacces);
  request.address = ea(kBase + 4);
  EXPECT_EQ(mmap_error(world, request), Errno::Einval);
  request.address = ea(0xc000'0004);
  EXPECT_EQ(mmap_error(world, request), Errno::Enomem);
  request.page_offset = 0xffff'ffff;
  EXPECT_EQ(mmap_error(world, request), Errno::Eoverflow);
  request.length_bytes = 0xffff'f001;
  EXPECT_EQ(mmap_error(world, request), Errno::Enomem);
  request.length_bytes = 0;
  EXPECT_EQ(mmap_error(world, request), Errno::Einval);
  request.file = nullptr;
  EXPECT_EQ(mmap_error(world, request), Errno::Ebadf);
  EXPECT_EQ(world.counters().mapping_calls, 9U);
  EXPECT_EQ(world.counters().mapping_calls_failed, 8U);
}

TEST(Mmap, NeedsAReadableDescriptorForAnyMapping) {
  World world;
  auto file = world.make_file(16);
  MmapRequest request = good_request(file.get());
  request.mode = OpenMode::WriteOnly;
  EXPECT_EQ(mmap_error(world, request), Errno::Eacces);
  request.flags = kMapPrivate | kMapFixed;
  EXPECT_EQ(mmap_error(world, request), Errno::Eacces);
  request.mode = OpenMode::ReadOnly;  // private: writes never reach the file
  EXPECT_EQ(mmap_error(world, request), Errno::Ok);
}

TEST(Mmap, FindsTheLowestGapAboveTheUnmappedBase) {
  World world;
  const MmapRequest request{ea(0),   4 * kPage, kProtReadWrite,     kMapPrivate | kMapAnonymous,
                            nullptr, 0,         OpenMode::ReadWrite};
  EXPECT_EQ(world.space.mmap(request).address, ea(0x4800'0000));
  EXPECT_EQ(world.space.mmap(request).address, ea(0x4800'4000));
  world.space.munmap(ea(0x4800'1000), 4 * kPage);
  EXPECT_EQ(world.space.mmap(request).address, ea(0x4800'1000));
  EXPECT_TRUE(world.space.audit().empty());
}

TEST(Mmap, TakesAHintOnlyIfTheRangeIsFree) {
  World world;
  MmapRequest request{ea(0x1000'0123), kPage, kProtReadWrite,     kMapPrivate | kMapAnonymous,
                      nullptr,         0,     OpenMode::ReadWrite};
  EXPECT_EQ(world.space.mmap(request).address, ea(0x1000'0000));
  EXPECT_EQ(world.space.mmap(request).address, ea(0x4800'0000));
  request.length_bytes = 0xbfff'f000;
  EXPECT_EQ(mmap_error(world, request), Errno::Enomem);
}

// linux-vm.md A7: VMAs of a window = runs of contiguous offsets.
TEST(Mmap, LeavesAsManyVmasAsRuns) {
  World world;
  auto file = world.make_file(64);
  world.map_fixed(kBase, 16, file.get(), 0);
  for (std::uint32_t page = 0; page < 16; page += 2) {
    world.map_fixed(kBase + page * kPage, 2, file.get(), 14 - page);
  }
  EXPECT_EQ(world.counters().vmas, 8U);
  for (std::uint32_t page = 0; page < 16; ++page) {
    world.map_fixed(kBase + page * kPage, 1, file.get(), 15 - page);
  }
  EXPECT_EQ(world.counters().vmas, 16U);
  for (std::uint32_t page = 0; page < 16; ++page) {
    world.map_fixed(kBase + page * kPage, 1, file.get(), page);
  }
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_EQ(world.counters().vma_bytes, 88U);
  EXPECT_TRUE(world.space.audit().empty());
}

TEST(Mmap, CountsThePeakOfVmasWithinACall) {
  World world;
  auto file = world.make_file(64);
  world.map_fixed(kBase, 16, file.get(), 0);
  world.map_fixed(kBase + 4 * kPage, 1, file.get(), 4);  // cut in three, then whole again
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_EQ(world.counters().vmas_peak, 3U);
}

TEST(Mmap, KeepsDifferentKindsApart) {
  World world;
  auto file = world.make_file(64);
  auto other = world.make_file(64);
  world.map_fixed(kBase, 1, file.get(), 0);
  world.map_fixed(kBase + kPage, 1, other.get(), 1);
  world.map_fixed(kBase + 2 * kPage, 1, other.get(), 2, kMapShared, kProtRead);
  world.map_fixed(kBase + 3 * kPage, 1, other.get(), 3, kMapPrivate, kProtRead);
  EXPECT_EQ(world.counters().vmas, 4U);
}

TEST(Mmap, AFixedMappingFlushesThePidOnlyIfSomethingWasPresent) {
  World world;
  auto file = world.make_file(64);
  world.map_fixed(kBase, 16, file.get(), 0);
  world.map_fixed(kBase, 2, file.get(), 8);
  EXPECT_EQ(world.hardware.flushes().size(), 0U);
  world.read(ea(kBase));
  world.map_fixed(kBase, 2, file.get(), 20);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Unmap, FlushKind::Pid), 1U);
  EXPECT_EQ(world.read(ea(kBase)).value, 20U);
}

TEST(Mmap, PopulateFaultsPagesInAndNonblockSuppressesIt) {
  World world;
  auto file = world.make_file(64);
  world.map_fixed(kBase, 8, file.get(), 0, kMapShared | kMapPopulate);
  EXPECT_EQ(world.counters().faults_by_prefault, 8U);
  EXPECT_EQ(world.read(ea(kBase + 7 * kPage)).exceptions, 0U);
  EXPECT_EQ(world.write(ea(kBase + 4), 1).exceptions, 1U);  // populated clean
  world.map_fixed(kBase, 8, file.get(), 8, kMapShared | kMapPopulate | kMapNonblock);
  EXPECT_EQ(world.counters().faults_by_prefault, 8U);
  world.map_fixed(kBase, 8, nullptr, 0, kMapPrivate | kMapPopulate);
  EXPECT_EQ(world.write(ea(kBase), 1).exceptions, 0U);  // private: populated for writing
  EXPECT_TRUE(world.space.audit().empty());
}

TEST(Mmap, PopulateSkipsMappingsNobodyMayReadAndStopsAtTheEndOfTheFile) {
  World world;
  auto file = world.make_file(4);
  world.map_fixed(kBase, 4, file.get(), 0, kMapShared | kMapPopulate, kProtNone);
  EXPECT_EQ(world.counters().faults_by_prefault, 0U);
  const auto result = world.map_fixed(kBase, 8, file.get(), 0, kMapShared | kMapPopulate);
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(world.counters().faults_by_prefault, 4U);
}

// Nodes for the worst case: 1, and 3 a level of the tree (mas_preallocate, 6.1).
TEST(Mmap, SetsNodesAsideForEachChangeOfATreeThatWantsIt) {
  for (const char* kernel : {"3.8", "6.1"}) {
    World world(64, 32768, 8192, kernel);
    auto file = world.make_file(16);
    world.map_fixed(kBase, 8, file.get(), 0);
    const std::uint64_t before = world.counters().work_of(KernelWork::VmaTreeNode);
    world.map_fixed(kBase + 4 * kPage, 1, file.get(), 9);  // unmaps, cuts twice, maps
    const std::uint64_t nodes = world.counters().work_of(KernelWork::VmaTreeNode) - before;
    EXPECT_EQ(nodes, world.space.kernel().vma_tree.sets_nodes_aside ? 4 * (1 + 3) : 0) << kernel;
  }
}

}  // namespace tessera::vm::test
