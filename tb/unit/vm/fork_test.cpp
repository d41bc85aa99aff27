#include <gtest/gtest.h>

#include "sw/vm/context_table.hpp"
#include "tb/unit/vm/world.hpp"

namespace tessera::vm::test {

namespace {

constexpr Pid kChild(2);

std::uint32_t word_of(const World& world, const AddressSpace& space, std::uint32_t address) {
  const pte::Raw entry = space.lookup(ea(address));
  const RealAddress ra = address_of(pte::frame_of(space.format(), entry));
  return world.hardware.peek_word(ra + Bytes(address % kPage));
}

}  // namespace

TEST(Fork, SharesPrivatePagesUntilOneWrites) {
  World world;
  world.map_fixed(kBase, 2, nullptr, 0, kMapPrivate);
  world.write(ea(kBase), 5);
  const auto child = world.space.fork(kChild);
  ASSERT_NE(child, nullptr);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::Fork, FlushKind::Pid), 1U);
  EXPECT_EQ(word_of(world, *child, kBase), 5U);
  EXPECT_EQ(world.write(ea(kBase), 6).exceptions, 1U);
  EXPECT_EQ(world.counters().flushes_of(FlushCause::CopyOnWrite, FlushKind::Page), 1U);
  EXPECT_EQ(word_of(world, *child, kBase), 5U);
  EXPECT_TRUE(child->handle_fault(ea(kBase), FaultAccess::Write).resolved());  // its alone now
  EXPECT_EQ(child->counters().flushes_of(FlushCause::CopyOnWrite, FlushKind::Page), 0U);
  EXPECT_TRUE(child->audit().empty());
  EXPECT_TRUE(world.space.audit().empty());
}

// linux-vm.md C: page tables of linear file mappings are not copied, those of nonlinear ones are.
TEST(Fork, CopiesEntriesOnlyWhereFaultsCouldNotBringThemBack) {
  World world;
  auto file = world.make_file(16);
  world.map_fixed(kBase, 4, file.get(), 0);
  world.map_fixed(kBase + 8 * kPage, 4, file.get(), 0);
  world.read(ea(kBase));
  world.remap(kBase + 8 * kPage, 1, 9);
  world.remap(kBase + 9 * kPage, 1, 7, kMapNonblock);
  const auto child = world.space.fork(kChild);
  EXPECT_EQ(child->lookup(ea(kBase)), 0U);
  EXPECT_EQ(word_of(world, *child, kBase + 8 * kPage), 9U);
  EXPECT_EQ(child->lookup(ea(kBase + 9 * kPage)), world.space.lookup(ea(kBase + 9 * kPage)));
  EXPECT_FALSE(pte::is_accessed(child->format(), child->lookup(ea(kBase + 8 * kPage))));
}

TEST(Fork, SharedAnonymousMemoryGoesWithTheLastVmaOfBoth) {
  World world;
  world.map_fixed(kBase, 2, nullptr, 0, kMapShared);
  world.write(ea(kBase), 5);
  const auto child = world.space.fork(kChild);
  const PageCount before = world.frames.owned();
  child->munmap(ea(kBase), 2 * kPage);
  EXPECT_EQ(world.space.munmap(ea(kBase), 2 * kPage), Errno::Ok);
  EXPECT_LT(world.frames.owned(), before);
}

TEST(Fork, TruncationReachesTheChildToo) {
  World world;
  auto file = world.make_file(8);
  world.map_fixed(kBase, 8, file.get(), 0);
  const auto child = world.space.fork(kChild);
  EXPECT_TRUE(child->handle_fault(ea(kBase + 6 * kPage), FaultAccess::Read).resolved());
  file->truncate(PageCount(4));
  EXPECT_EQ(child->counters().flushes_of(FlushCause::Truncate, FlushKind::Pid), 1U);
  EXPECT_EQ(child->count_present(), 0U);
}

TEST(Fork, SharedAnonymousMemoryOutlivesTheParentsMapping) {
  World world;
  world.map_fixed(kBase, 2, nullptr, 0);
  world.write(ea(kBase), 5);
  auto child = world.space.fork(kChild);
  world.space.munmap(ea(kBase), 2 * kPage);
  EXPECT_TRUE(child->handle_fault(ea(kBase), FaultAccess::Read).resolved());
  EXPECT_EQ(word_of(world, *child, kBase), 5U);
}

TEST(Fork, WithoutMemoryFailsAndGivesAllBack) {
  World world(64, 20, 20);
  world.map_fixed(kBase, 10, nullptr, 0, kMapPrivate);
  for (std::uint32_t page = 0; page < 10; ++page) world.write(ea(kBase + page * kPage), page + 1);
  const PageCount owned = world.frames.owned();
  EXPECT_NE(world.space.fork(kChild), nullptr);
  EXPECT_EQ(world.frames.owned(), owned);
  const auto first = world.space.fork(kChild);
  EXPECT_EQ(world.space.fork(Pid(3)), nullptr);
}

TEST(Exit, GivesBackEverythingWithOneFlush) {
  World world;
  const PageCount before = world.frames.owned();
  auto file = world.make_file(4);
  world.map_fixed(kBase, 4, nullptr, 0, kMapPrivate);
  world.map_fixed(kBase + 8 * kPage, 4, nullptr, 0);
  world.map_fixed(kBase + 16 * kPage, 4, file.get(), 0);
  for (const std::uint32_t page : {0U, 8U}) world.write(ea(kBase + page * kPage), 5);
  world.space.exit();
  EXPECT_EQ(world.flushes(FlushKind::Pid), 1U);
  EXPECT_EQ(world.counters().vmas, 0U);
  EXPECT_EQ(world.frames.owned(), before);
}

TEST(ContextTable, TakesThePidThatWasGivenLongestAgo) {
  World world;
  AddressSpace second(world.space.kernel(), world.space.format(), world.frames, world.hardware,
                      Pid(2));
  AddressSpace third(world.space.kernel(), world.space.format(), world.frames, world.hardware,
                     Pid(3));
  ContextTable contexts(Pid(1), Pid(2));
  for (AddressSpace* space : {&world.space, &second, &third}) contexts.enter(*space);
  EXPECT_EQ(contexts.switch_to(world.space), Pid(1));
  EXPECT_EQ(contexts.switch_to(second), Pid(2));
  EXPECT_EQ(contexts.switch_to(world.space), Pid(1));
  EXPECT_EQ(contexts.switch_to(third), Pid(1));
  EXPECT_EQ(world.counters().flushes_of(FlushCause::ContextSteal, FlushKind::Pid), 1U);
  EXPECT_EQ(contexts.steals(), 1U);
  contexts.leave(second);
  EXPECT_EQ(contexts.switch_to(world.space), Pid(2));
  EXPECT_EQ(contexts.steals(), 1U);
}

// linux-vm.md D7: a process without a context id has nothing in a TLB.
TEST(ContextTable, ProcessesWithoutAPidFlushNothing) {
  World world;
  ContextTable contexts;
  contexts.enter(world.space);
  world.map_fixed(kBase, 1, nullptr, 0, kMapPrivate);
  EXPECT_TRUE(world.space.handle_fault(ea(kBase), FaultAccess::Write).resolved());
  world.space.munmap(ea(kBase), kPage);
  EXPECT_TRUE(world.hardware.flushes().empty());
}

}  // namespace tessera::vm::test
