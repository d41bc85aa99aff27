#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "sw/machine/accounting/interval_series.hpp"
#include "sw/machine/accounting/latency_histogram.hpp"
#include "sw/machine/accounting/region.hpp"
#include "sw/machine/accounting/slot_sums.hpp"

namespace tessera::machine {
namespace {

/// The least value that `share` of all do not exceed, by sorting.
std::uint64_t percentile_of(std::vector<std::uint64_t> all, double share) {
  std::sort(all.begin(), all.end());
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all.size())));
  return all[rank - 1];
}

TEST(LatencyHistogram, IsExactBelow1024Cycles) {
  std::mt19937 random(11);
  LatencyHistogram histogram;
  std::vector<std::uint64_t> all;
  for (int i = 0; i < 5000; ++i) {
    all.push_back(random() % 1024);
    histogram.add(Cycles(all.back()));
  }
  for (const double share : {0.5, 0.95, 0.99, 1.0}) {
    EXPECT_EQ(histogram.percentile(share), Cycles(percentile_of(all, share)));
  }
  EXPECT_EQ(histogram.count(), 5000U);
  EXPECT_EQ(histogram.max(), Cycles(*std::max_element(all.begin(), all.end())));
}

TEST(LatencyHistogram, IsTooLargeByLessThanA64thAbove) {
  const unsigned seed = std::random_device{}();
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t cycles = 1024 + (random() >> (i % 54 + 10));
    const std::uint64_t said = LatencyHistogram::longest_of(LatencyHistogram::group_of(cycles));
    ASSERT_GE(said, cycles) << "seed " << seed;
    ASSERT_LT(said - cycles, (cycles + 63) / 64) << "seed " << seed;
  }
}

TEST(LatencyHistogram, HasGroupsWithoutGapsOrOverlaps) {
  for (std::size_t group = 0; group < 3000; ++group) {
    const std::uint64_t longest = LatencyHistogram::longest_of(group);
    ASSERT_EQ(LatencyHistogram::group_of(longest), group);
    ASSERT_EQ(LatencyHistogram::group_of(longest + 1), group + 1);
  }
}

TEST(LatencyHistogram, HasNoGroupsAndPercentilesOfZeroWhenEmpty) {
  const LatencyHistogram histogram;
  EXPECT_TRUE(histogram.groups().empty());
  EXPECT_EQ(histogram.percentile(0.5), Cycles(0));
}

TEST(SlotSums, AreByElementOfTheWindow) {
  const EffectiveAddress window(0x20000000);
  SlotSums slots(window, PageCount(10), PageCount(4));
  slots.accessed(window, Cycles(5));
  slots.accessed(window + Bytes(0x3FFC), Cycles(7));
  slots.accessed(window + Bytes(0x9000), Cycles(1));
  slots.accessed(window + Bytes(0xA000), Cycles(100));        // behind it
  slots.accessed(EffectiveAddress(0x1FFFFFFC), Cycles(100));  // before it
  slots.refilled(window + Bytes(0x4000), true);
  slots.refilled(window + Bytes(0x5000), false);
  EXPECT_EQ(slots.slot_pages(), PageCount(4));
  EXPECT_EQ(slots.accesses(), (std::vector<std::uint64_t>{2, 0, 1}));
  EXPECT_EQ(slots.cycles(), (std::vector<std::uint64_t>{12, 0, 1}));
  EXPECT_EQ(slots.refills(), (std::vector<std::uint64_t>{0, 2, 0}));
  EXPECT_EQ(slots.refills_after_flush(), (std::vector<std::uint64_t>{0, 1, 0}));
}

TEST(SlotSums, AreNoMoreThan4096) {
  const SlotSums slots(EffectiveAddress(0x20000000), PageCount(70000), PageCount(1));
  EXPECT_EQ(slots.slot_pages(), PageCount(32));
  EXPECT_EQ(slots.accesses().size(), 2188U);  // 70,000 / 32, rounded up
}

IntervalReading reading(std::uint64_t accesses, std::uint64_t cycles, std::uint64_t vmas) {
  IntervalReading r;
  r.counters.accesses = accesses;
  r.counters.vmas = vmas;
  r.cycles = Cycles(cycles);
  return r;
}

