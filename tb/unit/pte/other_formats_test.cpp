// The formats beside the two of the e500: x86-64, and the two broken on purpose.

#include <gtest/gtest.h>

#include "model/pte/entry.hpp"

namespace tessera::pte {

namespace {

constexpr FrameNumber kSomeFrame(0x12345);
constexpr PageOffset kSomeOffset(0x1234);

}  // namespace

TEST(X8664Format, KeepsTheFrameApartFromTheNoExecuteBit) {
  const Format& format = *find_format("x86-64");
  const Raw data = make_present(format, kSomeFrame, {true, true, false}, true);
  EXPECT_EQ(data, 0x8000'0000'1234'5067ULL);
  EXPECT_EQ(frame_of(format, data), kSomeFrame);
  EXPECT_EQ(make_present(format, kSomeFrame, {true, false, true}, false), 0x0000'0000'1234'5025ULL);
  EXPECT_TRUE(format.hardware_sets_accessed_and_dirty);
}

TEST(X8664Format, WithoutRightsStaysPresentForTheKernelAlone) {
  const Format& format = *find_format("x86-64");
  const Raw none = make_present(format, kSomeFrame, {}, false);
  EXPECT_TRUE(is_present(format, none));
  EXPECT_EQ(none & format.present.user, 0U);
  EXPECT_FALSE(is_writable(format, none));
}

TEST(BrokenFormats, HideEveryFilePteOrMisreadItsOffset) {
  const Format& right = *find_format("fsl64");
  const Format& hidden = *find_format("fsl64-none-mask");
  const Format& misread = *find_format("fsl64-pte-to-pgoff");
  EXPECT_FALSE(is_none(right, pgoff_to_pte(right, kSomeOffset)));
  EXPECT_EQ(pte_to_pgoff(right, pgoff_to_pte(right, kSomeOffset)), kSomeOffset);
  EXPECT_EQ(pgoff_to_pte(hidden, kSomeOffset), 0x0000'1234'0000'0002ULL);
  EXPECT_TRUE(is_none(hidden, pgoff_to_pte(hidden, kSomeOffset)));
  EXPECT_FALSE(is_none(misread, pgoff_to_pte(misread, kSomeOffset)));
  EXPECT_EQ(pte_to_pgoff(misread, pgoff_to_pte(misread, kSomeOffset)), PageOffset(0));
}

TEST(PteFormat, NamesAreWhatFindFormatKnows) {
  ASSERT_GE(format_names().size(), 5U);
  for (const std::string_view name : format_names()) {
    ASSERT_NE(find_format(name), nullptr) << name;
    EXPECT_EQ(find_format(name)->name, name);
  }
}

}  // namespace tessera::pte
