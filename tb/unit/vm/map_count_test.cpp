#include <gtest/gtest.h>

#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kStep = 4 * kPage;

/// Maps `count` VMAs of three pages, with a page of nothing between them.
void map_many(World& world, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const MmapResult result =
        world.map_fixed(kBase + i * kStep, 3, nullptr, 0, kMapPrivate | kMapAnonymous);
    ASSERT_TRUE(result.ok()) << i << ": " << name(result.error);
  }
}

}  // namespace

// linux-vm.md L: mmap refuses at more than 65530 VMAs, a cut in the middle at 65530 or more.
TEST(MapCount, AtTheLimitNothingCanBeCutAndNothingChanges) {
  World world;
  map_many(world, 65531);
  EXPECT_EQ(world.counters().vmas, 65531U);
  EXPECT_EQ(world.map_fixed(0x1000'0000, 1, nullptr, 0, kMapPrivate | kMapAnonymous).error,
            Errno::Enomem);
  EXPECT_EQ(world.space.munmap(ea(kBase + kPage), kPage), Errno::Enomem);
  EXPECT_EQ(world.counters().vmas, 65531U);
  EXPECT_EQ(world.space.munmap(ea(kBase), kPage), Errno::Ok);  // trims, needs no VMA
  EXPECT_EQ(world.space.munmap(ea(kBase + kStep), 3 * kPage), Errno::Ok);
  EXPECT_EQ(world.counters().vmas, 65530U);
  EXPECT_EQ(world.space.munmap(ea(kBase + 2 * kStep + kPage), kPage), Errno::Enomem);  // ">="
  EXPECT_TRUE(world.map_fixed(0x1000'0000, 1, nullptr, 0, kMapPrivate | kMapAnonymous).ok());
  EXPECT_TRUE(world.space.audit().empty());
}

}  // namespace tessera::vm::test
