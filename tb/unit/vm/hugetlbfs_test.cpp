#include <gtest/gtest.h>

#include "sw/vm/huge_file.hpp"
#include "tb/unit/vm/huge_world.hpp"

// Files on a hugetlbfs: linux-vm.md D1, hugetlbfs_file_mmap and hugetlb_reserve_pages.
namespace tessera::vm::test {

namespace {

/// A world with a file of two huge pages, none of them there.
struct FileWorld : HugeWorld {
  explicit FileWorld(std::uint64_t nr_hugepages = 4, const char* kernel = "3.8")
      : HugeWorld(kernel, nr_hugepages) {
    file = HugeFile::make(frames.huge_pool(), 2, false);
  }

  MmapResult map_file(std::uint64_t pages, std::uint64_t first = 0,
                      unsigned protection = kProtReadWrite, unsigned type = kMapShared) {
    MmapRequest request{at(0), pages * kHuge, protection, type | kMapFixed};
    request.huge_file = file;
    request.page_offset = first * kHugePage.value();
    return space.mmap(request);
  }

  std::shared_ptr<HugeFile> file;
};

}  // namespace

TEST(Hugetlbfs, WhatIsWrittenStaysInTheFile) {
  FileWorld world;
  ASSERT_TRUE(world.map_file(1).ok());
  ASSERT_EQ(world.user.store(HugeWorld::at(0, 8), 7).result, FaultResult::Resolved);
  ASSERT_TRUE(world.map_file(1, 1).ok());
  EXPECT_EQ(world.user.load(HugeWorld::at(0, 8)).word, 0U);
  ASSERT_TRUE(world.map_file(2).ok());
  EXPECT_EQ(world.user.load(HugeWorld::at(0, 8)).word, 7U);
  EXPECT_EQ(world.pool().free(), 2U);
  EXPECT_TRUE(world.sound());
}

// Each page once, whoever maps it and however often.
TEST(Hugetlbfs, PromisesAreTheFiles) {
  FileWorld world(2);
  ASSERT_TRUE(world.map_file(2).ok());
  EXPECT_EQ(world.pool().reserved(), 2U);
  ASSERT_TRUE(world.map_file(2).ok());
  EXPECT_EQ(world.pool().reserved(), 2U);
  world.space.munmap(HugeWorld::at(0), 2 * kHuge);
  EXPECT_EQ(world.pool().reserved(), 2U);
  world.file.reset();
  EXPECT_EQ(world.pool().reserved(), 0U);
  EXPECT_EQ(world.pool().free(), 2U);
}

TEST(Hugetlbfs, IsEnomemWhenThePoolHasNotEnoughAndTheFileIsAsItWas) {
  FileWorld world(2);
  EXPECT_EQ(world.map_file(3).error, Errno::Enomem);
  EXPECT_EQ(world.file->pages(), 2U);
  EXPECT_EQ(world.pool().reserved(), 0U);
  EXPECT_TRUE(world.map_file(2).ok());
}

// hugetlbfs_file_mmap: i_size grows with a mapping that may write.
TEST(Hugetlbfs, GrowsUnderAWritableMappingAndEndsInSigbusUnderAnother) {
  FileWorld world;
  ASSERT_TRUE(world.map_file(3, 0, kProtRead).ok());
  EXPECT_EQ(world.user.load(HugeWorld::at(1)).result, FaultResult::Resolved);
  EXPECT_EQ(world.user.load(HugeWorld::at(2)).result, FaultResult::BusError);
  ASSERT_TRUE(world.map_file(3).ok());
  EXPECT_EQ(world.file->pages(), 3U);
  EXPECT_EQ(world.user.load(HugeWorld::at(2)).result, FaultResult::Resolved);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlbfs, IsMappedWholeAndSharedOnly) {
  FileWorld world;
  MmapRequest request{HugeWorld::at(0), kHuge, kProtReadWrite, kMapShared | kMapFixed};
  request.huge_file = world.file;
  const auto error_of = [&](auto change) {
    MmapRequest changed = request;
    change(changed);
    return world.space.mmap(changed).error;
  };
  EXPECT_EQ(error_of([](MmapRequest&) {}), Errno::Ok);
  EXPECT_EQ(error_of([](MmapRequest& r) { r.length_bytes = kHuge + kPage; }), Errno::Einval);
  EXPECT_EQ(error_of([](MmapRequest& r) { r.page_offset = 1; }), Errno::Einval);
  EXPECT_EQ(error_of([](MmapRequest& r) { r.address = ea(kBase + kPage); }), Errno::Einval);
  EXPECT_EQ(error_of([](MmapRequest& r) { r.flags = kMapPrivate | kMapFixed; }), Errno::Einval);
}

// VM_MAYSHARE without VM_SHARED still shows the file's pages, and keeps its promises.
TEST(Hugetlbfs, AReadOnlyDescriptorSeesTheFile) {
  FileWorld world;
  ASSERT_TRUE(world.map_file(1).ok());
  ASSERT_EQ(world.user.store(HugeWorld::at(0, 8), 7).result, FaultResult::Resolved);
  MmapRequest request{HugeWorld::at(0), kHuge, kProtRead, kMapShared | kMapFixed};
  request.huge_file = world.file;
  request.mode = OpenMode::ReadOnly;
  ASSERT_TRUE(world.space.mmap(request).ok());
  EXPECT_EQ(world.user.load(HugeWorld::at(0, 8)).word, 7U);
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlbfs, IsNeverRemapped) {
  for (const char* kernel : {"3.8", "6.1"}) {
    FileWorld world(4, kernel);
    ASSERT_TRUE(world.map_file(2).ok());
    EXPECT_EQ(world.space.remap_file_pages(HugeWorld::at(0), kHuge, 0, 1024, 0), Errno::Einval)
        << kernel;
  }
}

}  // namespace tessera::vm::test
