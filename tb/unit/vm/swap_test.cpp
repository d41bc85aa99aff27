#include <gtest/gtest.h>

#include "sw/vm/user_access.hpp"
#include "tb/unit/vm/world.hpp"

/// The swap device and the swap cache (decision 12).
namespace tessera::vm::test {

namespace {

/// Before the world, whose process it outlives.
struct SwapDevice {
  SwapArea swap;
};

/// Four private pages, the first of which holds 5.
struct SwapWorld : SwapDevice, World {
  explicit SwapWorld(std::uint64_t slots = 16, const char* kernel = "3.8")
      : SwapDevice{SwapArea(PageCount(slots))}, World(64, 32768, 8192, kernel) {
    space.use_swap(swap);
    map_fixed(kBase, 4, nullptr, 0, kMapPrivate);
    write(ea(kBase), 5);
  }

  /// The first try takes the page's mark of use.
  static bool out(AddressSpace& of, std::uint32_t address = kBase) {
    return of.swap_out(ea(address)) || of.swap_out(ea(address));
  }

  /// Loads and stores of a relative, without a TLB.
  UserAccess load(AddressSpace& of) { return UserCode(of, hardware).load(ea(kBase)); }
  UserAccess store(AddressSpace& of, std::uint32_t word) {
    return UserCode(of, hardware).store(ea(kBase), word);
  }
};

}  // namespace

TEST(Swap, PrivatePagesComeBackWithTheirContents) {
  SwapWorld world;
  const PageCount owned = world.frames.owned();
  EXPECT_FALSE(world.space.swap_out(ea(kBase)));
  EXPECT_TRUE(world.space.swap_out(ea(kBase)));
  EXPECT_EQ(world.frames.owned() + PageCount(1), owned);
  EXPECT_TRUE(world.space.audit().empty());
  EXPECT_EQ(world.read(ea(kBase)).value, 5U);
  EXPECT_EQ(world.counters().faults_major, 1U);
  EXPECT_EQ(world.swap.used(), PageCount(1));  // the page is clean, and in the swap cache
  EXPECT_EQ(world.write(ea(kBase), 6).exceptions, 1U);
  EXPECT_EQ(world.swap.used(), PageCount(0));
  EXPECT_EQ(world.counters().rss_anonymous, 1U);
}

TEST(Swap, AWriteBringsAPageOfOnesOwnBackWithoutASlot) {
  SwapWorld world;
  SwapWorld::out(world.space);
  EXPECT_EQ(world.write(ea(kBase + 4), 6).exceptions, 1U);
  EXPECT_EQ(world.swap.used(), PageCount(0));
  EXPECT_EQ(world.read(ea(kBase)).value, 5U);
}

TEST(Swap, ACleanPageKeepsItsSlotWhenItGoesAgain) {
  SwapWorld world;
  SwapWorld::out(world.space);
  world.read(ea(kBase));
  EXPECT_FALSE(world.swap.is_dirty(1));
  SwapWorld::out(world.space);
  EXPECT_EQ(world.swap.used(), PageCount(1));
  EXPECT_EQ(world.read(ea(kBase)).value, 5U);
  EXPECT_EQ(world.counters().faults_major, 2U);
}

TEST(Swap, RelativesReadTheSamePage) {
  SwapWorld world;
  SwapWorld::out(world.space);
  const auto child = world.space.fork(Pid(2));
  EXPECT_EQ(world.swap.users(1), 2U);
  EXPECT_EQ(world.load(*child).word, 5U);
  EXPECT_EQ(child->counters().faults_major, 1U);
  EXPECT_EQ(world.load(world.space).word, 5U);  // still in the swap cache
  EXPECT_EQ(world.counters().faults_major, 0U);
  const pte::Format& format = world.space.format();
  EXPECT_EQ(pte::frame_of(format, child->lookup(ea(kBase))),
            pte::frame_of(format, world.space.lookup(ea(kBase))));
  world.store(*child, 6);
  EXPECT_EQ(world.load(world.space).word, 5U);
  EXPECT_EQ(world.load(*child).word, 6U);
  EXPECT_TRUE(world.space.audit().empty());
  EXPECT_TRUE(child->audit().empty());
}

TEST(Swap, AWriteCopiesWhatARelativeStillHasInSwap) {
  SwapWorld world;
  SwapWorld::out(world.space);
  const auto child = world.space.fork(Pid(2));
  world.store(*child, 6);
  EXPECT_EQ(world.load(world.space).word, 5U);
  EXPECT_EQ(world.counters().faults_major, 0U);
  world.store(world.space, 7);
  EXPECT_EQ(world.load(*child).word, 6U);
  EXPECT_EQ(world.swap.used(), PageCount(0));
}

// A page leaves memory with the last of its mappings.
TEST(Swap, APageThatARelativeMapsStaysInTheSwapCache) {
  SwapWorld world;
  const auto child = world.space.fork(Pid(2));
  const PageCount owned = world.frames.owned();
  EXPECT_TRUE(SwapWorld::out(world.space));
  EXPECT_EQ(world.frames.owned(), owned);
  EXPECT_EQ(world.space.mincore(ea(kBase), kPage).resident, std::vector<bool>{true});
  EXPECT_EQ(world.load(world.space).word, 5U);
  EXPECT_EQ(world.counters().faults_major, 0U);
  EXPECT_TRUE(SwapWorld::out(world.space));
  EXPECT_TRUE(SwapWorld::out(*child));
  EXPECT_EQ(world.frames.owned() + PageCount(1), owned);
  EXPECT_EQ(world.space.mincore(ea(kBase), kPage).resident, std::vector<bool>{false});
  EXPECT_EQ(world.load(*child).word, 5U);
  EXPECT_EQ(world.swap.used(), PageCount(1));
}

TEST(Swap, SlotsGoWithTheirLastEntry) {
  SwapWorld world;
  SwapWorld::out(world.space);
  {
    const auto child = world.space.fork(Pid(2));
    EXPECT_EQ(world.load(*child).word, 5U);
    world.space.munmap(ea(kBase), 4 * kPage);
    EXPECT_EQ(world.swap.used(), PageCount(1));  // the child's page has it
  }
  EXPECT_EQ(world.swap.used(), PageCount(0));
  EXPECT_TRUE(world.swap.cache().empty());
}

TEST(Swap, AFullDeviceGivesSlotsOfPagesInMemoryBack) {
  SwapWorld world(3);  // two slots: one in use is not more than half of three, two are
  world.write(ea(kBase + kPage), 6);
  SwapWorld::out(world.space);
  SwapWorld::out(world.space, kBase + kPage);
  EXPECT_EQ(world.swap.used(), PageCount(2));
  EXPECT_EQ(world.read(ea(kBase)).value, 5U);
  EXPECT_EQ(world.swap.used(), PageCount(1));
  EXPECT_EQ(world.read(ea(kBase + kPage)).value, 6U);
  EXPECT_EQ(world.swap.used(), PageCount(1));
}

TEST(Swap, WithoutADeviceOrRoomNothingLeaves) {
  SwapArea full(PageCount(1));
  World world;
  world.map_fixed(kBase, 2, nullptr, 0, kMapPrivate);
  world.write(ea(kBase), 5);
  EXPECT_FALSE(world.space.swap_out(ea(kBase)));
  world.space.use_swap(full);
  world.space.swap_out(ea(kBase));
  EXPECT_FALSE(world.space.swap_out(ea(kBase)));
  EXPECT_EQ(world.space.count_present(), 1U);
}

TEST(Swap, AShmemPageStaysIfTheDeviceIsFull) {
  SwapArea swap(PageCount(2));
  World world;
  const auto file = world.make_file(8);
  file->use_swap(swap);
  world.map_fixed(kBase, 8, file.get(), 0);
  world.write(ea(kBase + 4), 77);
  world.write(ea(kBase + kPage + 4), 78);
  file->reclaim(PageOffset(0));
  EXPECT_TRUE(file->reclaim(PageOffset(0)));
  file->reclaim(PageOffset(1));
  EXPECT_FALSE(file->reclaim(PageOffset(1)));
  EXPECT_EQ(world.read(ea(kBase + kPage + 4)).value, 78U);
  file->truncate(PageCount(0));
  EXPECT_EQ(swap.used(), PageCount(0));
}

}  // namespace tessera::vm::test
