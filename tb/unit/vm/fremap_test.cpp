#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

struct Fremap : ::testing::TestWithParam<unsigned> {
  World world{GetParam()};
  std::unique_ptr<File> file = world.make_file(64);
  AddressSpace& space = world.space;

  void map(std::uint32_t pages = 32) { world.map_fixed(kBase, pages, file.get(), 0); }
};

}  // namespace

// linux-vm.md A4, row by row.
TEST_P(Fremap, RefusesWhatTheTableRefuses) {
  map();
  EXPECT_EQ(space.remap_file_pages(ea(kBase), kPage, kProtRead, 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase), 0, 0, 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase), 100, 0, 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase), 0xffff'f000, 0, 0, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase), 2 * kPage, 0, 0xffff'ffff, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase), kPage, 0, (1U << 29U) - 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase - kPage), kPage, 0, 1, 0), Errno::Einval);
  EXPECT_EQ(space.remap_file_pages(ea(kBase + 31 * kPage), 2 * kPage, 0, 1, 0), Errno::Einval);
  EXPECT_EQ(world.counters().mapping_calls_failed, 8U);
  EXPECT_EQ(space.remap_file_pages(ea(kBase), kPage, 0, (1U << 29U) - 2, 0), Errno::Ok);
}

TEST_P(Fremap, NeedsASharedVmaOfAWritableDescriptor) {
  world.map_fixed(kBase, 4, file.get(), 0, kMapPrivate);
  EXPECT_EQ(world.remap(kBase, 1, 1), Errno::Einval);
  world.map_fixed(kBase, 4, nullptr, 0, kMapPrivate);
  EXPECT_EQ(world.remap(kBase, 1, 1), Errno::Einval);
  space.mmap(
      {ea(kBase), kPage, kProtRead, kMapShared | kMapFixed, file.get(), 0, OpenMode::ReadOnly});
  EXPECT_EQ(world.remap(kBase, 1, 1), Errno::Einval);
  world.map_fixed(kBase, 4, nullptr, 0, kMapShared);
  EXPECT_EQ(world.remap(kBase, 1, 1), Errno::Ok);
}

TEST_P(Fremap, RoundsDownAndIgnoresUnknownFlags) {
  map();
  EXPECT_EQ(space.remap_file_pages(ea(kBase + 100), kPage + 100, 0, 7, 0x4), Errno::Ok);
  EXPECT_EQ(world.read(ea(kBase)).value, 7U);
  EXPECT_EQ(world.read(ea(kBase + kPage)).value, 1U);
}

TEST_P(Fremap, RefusesARangeOverTwoVmasOrAHole) {
  map();
  space.munmap(ea(kBase + 10 * kPage), 2 * kPage);
  EXPECT_EQ(world.remap(kBase + 8 * kPage, 6, 0), Errno::Einval);
  EXPECT_EQ(world.remap(kBase + 10 * kPage, 1, 0), Errno::Einval);
  world.map_fixed(kBase + 10 * kPage, 2, file.get(), 40);
  EXPECT_EQ(world.remap(kBase + 8 * kPage, 6, 0), Errno::Einval);
}

TEST_P(Fremap, ALinearRequestOnALinearVmaDoesNothing) {
  map();
  EXPECT_EQ(world.remap(kBase + 4 * kPage, 4, 4), Errno::Ok);
  EXPECT_EQ(world.counters().faults_by_prefault, 0U);
  EXPECT_FALSE(space.vmas().begin()->second.nonlinear);
}

TEST_P(Fremap, ALinearRequestOnANonlinearVmaWritesFilePtes) {
  map();
  world.remap(kBase, 1, 9);
  EXPECT_EQ(world.remap(kBase + 4 * kPage, 1, 4, kMapNonblock), Errno::Ok);
  const pte::Raw entry = space.lookup(ea(kBase + 4 * kPage));
  EXPECT_EQ(entry, pte::pgoff_to_pte(space.format(), PageOffset(4)));
  EXPECT_TRUE(space.vmas().begin()->second.nonlinear);
}

