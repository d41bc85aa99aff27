#include <gtest/gtest.h>

#include "tb/unit/vm/kernel_world.hpp"

/// The page cache of files on a disk: what a major fault reads, what is written back, and what may
/// go when memory is short (decision 12).
namespace tessera::vm::test {

namespace {

FileSystem disk_with_readahead(std::uint64_t pages) {
  FileSystem file_system = kExt2;
  file_system.read_around = PageCount(pages);
  return file_system;
}

/// A cold file of 80 pages, mapped shared from its beginning.
struct ColdWorld : World {
  explicit ColdWorld(std::uint64_t readahead, const char* kernel = "3.8")
      : World(64, 32768, 8192, kernel),
        disk(disk_with_readahead(readahead)),
        file("cold", PageCount(80), &page_index_word, frames, hardware, disk, FileCache::Cold) {
    map_fixed(kBase, 64, &file, 0);
  }

  static EffectiveAddress at(std::uint32_t page) { return ea(kBase + page * kPage); }

  std::uint64_t major_after(std::uint32_t page) {
    const std::uint64_t before = counters().faults_major;
    EXPECT_EQ(read(at(page)).value, page);
    return counters().faults_major - before;
  }

  std::uint64_t cleaned() const {
    return counters().flushes_of(FlushCause::Clean, FlushKind::Page);
  }

  /// Takes a page out of the cache, whose first try only takes its mark of use.
  void evict(std::uint32_t page) {
    file.reclaim(PageOffset(page));
    EXPECT_TRUE(file.reclaim(PageOffset(page)));
  }

  FileSystem disk;
  File file;
};

constexpr EffectiveAddress behind(EffectiveAddress address) { return address + Bytes(8); }

}  // namespace

TEST(PageCache, OfAColdFileIsEmpty) {
  ColdWorld world(32);
  for (std::uint64_t page = 0; page < 80; ++page) {
    EXPECT_FALSE(world.file.is_cached(PageOffset(page)));
  }
}

TEST(PageCache, WithoutReadaheadEveryPageIsAMajorFault) {
  ColdWorld world(0);
  for (const std::uint32_t page : {40U, 41U, 39U, 0U}) EXPECT_EQ(world.major_after(page), 1U);
  EXPECT_EQ(world.file.cached_pages(), PageCount(4));
}

// linux-vm.md L: from max(0, index - half).
TEST(PageCache, ReadaheadMakesNeighboursMinorFaults) {
  ColdWorld world(8);
  EXPECT_EQ(world.major_after(40), 1U);
  for (const std::uint32_t page : {36U, 39U, 43U}) EXPECT_EQ(world.major_after(page), 0U) << page;
  EXPECT_EQ(world.major_after(35), 1U);
  EXPECT_EQ(world.major_after(44), 1U);
  EXPECT_EQ(world.counters().faults_minor, 3U);
}

TEST(PageCache, RandomAdviceTurnsReadaheadOff) {
  ColdWorld world(8);
  world.space.madvise(ColdWorld::at(0), 64 * kPage, Advice::Random);
  EXPECT_EQ(world.major_after(40), 1U);
  EXPECT_EQ(world.major_after(41), 1U);
}

TEST(PageCache, FaultAroundMapsWhatReadaheadBrought) {
  ColdWorld world(8, "6.6");
  EXPECT_EQ(world.major_after(40), 1U);
  EXPECT_EQ(world.major_after(41), 0U);
  // Of the block of 16 pages from 32 on, 36 to 43 are in the cache.
  EXPECT_EQ(world.space.count_present(), 8U);
}

TEST(PageCache, WriteBackCleansEveryEntryAndReachesTheDisk) {
  ColdWorld world(8);
  world.map_fixed(kBase + 64 * kPage, 8, &world.file, 0);
  world.write(behind(ColdWorld::at(1)), 7);
  world.write(behind(ColdWorld::at(65)), 8);
  world.write(behind(ColdWorld::at(2)), 9);
  EXPECT_EQ(world.file.dirty_pages(), PageCount(2));
  world.file.write_back(PageOffset(1), PageOffset(2));
  EXPECT_EQ(world.cleaned(), 2U);  // both mappings of page 1
  EXPECT_EQ(world.file.dirty_pages(), PageCount(1));
  EXPECT_EQ(world.stale_translations(), 0U);
  EXPECT_EQ(world.write(behind(ColdWorld::at(1)), 10).exceptions, 1U);
  EXPECT_TRUE(world.file.is_dirty(PageOffset(1)));
  EXPECT_TRUE(world.space.audit().empty());
}

TEST(PageCache, ACleanPageIsDroppedAndReadBack) {
  ColdWorld world(8);
  world.write(behind(ColdWorld::at(5)), 77);
  world.space.msync(ColdWorld::at(0), 64 * kPage, kMsSync);
  EXPECT_EQ(world.file.dirty_pages(), PageCount(0));
  world.evict(5);
  EXPECT_EQ(world.major_after(5), 1U);
  EXPECT_EQ(world.read(behind(ColdWorld::at(5))).value, 77U);
}

TEST(PageCache, ADirtyPageIsWrittenBeforeItGoes) {
  for (const std::string_view kernel : kernel_names()) {
    ColdWorld world(8, std::string(kernel).c_str());
    world.write(behind(ColdWorld::at(5)), 77);
    world.evict(5);
    EXPECT_EQ(world.read(behind(ColdWorld::at(5))).value, 77U) << kernel;
    EXPECT_EQ(world.file.dirty_pages(), PageCount(0)) << kernel;
  }
}

TEST(PageCache, UnmappingKeepsWhatWasWritten) {
  for (const std::string_view kernel : kernel_names()) {
    ColdWorld world(8, std::string(kernel).c_str());
    world.write(behind(ColdWorld::at(5)), 77);
    world.space.munmap(ColdWorld::at(0), 64 * kPage);
    EXPECT_TRUE(world.file.is_dirty(PageOffset(5))) << kernel;
    EXPECT_TRUE(world.file.reclaim(PageOffset(5))) << kernel;
    world.map_fixed(kBase, 64, &world.file, 0);
    EXPECT_EQ(world.read(behind(ColdWorld::at(5))).value, 77U) << kernel;
  }
}

// linux-vm.md C, msync; a first write is noticed from 2.6.19 on.
TEST(PageCache, OldMsyncWritesBackWhatItFindsDirty) {
  ColdWorld world(8, "2.6.11");
  world.write(behind(ColdWorld::at(5)), 77);
  EXPECT_EQ(world.file.dirty_pages(), PageCount(0));
  world.space.msync(ColdWorld::at(0), 64 * kPage, kMsAsync);
  EXPECT_EQ(world.file.dirty_pages(), PageCount(1));
  world.space.msync(ColdWorld::at(0), 64 * kPage, kMsSync);
  EXPECT_EQ(world.file.dirty_pages(), PageCount(0));
}

// balance_dirty_pages (linux-vm.md B2): the page just written stays dirty.
TEST(PageCache, ADirtyThresholdWritesTheOthersBack) {
  Personality kernel = *find_kernel("3.8");
  kernel.file_fault.dirty_threshold = PageCount(3);
  World world(kernel, 64, 32768, 8192);
  const auto file = world.make_file(80, page_index_word, kExt2);
  world.map_fixed(kBase, 64, file.get(), 0);
  for (std::uint32_t page = 0; page < 3; ++page) world.write(ColdWorld::at(page), 1);
  EXPECT_EQ(file->dirty_pages(), PageCount(3));
  EXPECT_EQ(world.write(ColdWorld::at(3), 1).exceptions, 1U);
  EXPECT_EQ(file->dirty_pages(), PageCount(1));
  EXPECT_TRUE(file->is_dirty(PageOffset(3)));
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Clean, FlushKind::Page), 3U);
  EXPECT_EQ(world.stale_translations(), 0U);
}

