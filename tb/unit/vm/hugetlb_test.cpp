#include <gtest/gtest.h>

#include "tb/unit/vm/huge_world.hpp"

// Huge pages in use: e500mc-mmu.md 5.1 and 7.3. What no document says is Linux's
// copy_hugetlb_page_range, hugetlb_fault and hugetlb_cow.
namespace tessera::vm::test {

namespace {

std::uint32_t pgd_word(const HugeWorld& world, EffectiveAddress address) {
  return world.hardware.peek_word(world.space.pgd() + Bytes((address.value() >> 21U) * 4));
}

}  // namespace

// 5.1: the most significant bit is 0, the low 6 bits are the shift, both 2 MB lead to one entry.
TEST(Hugetlb, ThePgdHoldsTheEntry) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0, 0x2'0000), 1);
  const std::uint32_t word = pgd_word(world, HugeWorld::at(0));
  EXPECT_EQ(word >> 31U, 0U);
  EXPECT_EQ(word & 0x3fU, 22U);
  EXPECT_EQ(pgd_word(world, HugeWorld::at(0, 0x20'0000)), word);
  const RealAddress entry((word & ~0x3fU) - 0x4000'0000U);
  const std::uint32_t low = world.hardware.peek_word(entry + Bytes(4));
  EXPECT_EQ(low, world.space.lookup(HugeWorld::at(0)) & 0xffff'ffffU);
  EXPECT_EQ(world.space.counters().page_table_pages, 0U);
}

TEST(Hugetlb, OneFaultBringsFourMegabytes) {
  HugeWorld world;
  world.map(2);
  for (std::uint32_t page = 0; page < 1024; ++page) {
    EXPECT_EQ(world.user.store(HugeWorld::at(0, page * kPage), page).result, FaultResult::Resolved);
  }
  EXPECT_EQ(world.user.load(HugeWorld::at(0, 1023 * kPage)).word, 1023U);
  EXPECT_EQ(world.user.exceptions(), 1U);
  EXPECT_EQ(world.space.counters().faults_minor, 1U);
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_EQ(world.pool().reserved(), 1U);
  EXPECT_TRUE(world.sound());
}

// 7.3: update_mmu_cache.
TEST(Hugetlb, AFaultPreloadsTheTranslation) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0, 0x30'1234), 1);
  ASSERT_EQ(world.hardware.preloads.size(), 1U);
  const HugeTranslation& translation = world.hardware.preloads.front();
  EXPECT_EQ(translation.ea, HugeWorld::at(0));
  EXPECT_EQ(translation.pid, Pid(1));
  EXPECT_EQ(translation.shift, 22U);
  EXPECT_EQ(translation.fields.mas3 & 0xcU, 0xcU);  // SW and UW: the page is dirty
}

TEST(Hugetlb, AReadPageIsClearAndBecomesWritableAtTheFirstWrite) {
  HugeWorld world;
  world.map(1);
  EXPECT_EQ(world.user.load(HugeWorld::at(0, 64)).word, 0U);
  EXPECT_EQ(world.hardware.preloads.back().fields.mas3 & 0xcU, 0U);
  world.user.store(HugeWorld::at(0, 64), 5);
  EXPECT_EQ(world.user.exceptions(), 2U);
  EXPECT_EQ(world.flushes(FlushCause::Dirty), 2U);  // the huge form and the 4 KB form
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlb, CountsInNoRss) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0), 1);
  EXPECT_EQ(world.space.counters().rss_anonymous, 0U);
  EXPECT_EQ(world.space.counters().rss_file, 0U);
  EXPECT_EQ(world.space.counters().huge_pages, 1U);
  EXPECT_EQ(world.space.residency(world.space.vmas().begin()->second).rss, 0U);
  EXPECT_FALSE(world.space.vmas().begin()->second.account);
}

// 7.3, last row.
TEST(Hugetlb, UnmappingFlushesEachPageByItsAddressTwice) {
  HugeWorld world;
  world.map(4);
  for (const std::uint32_t page : {0U, 1U, 3U}) world.user.store(HugeWorld::at(page), 1);
  world.hardware.forget_flushes();
  ASSERT_EQ(world.space.munmap(HugeWorld::at(0), 4 * kHuge), Errno::Ok);
  ASSERT_EQ(world.hardware.flushes().size(), 6U);
  EXPECT_EQ(world.hardware.flushes()[4].address, HugeWorld::at(3));
  EXPECT_EQ(world.flushes(FlushCause::Unmap, FlushKind::Pid), 0U);
}

TEST(Hugetlb, UnmappingGivesPagesAndPromisesAndTheEntryBack) {
  HugeWorld world;
  const std::uint64_t owned = world.frames.owned().value();
  world.map(3);
  world.user.store(HugeWorld::at(1), 1);
  ASSERT_EQ(world.space.munmap(HugeWorld::at(0), 2 * kHuge), Errno::Ok);
  EXPECT_EQ(world.pool().free(), 4U);
  EXPECT_EQ(world.pool().reserved(), 1U);
  EXPECT_EQ(pgd_word(world, HugeWorld::at(1)), 0U);
  EXPECT_EQ(pgd_word(world, HugeWorld::at(1, 0x20'0000)), 0U);
  EXPECT_EQ(world.frames.owned().value(), owned);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlb, SmallPagesMayFollowInTheSamePlace) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0), 1);
  const unsigned flags = kMapPrivate | kMapAnonymous | kMapFixed;
  ASSERT_EQ(world.space.munmap(HugeWorld::at(0), kHuge), Errno::Ok);
  ASSERT_TRUE(world.space.mmap({HugeWorld::at(0), kPage, kProtReadWrite, flags}).ok());
  EXPECT_EQ(world.user.load(HugeWorld::at(0)).word, 0U);
  EXPECT_EQ(world.user.load(HugeWorld::at(0, kPage)).result, FaultResult::MapError);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlb, WithoutAPromiseAnEmptyPoolIsABusError) {
  HugeWorld world("3.8", 1);
  ASSERT_TRUE(world.map(2, kMapPrivate | kMapNoreserve).ok());
  EXPECT_EQ(world.pool().reserved(), 0U);
  EXPECT_EQ(world.user.store(HugeWorld::at(0), 1).result, FaultResult::Resolved);
  EXPECT_EQ(world.user.store(HugeWorld::at(1), 1).result, FaultResult::BusError);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlb, MprotectChangesWholePages) {
  HugeWorld world;
  world.map(2);
  world.user.store(HugeWorld::at(0), 7);
  ASSERT_EQ(world.space.mprotect(HugeWorld::at(0), kHuge, kProtRead), Errno::Ok);
  EXPECT_EQ(world.flushes(FlushCause::Protect, FlushKind::Pid), 1U);
  EXPECT_EQ(world.space.vmas().size(), 2U);
  EXPECT_EQ(world.user.store(HugeWorld::at(0), 8).result, FaultResult::AccessError);
  ASSERT_EQ(world.space.mprotect(HugeWorld::at(0), kHuge, kProtReadWrite), Errno::Ok);
  EXPECT_EQ(world.user.store(HugeWorld::at(0), 9).result, FaultResult::Resolved);
  EXPECT_EQ(world.pool().free(), 3U);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlb, MincoreSaysAllOfIt) {
  HugeWorld world;
  world.map(2);
  world.user.store(HugeWorld::at(1), 1);
  const MincoreResult result = world.space.mincore(HugeWorld::at(0), 2 * kHuge);
  EXPECT_FALSE(result.resident.at(1023));
  EXPECT_TRUE(result.resident.at(1024));
  EXPECT_TRUE(result.resident.at(2047));
}

// The second 2 MB must lead to the same entry (5.1).
TEST(Hugetlb, TheAuditNoticesALostPgdEntry) {
  HugeWorld world;
  world.map(1);
  world.user.store(HugeWorld::at(0), 1);
  const RealAddress second =
      world.space.pgd() + Bytes((HugeWorld::at(0, 0x20'0000).value() >> 21U) * 4);
  const std::uint32_t word = world.hardware.peek_word(second);
  world.hardware.store_word(second, 0);
  EXPECT_FALSE(world.sound());
  world.hardware.store_word(second, word);
  EXPECT_TRUE(world.sound());
}

TEST(Hugetlb, WithoutAPidOfTheMmuNothingIsPreloaded) {
  HugeWorld world;
  world.map(1);
  world.space.lose_context();
  world.space.handle_fault(HugeWorld::at(0), FaultAccess::Write);
  EXPECT_TRUE(world.hardware.preloads.empty());
}

}  // namespace tessera::vm::test
