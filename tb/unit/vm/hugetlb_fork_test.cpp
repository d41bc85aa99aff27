#include <gtest/gtest.h>

#include "model/pte/entry.hpp"
#include "tb/unit/vm/huge_world.hpp"

// Huge pages and several processes: copy_hugetlb_page_range (linux-vm.md C, row fork: VMAs of
// huge pages are always copied), hugetlb_cow, exit_mmap.
namespace tessera::vm::test {

TEST(HugetlbFork, PrivatePagesAreSharedUntilTheFirstWrite) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0, kPage), 7);
  const auto child = world.space.fork(Pid(2));
  UserCode user(*child, world.hardware);
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_EQ(user.load(HugeWorld::at(0, kPage)).word, 7U);
  user.store(HugeWorld::at(0, 2 * kPage), 8);
  EXPECT_EQ(world.pool().free(), 2U);
  EXPECT_EQ(user.load(HugeWorld::at(0, kPage)).word, 7U);
  EXPECT_EQ(world.user.load(HugeWorld::at(0, 2 * kPage)).word, 0U);
  EXPECT_EQ(child->counters().flushes_of(FlushCause::CopyOnWrite, FlushKind::Page), 2U);
  EXPECT_TRUE(child->audit().empty());
  EXPECT_TRUE(world.sound());
}

TEST(HugetlbFork, TheLastOneNeedNotCopy) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0), 7);
  world.space.fork(Pid(2))->exit();
  world.user.store(HugeWorld::at(0), 8);
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_TRUE(world.sound());
}

TEST(HugetlbFork, PromisesStayTheParents) {
  HugeWorld world("3.8", 2);
  world.map(2);
  const auto child = world.space.fork(Pid(2));
  UserCode user(*child, world.hardware);
  EXPECT_EQ(user.store(HugeWorld::at(0), 1).result, FaultResult::BusError);
  EXPECT_EQ(world.user.store(HugeWorld::at(0), 1).result, FaultResult::Resolved);
  child->exit();
  EXPECT_EQ(world.pool().reserved(), 1U);
}

TEST(HugetlbFork, ACopyThatThePoolCannotGiveIsABusError) {
  HugeWorld world("3.8", 1);
  world.map(1);
  world.user.store(HugeWorld::at(0), 1);
  const auto child = world.space.fork(Pid(2));
  UserCode user(*child, world.hardware);
  EXPECT_EQ(user.store(HugeWorld::at(0), 2).result, FaultResult::BusError);
  EXPECT_EQ(user.load(HugeWorld::at(0)).word, 1U);
}

TEST(HugetlbFork, SharedPagesStayShared) {
  HugeWorld world("3.8", 2);
  world.map(2, kMapShared);
  world.user.store(HugeWorld::at(0), 1);
  auto child = world.space.fork(Pid(2));
  UserCode user(*child, world.hardware);
  EXPECT_EQ(user.store(HugeWorld::at(0), 2).result, FaultResult::Resolved);
  EXPECT_EQ(user.store(HugeWorld::at(1), 3).result, FaultResult::Resolved);
  EXPECT_EQ(world.user.load(HugeWorld::at(0)).word, 2U);
  EXPECT_EQ(world.user.load(HugeWorld::at(1)).word, 3U);
  EXPECT_TRUE(child->audit().empty());
  EXPECT_TRUE(world.sound());
}

// A page of a shared mapping goes with its file, that is with the last VMA.
TEST(HugetlbFork, TheLastMappingFreesTheSharedPages) {
  HugeWorld world;
  world.map(2, kMapShared);
  world.user.store(HugeWorld::at(0), 1);
  const auto child = world.space.fork(Pid(2));
  ASSERT_EQ(world.space.munmap(HugeWorld::at(0), 2 * kHuge), Errno::Ok);
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_EQ(world.pool().reserved(), 1U);
  ASSERT_EQ(child->munmap(HugeWorld::at(0), kHuge), Errno::Ok);
  EXPECT_EQ(world.pool().free(), 3U);
  child->exit();
  EXPECT_EQ(world.pool().free(), 4U);
  EXPECT_EQ(world.pool().reserved(), 0U);
}

TEST(HugetlbFork, ExitGivesEverythingBack) {
  HugeWorld world;
  const std::uint64_t owned = world.frames.owned().value();
  world.map(3);
  world.user.store(HugeWorld::at(2), 1);
  world.space.exit();
  EXPECT_EQ(world.pool().free(), 4U);
  EXPECT_EQ(world.pool().reserved(), 0U);
  EXPECT_EQ(world.frames.owned().value(), owned);
  EXPECT_EQ(world.flushes(FlushCause::Unmap), 2U);
  EXPECT_TRUE(world.sound());
}

TEST(HugetlbFork, TheAuditNoticesAPageThatWasGivenBackTooEarly) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0), 1);
  const FrameNumber page =
      pte::frame_of(world.space.format(), world.space.lookup(HugeWorld::at(0)));
  world.frames.huge_pool().release(page);
  EXPECT_FALSE(world.sound());
  world.frames.huge_pool().allocate(false);
}

TEST(HugetlbFork, AnAddressSpaceThatIsDestroyedGivesEverythingBack) {
  HugeWorld world;
  const std::uint64_t owned = world.frames.owned().value();
  world.map(2);
  world.user.store(HugeWorld::at(0), 1);
  {
    const auto child = world.space.fork(Pid(2));
    UserCode(*child, world.hardware).store(HugeWorld::at(0), 2);
  }
  world.space.exit();
  EXPECT_EQ(world.pool().free(), 4U);
  EXPECT_EQ(world.frames.owned().value(), owned);
}

}  // namespace tessera::vm::test