TEST(PageCache, GivesPagesBackWhenMemoryIsShort) {
  for (const std::string_view kernel : kernel_names()) {
    World world(64, 64, 32, std::string(kernel).c_str());
    const auto file = world.make_file(400, page_index_word, kExt2);
    world.map_fixed(kBase, 400, file.get(), 0);
    for (std::uint32_t page = 0; page < 400; ++page) {
      ASSERT_EQ(world.write(behind(ColdWorld::at(page)), 1000 + page).result, FaultResult::Resolved)
          << kernel << " page " << page;
    }
    EXPECT_LT(file->cached_pages(), PageCount(64)) << kernel;
    for (std::uint32_t page = 0; page < 400; ++page) {
      ASSERT_EQ(world.read(ColdWorld::at(page)).value, page) << kernel;
      ASSERT_EQ(world.read(behind(ColdWorld::at(page))).value, 1000 + page) << kernel;
    }
    EXPECT_GT(world.counters().faults_major, 300U) << kernel;
    EXPECT_TRUE(world.space.audit().empty()) << kernel;
    EXPECT_EQ(world.stale_translations(), 0U) << kernel;
  }
}

// A store whose page is mapped clean first faults twice. Were the second fault, which needs no
// frame, to make room, it might take just that page, and the store would fault for ever.
TEST(PageCache, IsLeftAloneByAFaultThatNeedsNoFrame) {
  World world(64, 64, 32, "2.6.11");
  const auto file = world.make_file(8, page_index_word, kExt2);
  world.map_fixed(kBase, 8, file.get(), 0);
  ASSERT_EQ(world.remap(kBase, 2, 5), Errno::Ok);
  world.map_fixed(kBase + 64 * kPage, 400, nullptr, 0, kMapPrivate | kMapAnonymous);
  for (std::uint32_t page = 64; !world.frames.is_short(); ++page) {
    ASSERT_EQ(world.write(ColdWorld::at(page), page).result, FaultResult::Resolved);
  }
  ASSERT_TRUE(world.frames.is_short());
  ASSERT_EQ(file->cached_pages(), PageCount(2));
  for (const std::uint32_t page : {0U, 1U, 0U, 1U}) {
    EXPECT_LE(world.write(behind(ColdWorld::at(page)), 1000 + page).exceptions, 1U);
    EXPECT_EQ(file->cached_pages(), PageCount(2));
    EXPECT_EQ(world.read(ColdWorld::at(page)).value, 5 + page);
  }
}

TEST(PageCache, KeepsLockedPagesHoweverShortMemoryIs) {
  World world(64, 64, 32, "3.8");
  const auto file = world.make_file(400, page_index_word, kExt2);
  world.map_fixed(kBase, 400, file.get(), 0);
  EXPECT_EQ(world.space.mlock(ColdWorld::at(0), 20 * kPage), Errno::Ok);
  for (std::uint32_t page = 20; page < 400; ++page) world.read(ColdWorld::at(page));
  const std::uint64_t exceptions = world.counters().exceptions;
  for (std::uint32_t page = 0; page < 20; ++page) world.read(ColdWorld::at(page));
  EXPECT_EQ(world.counters().exceptions, exceptions);
}

}  // namespace tessera::vm::test