TEST(IntervalSeries, EndsIntervalsWithTheOperationInWhichTheyAreOver) {
  IntervalSeries series(IntervalUnit::Accesses, 10);
  series.begin(reading(5, 100, 1));
  EXPECT_FALSE(series.is_over(14, Cycles(1000)));
  EXPECT_TRUE(series.is_over(15, Cycles(1000)));
  series.end(reading(17, 1000, 3));
  EXPECT_FALSE(series.is_over(24, Cycles(0)));
  series.end(reading(48, 1500, 2));  // three intervals long
  EXPECT_FALSE(series.is_over(54, Cycles(0)));
  EXPECT_TRUE(series.is_over(55, Cycles(0)));
  series.finish(reading(50, 1501, 2));
  series.finish(reading(50, 1501, 2));  // nothing more has happened
  ASSERT_EQ(series.intervals().size(), 3U);
  EXPECT_EQ(series.intervals()[0].counters.accesses, 12U);
  EXPECT_EQ(series.intervals()[0].counters.vmas, 3U);
  EXPECT_EQ(series.intervals()[1].counters.accesses, 31U);
  EXPECT_EQ(series.intervals()[1].cycles, Cycles(500));
  EXPECT_EQ(series.intervals()[2].counters.accesses, 2U);
}

// A remap counts after the last operation of its round, which may have ended the interval.
TEST(IntervalSeries, LosesNothingThatIsCountedAfterItsLastInterval) {
  IntervalSeries series(IntervalUnit::Cycles, 10);
  series.begin(reading(0, 0, 0));
  series.end(reading(1, 10, 1));
  IntervalReading end = reading(1, 10, 2);
  end.counters.remaps_done = 1;
  EXPECT_FALSE(series.finish(end).has_value());
  ASSERT_EQ(series.intervals().size(), 1U);
  EXPECT_EQ(series.intervals()[0].counters.remaps_done, 1U);
  EXPECT_EQ(series.intervals()[0].counters.accesses, 1U);
  EXPECT_EQ(series.intervals()[0].counters.vmas, 2U);
  EXPECT_EQ(series.intervals()[0].cycles, Cycles(10));
}

TEST(IntervalSeries, CountsCyclesIfAsked) {
  IntervalSeries series(IntervalUnit::Cycles, 1000);
  series.begin(reading(0, 50, 1));
  EXPECT_FALSE(series.is_over(99999, Cycles(1049)));
  EXPECT_TRUE(series.is_over(0, Cycles(1050)));
}

TEST(IntervalSeries, MergesNeighboursWhereThereWouldBeTooMany) {
  constexpr std::uint64_t kAccesses = IntervalSeries::kMostIntervals + 10;
  IntervalSeries series(IntervalUnit::Accesses, 1);
  series.begin(reading(0, 0, 0));
  for (std::uint64_t i = 1; i <= kAccesses; ++i) {
    if (!series.is_over(i, Cycles(0))) continue;
    const std::uint64_t length = series.length();
    EXPECT_EQ(series.end(reading(i, 3 * i, i)).counters.accesses, length);
  }
  EXPECT_EQ(series.length(), 2U);
  ASSERT_EQ(series.intervals().size(), kAccesses / 2);
  for (std::size_t i = 0; i < series.intervals().size(); ++i) {
    ASSERT_EQ(series.intervals()[i].counters.accesses, 2U);
    ASSERT_EQ(series.intervals()[i].counters.vmas, 2 * (i + 1));
    ASSERT_EQ(series.intervals()[i].cycles, Cycles(6));
  }
  series.begin(reading(kAccesses, 0, 0));  // as long as asked for again
  EXPECT_EQ(series.length(), 1U);
  EXPECT_FALSE(series.is_over(kAccesses, Cycles(0)));
  EXPECT_TRUE(series.is_over(kAccesses + 1, Cycles(0)));
}

TEST(Region, BeginsAfterTheWarmUpAndEndsWithItsLength) {
  AccountingConfig config;
  config.warm_up = 10;
  config.region = 5;
  Region region(config);
  EXPECT_TRUE(region.begins_after(false, 7));  // what the workload does not want counted
  EXPECT_FALSE(region.begins_after(true, 16));
  EXPECT_FALSE(region.is_warm());
  EXPECT_TRUE(region.begins_after(true, 18));
  EXPECT_FALSE(region.begins_after(true, 22));
  EXPECT_FALSE(region.is_over());
  EXPECT_FALSE(region.begins_after(true, 23));
  EXPECT_TRUE(region.is_over());
}

TEST(Region, IsTheWholeRunUnlessAskedOtherwise) {
  Region region(AccountingConfig{});
  EXPECT_TRUE(region.is_warm());
  EXPECT_FALSE(region.begins_after(true, 1U << 30));
  EXPECT_FALSE(region.is_over());
}

}  // namespace
}  // namespace tessera::machine