TEST_P(Fremap, NonblockLeavesFilePtesInMemoryAndFaultsLater) {
  map();
  for (std::uint32_t page = 0; page < 32; ++page) {
    EXPECT_EQ(world.remap(kBase + page * kPage, 1, 31 - page, kMapNonblock), Errno::Ok);
  }
  EXPECT_EQ(world.counters().faults_minor, 0U);
  for (std::uint32_t page = 0; page < 32; ++page) {
    const EffectiveAddress address = ea(kBase + page * kPage);
    EXPECT_EQ(space.lookup(address), (31 - page) << 3U | 2U);
    const Access access = world.read(address);
    EXPECT_EQ(access.value, 31 - page);
    EXPECT_EQ(access.exceptions, 1U);
  }
  EXPECT_EQ(world.counters().faults_by_exception, 32U);
  EXPECT_EQ(world.counters().vmas, 1U);
  EXPECT_TRUE(space.audit().empty());
}

TEST_P(Fremap, PrefaultsItsPagesCleanAndTouchingThemFaultsNoMore) {
  map();
  EXPECT_EQ(world.remap(kBase, 8, 16), Errno::Ok);
  EXPECT_EQ(world.counters().faults_by_prefault, 8U);
  for (std::uint32_t page = 0; page < 8; ++page) {
    const Access access = world.read(ea(kBase + page * kPage));
    EXPECT_EQ(access.value, 16 + page);
    EXPECT_EQ(access.exceptions, 0U);
  }
  EXPECT_EQ(world.write(ea(kBase + 4), 1).exceptions, 1U);
}

TEST_P(Fremap, FlushesOnePageForEachPresentEntryReplaced) {
  map();
  for (std::uint32_t page = 0; page < 5; ++page) world.read(ea(kBase + page * kPage));
  EXPECT_EQ(world.remap(kBase, 8, 16, kMapNonblock), Errno::Ok);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Remap, FlushKind::Page), 5U);
  EXPECT_EQ(world.counters().flushes_of(FlushKind::Pid), 0U);
  world.remap(kBase, 8, 24);
  EXPECT_EQ(world.hardware.flushes().size(), 5U);  // file PTEs are not cached anywhere
}

TEST_P(Fremap, PastTheEndOfTheFileSucceedsAndTheTouchGetsSigbus) {
  map();
  EXPECT_EQ(world.remap(kBase, 1, 1000), Errno::Ok);
  EXPECT_EQ(world.read(ea(kBase)).result, FaultResult::BusError);
  EXPECT_EQ(world.remap(kBase, 4, 62), Errno::Ok);
  EXPECT_EQ(world.read(ea(kBase + kPage)).value, 63U);
  EXPECT_EQ(world.read(ea(kBase + 2 * kPage)).result, FaultResult::BusError);
  EXPECT_EQ(world.counters().bus_errors, 2U);
}

TEST_P(Fremap, WorksOnAMappingWithoutRights) {
  world.map_fixed(kBase, 4, file.get(), 0, kMapShared, kProtNone);
  EXPECT_EQ(world.remap(kBase, 1, 1), Errno::Ok);
  EXPECT_EQ(world.read(ea(kBase)).result, FaultResult::AccessError);
  EXPECT_EQ(world.counters().faults_by_prefault, 0U);
}

TEST_P(Fremap, IsEnomemWithoutLowmemForAPtePage) {
  World tight(GetParam(), 64, 4);  // zero page and PGD only
  auto small = tight.make_file(4);
  ASSERT_TRUE(tight.map_fixed(kBase, 4, small.get(), 0).ok());
  while (tight.frames.allocate_low()) {
  }
  EXPECT_EQ(tight.remap(kBase, 1, 3), Errno::Enomem);
  EXPECT_EQ(tight.read(ea(kBase)).result, FaultResult::OutOfMemory);
}

TEST_P(Fremap, EveryOffsetBitComesBackFromMemory) {
  const std::uint64_t pages = (1ULL << 29U) - 1;
  auto sparse = world.make_file(pages);
  world.map_fixed(kBase, 2, sparse.get(), 0);
  world.remap(kBase + kPage, 1, 7);  // nonlinear from here on
  unsigned checked = 0;
  for (unsigned bit = 0; bit < 29; ++bit) {
    for (const std::uint64_t pgoff : {(1ULL << bit) - 1, 1ULL << bit}) {
      for (const unsigned flags : {0U, kMapNonblock}) {
        ASSERT_EQ(world.remap(kBase, 1, pgoff, flags), Errno::Ok);
        EXPECT_EQ(world.read(ea(kBase)).value, pgoff);
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 116U);  // as many as the recorded check of a real kernel
}

INSTANTIATE_TEST_SUITE_P(BothFormats, Fremap, ::testing::Values(32U, 64U));

}  // namespace tessera::vm::test
