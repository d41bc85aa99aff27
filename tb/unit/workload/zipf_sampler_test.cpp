#include "sw/workload/zipf_sampler.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/workload/portable_math.hpp"
#include "tb/unit/workload/chi_square.hpp"

namespace tessera::workload {
namespace {

using ::testing::ElementsAre;

std::vector<std::uint64_t> draws(std::uint64_t ranks, double skew, std::uint64_t seed, int count) {
  const ZipfSampler sampler(ranks, skew);
  Random random(seed);
  std::vector<std::uint64_t> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    all.push_back(sampler.next(random));
  }
  return all;
}

// Computed outside this project with 40 decimal digits and without the shortcut of the paper.
TEST(ZipfSampler, DrawsWhatExactArithmeticDraws) {
  EXPECT_THAT(draws(1000000, 0.99, 1, 12),
              ElementsAre(122851, 41, 84877, 4, 151231, 90, 305965, 333523, 3, 23, 326, 16));
  EXPECT_THAT(draws(1000, 1, 2, 12), ElementsAre(143, 58, 1, 11, 1, 389, 387, 271, 1, 32, 21, 13));
  EXPECT_THAT(draws(50, 2.5, 3, 12), ElementsAre(1, 1, 3, 1, 1, 1, 1, 1, 2, 1, 1, 1));
  EXPECT_THAT(draws(1ULL << 28, 0.5, 4, 12),
              ElementsAre(34755520, 44571666, 123412129, 4019922, 266846286, 139657980, 126535403,
                          60346160, 182206963, 225763094, 105318071, 73054973));
  EXPECT_THAT(draws(7, 0, 5, 12), ElementsAre(5, 3, 3, 7, 7, 4, 5, 4, 1, 5, 3, 2));
}

TEST(ZipfSampler, HasOnlyOneRankOfOne) {
  for (const double skew : {0.0, 0.99, 1.0, 10.0}) {
    EXPECT_THAT(draws(1, skew, 1, 5), ::testing::Each(1)) << skew;
  }
}

/// Counts of the first ranks, and of all others together, so that none is expected rarely.
TEST(ZipfSampler, FollowsTheLaw) {
  constexpr int kDraws = 200000;
  constexpr double kFewest = 20;
  int laws = 0;
  for (const std::uint64_t ranks : {12U, 1000U}) {
    for (const double skew : {0.0, 0.3, 0.99, 1.0, 1.01, 1.5}) {
      const std::uint64_t seed = 100 + static_cast<std::uint64_t>(laws);
      SCOPED_TRACE(testing::Message() << ranks << " ranks, skew " << skew << ", seed " << seed);
      std::vector<double> probabilities;
      double sum = 0;
      for (std::uint64_t k = 1; k <= ranks; ++k) {
        probabilities.push_back(std::pow(static_cast<double>(k), -skew));
        sum += probabilities.back();
      }
      for (double& p : probabilities) p /= sum;
      std::vector<std::uint64_t> counts(ranks, 0);
      for (const std::uint64_t rank : draws(ranks, skew, seed, kDraws)) {
        ASSERT_GE(rank, 1U);
        ASSERT_LE(rank, ranks);
        ++counts[rank - 1];
      }
      while (probabilities.size() > 2 && probabilities.back() * kDraws < kFewest) {
        probabilities[probabilities.size() - 2] += probabilities.back();
        counts[counts.size() - 2] += counts.back();
        probabilities.pop_back();
        counts.pop_back();
      }
      ASSERT_GE(counts.size(), 11U);
      EXPECT_LT(std::abs(deviation_of(counts, probabilities)), 4);
      ++laws;
    }
  }
  EXPECT_EQ(laws, 12);
}

TEST(ChiSquare, FindsALawThatIsSlightlyAnother) {
  std::vector<double> probabilities;
  std::vector<std::uint64_t> counts(100, 0);
  double sum = 0;
  for (int k = 1; k <= 100; ++k) {
    probabilities.push_back(std::pow(k, -1.03));
    sum += probabilities.back();
  }
  for (double& p : probabilities) p /= sum;
  for (const std::uint64_t rank : draws(100, 1.0, 9, 200000)) ++counts[rank - 1];
  EXPECT_GT(deviation_of(counts, probabilities), 6);
}

TEST(PortableMath, AgreesWithTheCLibrary) {
  const auto near = [](double value, double expected) {
    return std::abs(value - expected) <= 1e-14 * std::abs(expected);
  };
  Random random(17);
  int checks = 0;
  for (int i = 0; i < 20000; ++i) {
    const double scale = std::ldexp(random.real(), static_cast<int>(random.below(60)) - 30);
    // Near 1 the logarithm is near 0, and only its absolute error is small.
    EXPECT_NEAR(portable_log(scale), std::log(scale), 1e-15 + 1e-14 * std::abs(std::log(scale)))
        << scale;
    const double x = (random.real() - 0.5) * 1400 * random.real();
    EXPECT_TRUE(near(portable_exp(x), std::exp(x))) << x;
    const double small = (random.real() - 0.5) * 4;
    EXPECT_TRUE(near(expm1_over(small), std::expm1(small) / small)) << small;
    const double above = small > -0.999 ? small : -small;
    EXPECT_TRUE(near(log1p_over(above), std::log1p(above) / above)) << above;
    ++checks;
  }
  EXPECT_EQ(checks, 20000);
  EXPECT_EQ(portable_log(1), 0);
  EXPECT_EQ(portable_exp(0), 1);
  EXPECT_EQ(log1p_over(0), 1);
  EXPECT_EQ(expm1_over(0), 1);
}

}  // namespace
}  // namespace tessera::workload
