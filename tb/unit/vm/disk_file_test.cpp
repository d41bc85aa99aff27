#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

struct DiskWorld : World {
  explicit DiskWorld(const char* kernel = "3.8") : World(64, 32768, 8192, kernel) {}
  std::unique_ptr<File> file = make_file(80, page_index_word, kExt2);
};

}  // namespace

// linux-vm.md A4 row 10c: files whose dirty pages are accounted never become nonlinear.
TEST(DiskFile, IsRemappedWithVmas) {
  DiskWorld world;
  world.map_fixed(kBase, 8, world.file.get(), 0);
  EXPECT_EQ(world.remap(kBase + 2 * kPage, 2, 40), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 3U);
  EXPECT_EQ(world.space.count_present(), 0U);
  EXPECT_EQ(world.read(ea(kBase + 3 * kPage)).value, 41U);
  EXPECT_EQ(world.remap(kBase + 2 * kPage, 2, 2), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 1U);
}

// linux-vm.md L.
TEST(DiskFile, SyncMakesPagesCleanAndReadOnlyAgain) {
  DiskWorld world;
  world.map_fixed(kBase, 8, world.file.get(), 0);
  world.write(ea(kBase + 4), 7);
  world.read(ea(kBase + kPage));
  EXPECT_EQ(world.space.msync(ea(kBase), kPage, kMsSync), Errno::Ok);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Clean, FlushKind::Page), 1U);
  EXPECT_EQ(world.write(ea(kBase + 4), 8).exceptions, 1U);
  EXPECT_EQ(world.stale_translations(), 0U);
}

TEST(DiskFile, Of38IsSyncedWholeAndOf61ByRange) {
  for (const auto& [kernel, cleaned] : {std::pair("3.8", 2U), std::pair("6.1", 1U)}) {
    DiskWorld world(kernel);
    world.map_fixed(kBase, 8, world.file.get(), 0);
    world.write(ea(kBase), 7);
    world.write(ea(kBase + kPage), 7);
    world.space.msync(ea(kBase), kPage, kMsSync);
    EXPECT_EQ(world.counters().flushes_of(FlushCause::Clean, FlushKind::Page), cleaned) << kernel;
  }
}

TEST(DiskFile, ReadsRegainedPagesAroundAMajorFault) {
  DiskWorld world;
  world.map_fixed(kBase, 64, world.file.get(), 0);
  world.file->truncate(PageCount(20));
  world.file->truncate(PageCount(80));
  EXPECT_EQ(world.read(ea(kBase + 40 * kPage)).value, 0U);
  EXPECT_EQ(world.counters().faults_major, 1U);
  EXPECT_TRUE(world.file->is_cached(PageOffset(24)));
  EXPECT_TRUE(world.file->is_cached(PageOffset(55)));
  EXPECT_FALSE(world.file->is_cached(PageOffset(56)));
  world.read(ea(kBase + 41 * kPage));
  EXPECT_EQ(world.counters().faults_major, 1U);
}

TEST(DiskFile, WithRandomAdviceIsReadPageByPage) {
  DiskWorld world;
  world.map_fixed(kBase, 64, world.file.get(), 0);
  world.space.madvise(ea(kBase), 64 * kPage, Advice::Random);
  world.file->truncate(PageCount(20));
  world.file->truncate(PageCount(80));
  world.read(ea(kBase + 40 * kPage));
  world.read(ea(kBase + 41 * kPage));
  EXPECT_EQ(world.counters().faults_major, 2U);
}

TEST(Msync, RefusesBadArgumentsHolesAndLockedMemory) {
  DiskWorld world;
  world.map_fixed(kBase, 2, world.file.get(), 0);
  EXPECT_EQ(world.space.msync(ea(kBase), kPage, 8), Errno::Einval);
  EXPECT_EQ(world.space.msync(ea(kBase + 4), kPage, kMsSync), Errno::Einval);
  EXPECT_EQ(world.space.msync(ea(kBase), kPage, kMsSync | kMsAsync), Errno::Einval);
  EXPECT_EQ(world.space.msync(ea(kBase), 3 * kPage, kMsSync), Errno::Enomem);
  world.space.mlock(ea(kBase), kPage);
  EXPECT_EQ(world.space.msync(ea(kBase), kPage, kMsInvalidate), Errno::Ebusy);
}

}  // namespace tessera::vm::test
