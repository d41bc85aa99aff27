#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

MmapResult map_private(World& world, std::uint32_t address, std::uint64_t pages) {
  return world.map_fixed(address, pages, nullptr, 0, kMapPrivate);
}

}  // namespace

TEST(Mprotect, RefusesBadArgumentsInTheKernelsOrder) {
  World world;
  map_private(world, kBase, 4);
  EXPECT_EQ(world.space.mprotect(ea(kBase + 8), kPage, kProtRead), Errno::Einval);
  EXPECT_EQ(world.space.mprotect(ea(kBase), 0, 0x100), Errno::Ok);  // nothing to do comes first
  EXPECT_EQ(world.space.mprotect(ea(kBase), 0xffff'ffff, kProtRead), Errno::Enomem);
  EXPECT_EQ(world.space.mprotect(ea(kBase), kPage, 0x100), Errno::Einval);
  EXPECT_EQ(world.space.mprotect(ea(kBase - kPage), 2 * kPage, kProtRead), Errno::Enomem);
}

TEST(Mprotect, CutsOutTheRangeAndMergesItBack) {
  World world;
  map_private(world, kBase, 8);
  EXPECT_EQ(world.space.mprotect(ea(kBase + 2 * kPage), 2 * kPage, kProtRead), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 3U);
  EXPECT_EQ(world.space.mprotect(ea(kBase + 2 * kPage), 2 * kPage, kProtReadWrite), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 1U);
}

TEST(Mprotect, ChangesWhatComesBeforeAHole) {
  World world;
  map_private(world, kBase, 2);
  map_private(world, kBase + 4 * kPage, 2);
  EXPECT_EQ(world.space.mprotect(ea(kBase), 6 * kPage, kProtRead), Errno::Enomem);
  EXPECT_EQ(world.write(ea(kBase), 1).result, FaultResult::AccessError);
  EXPECT_EQ(world.write(ea(kBase + 4 * kPage), 1).result, FaultResult::Resolved);
}

TEST(Mprotect, FlushesOncePerVmaWithPagesAndNotAtAllWithoutAny) {
  World world;
  map_private(world, kBase, 4);
  world.space.mprotect(ea(kBase), 4 * kPage, kProtRead);
  EXPECT_EQ(world.flushes(FlushKind::Pid), 0U);
  world.read(ea(kBase));
  world.read(ea(kBase + kPage));
  world.space.mprotect(ea(kBase), 4 * kPage, kProtNone);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Protect, FlushKind::Pid), 1U);
  EXPECT_EQ(world.read(ea(kBase)).result, FaultResult::AccessError);
}

TEST(Mprotect, RefusesWriteOnASharedMappingOfAReadOnlyDescriptor) {
  World world;
  auto file = world.make_file(4);
  ASSERT_TRUE(world.space
                  .mmap({ea(kBase), kPage, kProtRead, kMapShared | kMapFixed, file.get(), 0,
                         OpenMode::ReadOnly})
                  .ok());
  EXPECT_EQ(world.space.mprotect(ea(kBase), kPage, kProtReadWrite), Errno::Eacces);
}

// A page that only this process maps is not copied again when it may be written once more.
TEST(Mprotect, LeavesAPrivatePageWhereItWas) {
  World world;
  map_private(world, kBase, 1);
  world.write(ea(kBase), 7);
  const PageCount before = world.frames.owned();
  world.space.mprotect(ea(kBase), kPage, kProtRead);
  world.space.mprotect(ea(kBase), kPage, kProtReadWrite);
  EXPECT_EQ(world.write(ea(kBase + 4), 8).exceptions, 1U);
  EXPECT_EQ(world.read(ea(kBase)).value, 7U);
  EXPECT_EQ(world.frames.owned(), before);
}

}  // namespace tessera::vm::test
