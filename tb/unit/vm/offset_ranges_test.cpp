#include "sw/vm/offset_ranges.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tessera::vm::test {

TEST(OffsetRanges, HoldATebibyteAndKnowItsEnds) {
  constexpr std::uint64_t kTebibyte = std::uint64_t{1} << 28;
  OffsetRanges ranges;
  ranges.add(PageOffset(1), PageOffset(kTebibyte));
  EXPECT_FALSE(ranges.contains(PageOffset(0)));
  EXPECT_TRUE(ranges.contains(PageOffset(1)));
  EXPECT_TRUE(ranges.contains(PageOffset(kTebibyte - 1)));
  EXPECT_FALSE(ranges.contains(PageOffset(kTebibyte)));
}

TEST(OffsetRanges, SayTheSameAsAFlagForEachPage) {
  constexpr std::uint64_t kOffsets = 300;
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    OffsetRanges ranges;
    std::vector<bool> flags(kOffsets);
    for (unsigned i = 0; i < 12; ++i) {
      const std::uint64_t first = random() % kOffsets;
      const std::uint64_t end = std::min(kOffsets, first + random() % 20);
      ranges.add(PageOffset(first), PageOffset(end));
      for (std::uint64_t at = first; at < end; ++at) flags[at] = true;
    }
    for (std::uint64_t at = 0; at < kOffsets; ++at) {
      ASSERT_EQ(ranges.contains(PageOffset(at)), flags[at]) << "seed " << seed << ", page " << at;
    }
  }
}

}  // namespace tessera::vm::test
