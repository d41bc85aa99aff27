#include "model/pte/entry.hpp"

#include <gtest/gtest.h>

namespace tessera::pte {

namespace {

constexpr Protection kReadWrite{true, true, false};
constexpr FrameNumber kFrame(0x12345);

}  // namespace

TEST(PteFormat, IsFoundByWidthAndByName) {
  EXPECT_EQ(find_format(32), find_format("fsl32"));
  EXPECT_EQ(find_format(64), find_format("fsl64"));
  EXPECT_EQ(find_format(16), nullptr);
  EXPECT_EQ(find_format("alpha"), nullptr);
}

// linux-vm.md F2, the example below the table.
TEST(PteEntry, PageSharedMatchesTheDocumentedWords) {
  EXPECT_EQ(make_present(*find_format(32), kFrame, kReadWrite, false), 0x12345127U);
  EXPECT_EQ(make_present(*find_format(64), kFrame, kReadWrite, false), 0x0000'0123'4524'023dULL);
  EXPECT_EQ(make_present(*find_format(32), kFrame, kReadWrite, true), 0x1234512fU);
  EXPECT_EQ(make_present(*find_format(64), kFrame, kReadWrite, true), 0x0000'0123'4524'123dULL);
}

TEST(PteEntry, FramesRoundTripUpToThirtySixAddressBits) {
  const FrameNumber highest(0xff'ffff);
  const Raw entry = make_present(*find_format(64), highest, kReadWrite, false);
  EXPECT_EQ(frame_of(*find_format(64), entry), highest);
  EXPECT_EQ(frame_of(*find_format(32), 0x12345127), kFrame);
}

TEST(PteEntry, RightsFollowTheProtection) {
  for (const unsigned width : {32U, 64U}) {
    const Format& format = *find_format(width);
    for (unsigned index = 0; index < 8; ++index) {
      const Protection p{(index & 1U) != 0, (index & 2U) != 0, (index & 4U) != 0};
      const Raw entry = make_present(format, kFrame, p, false);
      EXPECT_TRUE(is_present(format, entry));
      EXPECT_TRUE(is_accessed(format, entry));
      EXPECT_FALSE(is_dirty(format, entry));
      EXPECT_EQ(is_writable(format, entry), p.write);
      EXPECT_EQ((entry & format.present.exec) != 0, p.exec);
      EXPECT_EQ((entry & format.present.user) != 0, index != 0);
    }
  }
}

TEST(PteEntry, BitsAreAddedAndRemovedOneAtATime) {
  for (const unsigned width : {32U, 64U}) {
    const Format& format = *find_format(width);
    const Raw entry = make_present(format, kFrame, {true, false, false}, false);
    EXPECT_TRUE(is_dirty(format, with_dirty(format, entry)));
    EXPECT_TRUE(is_writable(format, with_write(format, entry)));
    EXPECT_EQ(without_write(format, with_write(format, entry)), entry);
    EXPECT_TRUE(is_special(format, with_special(format, entry)));
    EXPECT_FALSE(is_special(format, entry));
    EXPECT_EQ(with_accessed(format, entry), entry);
  }
}

TEST(PteEntry, AClearedWideEntryKeepsItsUpperWordAndIsStillNone) {
  const Format& format = *find_format(64);
  const Raw left = cleared(format, make_present(format, kFrame, kReadWrite, true));
  EXPECT_EQ(left, 0x0000'0123'0000'0000ULL);
  EXPECT_TRUE(is_none(format, left));
  EXPECT_EQ(cleared(*find_format(32), 0x12345127), 0U);
}

TEST(PteEntry, OffsetsBeyondTheArithmeticWidthLoseTheirHighBits) {
  const Raw wrapped = pgoff_to_pte(*find_format(64), PageOffset(1ULL << 29U));
  EXPECT_EQ(wrapped, 0x2U);
}

}  // namespace tessera::pte
