#include "sw/vm/huge_pool.hpp"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/vm/huge_page.hpp"

// The pool of huge pages (nr_hugepages) and who has a claim to them.
namespace tessera::vm::test {

TEST(HugePool, GivesEachPageToOneOwner) {
  HugePool pool(FrameNumber(0x400), 3);
  std::set<FrameNumber::Value> seen;
  while (const auto page = pool.allocate(false)) seen.insert(page->value());
  EXPECT_EQ(seen, (std::set<FrameNumber::Value>{0x400, 0x800, 0xc00}));
  EXPECT_EQ(pool.free(), 0U);
}

TEST(HugePool, KeepsPromisedPagesForThoseTheyWerePromisedTo) {
  HugePool pool(FrameNumber(0x400), 2);
  ASSERT_TRUE(pool.reserve(2));
  EXPECT_FALSE(pool.reserve(1));
  EXPECT_FALSE(pool.allocate(false));
  EXPECT_TRUE(pool.allocate(true));
  EXPECT_EQ(pool.reserved(), 1U);
  pool.unreserve(1);
  EXPECT_TRUE(pool.allocate(false));
}

TEST(HugePool, FreesAPageWithItsLastReference) {
  HugePool pool(FrameNumber(0x400), 1);
  const FrameNumber page = *pool.allocate(false);
  pool.add_reference(page);
  pool.release(page);
  EXPECT_EQ(pool.free(), 0U);
  pool.release(page);
  EXPECT_EQ(pool.free(), 1U);
  EXPECT_THROW(pool.release(page), std::logic_error);
  EXPECT_THROW(pool.references(page + PageCount(1)), std::logic_error);
}

TEST(HugePool, TakesAlignedPagesFromTheTopOfMemory) {
  FrameAllocator frames(FrameNumber(1), FrameNumber(0x800), FrameNumber(0x2000), 4);
  EXPECT_EQ(frames.huge_pool().total(), 4U);
  EXPECT_EQ(frames.huge_pool().first(), FrameNumber(0x1000));
  EXPECT_TRUE(frames.is_owned(FrameNumber(0x1fff)));
  EXPECT_TRUE(frames.is_memory(FrameNumber(0x1fff)));
  EXPECT_EQ(frames.allocate_user(), FrameNumber(0x800));
}

TEST(HugePool, LeavesTheKernelSomeLowmem) {
  FrameAllocator frames(FrameNumber(1), FrameNumber(0x1000), FrameNumber(0x1000), 99);
  EXPECT_EQ(frames.huge_pool().total(), 2U);
  std::uint64_t left = 0;
  while (frames.allocate_user()) ++left;
  EXPECT_EQ(left, 0x800U - 2);  // frame 0 is not memory, one is the zero page
  EXPECT_EQ(FrameAllocator(FrameNumber(1), FrameNumber(9), FrameNumber(9), 1).huge_pool().total(),
            0U);
}

TEST(HugeFile, GivesItsPromisesBack) {
  HugePool pool(FrameNumber(0x400), 4);
  EXPECT_EQ(HugeFile::make(pool, 5, true), nullptr);
  auto file = HugeFile::make(pool, 4, true);
  EXPECT_EQ(pool.reserved(), 4U);
  file->forget(1, 3);
  EXPECT_EQ(pool.reserved(), 2U);
  file.reset();
  EXPECT_EQ(pool.reserved(), 0U);
}

TEST(HugeFile, KeepsSharedPagesAsLongAsItLives) {
  HugePool pool(FrameNumber(0x400), 2);
  auto file = HugeFile::make(pool, 2, true);
  bool fresh = false;
  const FrameNumber page = *file->share(1, fresh);
  EXPECT_TRUE(fresh);
  EXPECT_EQ(file->share(1, fresh), page);
  EXPECT_FALSE(fresh);
  pool.release(page);
  pool.release(page);
  EXPECT_EQ(pool.free(), 1U);
  file.reset();
  EXPECT_EQ(pool.free(), 2U);
}

}  // namespace tessera::vm::test
