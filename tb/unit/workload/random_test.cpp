#include "sw/workload/random.hpp"

#include <gtest/gtest.h>

namespace tessera::workload {
namespace {

// Computed from dbwin.c's definition with big integers, outside this project.
TEST(Random, DrawsWhatTheMicrobenchmarkDraws) {
  Random seed1(1);
  for (const std::uint32_t draw : {0xD86BA01AU, 0x15D709D3U, 0x48C75E5AU, 0x3D534FD1U}) {
    EXPECT_EQ(seed1.next(), draw);
  }
  Random seed7(7);
  for (const std::uint32_t draw : {0x7960F95FU, 0x1A8FDC20U, 0xC89472E1U, 0xD940DEA0U}) {
    EXPECT_EQ(seed7.next(), draw);
  }
}

TEST(Random, StaysBelowItsBound) {
  Random random(3);
  std::uint32_t highest = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::uint32_t draw = random.below(7);
    ASSERT_LT(draw, 7U);
    highest = std::max(highest, draw);
  }
  EXPECT_EQ(highest, 6U);
  EXPECT_EQ(random.below(0), 0U);
}

}  // namespace
}  // namespace tessera::workload
