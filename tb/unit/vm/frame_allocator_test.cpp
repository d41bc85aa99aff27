#include "sw/vm/frame_allocator.hpp"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "sw/vm/file.hpp"
#include "tb/unit/vm/fake_hardware.hpp"

namespace tessera::vm::test {

TEST(FrameAllocator, GivesUserPagesHighmemFirstAndTablesOnlyLowmem) {
  FrameAllocator frames(FrameNumber(1), FrameNumber(10), FrameNumber(12));
  EXPECT_EQ(frames.zero_page(), FrameNumber(1));
  EXPECT_EQ(frames.allocate_user(), FrameNumber(10));
  EXPECT_EQ(frames.allocate_user(), FrameNumber(11));
  EXPECT_EQ(frames.allocate_user(), FrameNumber(2));
  EXPECT_EQ(frames.allocate_low(), FrameNumber(3));
}

TEST(FrameAllocator, NeverGivesAFrameToTwoOwners) {
  FrameAllocator frames(FrameNumber(0), FrameNumber(50), FrameNumber(100));
  std::set<FrameNumber::Value> seen{frames.zero_page().value()};
  while (const auto frame = frames.allocate_user()) EXPECT_TRUE(seen.insert(frame->value()).second);
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_FALSE(frames.allocate_low());
  EXPECT_FALSE(frames.allocate_low_block(2));
  EXPECT_EQ(frames.owned(), PageCount(100));
}

TEST(FrameAllocator, ReusesOnlyWhatWasReleased) {
  FrameAllocator frames(FrameNumber(0), FrameNumber(4), FrameNumber(4));
  const auto frame = frames.allocate_user();
  frames.release(*frame);
  EXPECT_FALSE(frames.is_owned(*frame));
  EXPECT_EQ(frames.allocate_user(), frame);
  frames.release(*frame);
  EXPECT_THROW(frames.release(*frame), std::logic_error);
  EXPECT_THROW(frames.release(frames.zero_page()), std::logic_error);
}

TEST(FrameAllocator, AlignsBlocksAndLosesNoFrameByIt) {
  FrameAllocator frames(FrameNumber(2), FrameNumber(10), FrameNumber(10));
  EXPECT_EQ(frames.allocate_low_block(2), FrameNumber(4));
  EXPECT_EQ(frames.allocate_low(), FrameNumber(3));
  EXPECT_EQ(frames.allocate_low_block(4), std::nullopt);
  EXPECT_EQ(frames.allocate_low(), FrameNumber(6));
}

TEST(FrameAllocator, RefusesZonesOutOfOrder) {
  EXPECT_THROW(FrameAllocator(FrameNumber(5), FrameNumber(5), FrameNumber(9)),
               std::invalid_argument);
  EXPECT_THROW(FrameAllocator(FrameNumber(1), FrameNumber(9), FrameNumber(5)),
               std::invalid_argument);
}

TEST(File, AllocatesAPageAtItsFirstUseAndGivesItBackAtTheEnd) {
  FakeHardware hardware(64);
  FrameAllocator frames(FrameNumber(0), FrameNumber(32), FrameNumber(64));
  {
    File file("data", PageCount(8), page_index_word, frames, hardware);
    bool fresh = false;
    const auto frame = file.page(PageOffset(5), fresh);
    ASSERT_TRUE(frame.has_value());
    EXPECT_FALSE(fresh) << "data was written before: the kernel makes no page";
    EXPECT_EQ(file.page(PageOffset(5), fresh), frame);
    EXPECT_EQ(hardware.peek_word(address_of(*frame)), 5U);
    EXPECT_EQ(file.index_of(*frame), PageOffset(5));
    EXPECT_EQ(file.cached(PageOffset(4)), std::nullopt);
    EXPECT_THROW(file.page(PageOffset(8), fresh), std::logic_error);
    EXPECT_EQ(frames.owned(), PageCount(2));
  }
  EXPECT_EQ(frames.owned(), PageCount(1));
}

TEST(File, HasThePagesOfAHoleMadeAtTheirFirstUse) {
  FakeHardware hardware(64);
  FrameAllocator frames(FrameNumber(0), FrameNumber(32), FrameNumber(64));
  File file("hole", PageCount(8), zero_word, frames, hardware);
  bool fresh = false;
  file.page(PageOffset(5), fresh);
  EXPECT_TRUE(fresh);
  file.page(PageOffset(5), fresh);
  EXPECT_FALSE(fresh);
}

}  // namespace tessera::vm::test
