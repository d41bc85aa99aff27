#include "sw/workload/visits.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "tb/unit/workload/chi_square.hpp"
#include "tb/unit/workload/told.hpp"

namespace tessera::workload {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The elements that are visited, one page each, touched once.
std::vector<std::uint64_t> elements_of(const std::string& name, Choices choices) {
  choices["element_pages"] = whole(1);
  choices["touches"] = whole(1);
  std::vector<std::uint64_t> elements;
  for (const TouchPage& touch : all_of<TouchPage>(rounds_of(plan_for(name, choices)))) {
    elements.push_back(touch.expected->value());
  }
  return elements;
}

std::vector<std::uint64_t> counts_of(const std::vector<std::uint64_t>& elements, std::size_t size) {
  std::vector<std::uint64_t> counts(size, 0);
  for (const std::uint64_t element : elements) ++counts.at(element);
  return counts;
}

TEST(Visits, TouchThePagesOfAnElementInTurnWhereItIsShown) {
  const Choices choices{{"visits", whole(6)},        {"touches", whole(3)},
                        {"element_pages", whole(2)}, {"window_pages", whole(4)},
                        {"file_pages", whole(9)},    {"write_percent", whole(100)}};
  const std::vector<Iteration> rounds = rounds_of(plan_for("uniform", choices));
  ASSERT_EQ(rounds.size(), 6U);
  for (const Iteration& round : rounds) {
    const std::vector<TouchPage> touches = all_of<TouchPage>({round});
    ASSERT_EQ(touches.size(), 3U);
    const std::uint64_t first = touches[0].expected->value();
    EXPECT_EQ(first % 2, 0U);
    EXPECT_LT(first, 8U);  // the ninth page is no whole element
    EXPECT_EQ(touches[1].expected->value(), first + 1);
    EXPECT_EQ(touches[2].expected->value(), first);
    EXPECT_EQ(touches[1].window_page, touches[0].window_page + PageCount(1));
    for (const TouchPage& touch : touches) {
      EXPECT_TRUE(touch.write);
      EXPECT_GE(touch.offset, Bytes(4));
      EXPECT_EQ(touch.offset.value() % 4, 0U);
    }
    for (const MapElement& map : all_of<MapElement>({round})) {
      EXPECT_EQ(map.file_page.value(), first);
      EXPECT_EQ(map.window_page, touches[0].window_page);
      EXPECT_EQ(map.pages, PageCount(2));
    }
  }
}

TEST(Visits, WriteAsOftenAsAsked) {
  const std::vector<TouchPage> touches = all_of<TouchPage>(rounds_of(plan_for(
      "uniform", {{"visits", whole(20000)}, {"touches", whole(1)}, {"write_percent", whole(30)}})));
  std::uint64_t writes = 0;
  for (const TouchPage& touch : touches) writes += touch.write ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(writes), 6000, 4 * std::sqrt(20000 * 0.3 * 0.7));
}

TEST(Visits, WithoutRemappingExpectNothing) {
  const Plan plan = plan_for("zipf", {{"visits", whole(50)}});
  EXPECT_TRUE(all_of<MapElement>(rounds_of(plan, false)).empty());
  for (const TouchPage& touch : all_of<TouchPage>(rounds_of(plan, false))) {
    EXPECT_FALSE(touch.expected.has_value());
  }
}

TEST(Visits, RefuseSizesThatDoNotFit) {
  EXPECT_THROW(plan_for("uniform", {{"window_pages", whole(3)}}), UserError);
  EXPECT_THROW(plan_for("zipf", {{"file_pages", whole(3)}}), UserError);
}

TEST(Uniform, IsUniform) {
  const auto elements = elements_of(
      "uniform", {{"visits", whole(100000)}, {"file_pages", whole(200)}, {"seed", whole(11)}});
  EXPECT_LT(std::abs(deviation_of(counts_of(elements, 200), std::vector<double>(200, 1.0 / 200))),
            4)
      << "seed 11";
}

TEST(Zipf, VisitsElementZeroMostOften) {
  const auto elements = elements_of("zipf", {{"visits", whole(100000)},
                                             {"file_pages", whole(4)},
                                             {"window_pages", whole(4)},
                                             {"skew", 1.0},
                                             {"seed", whole(12)}});
  // 1 + 1/2 + 1/3 + 1/4 = 25/12.
  const auto counts = counts_of(elements, 4);
  EXPECT_NEAR(static_cast<double>(counts[0]), 48000, 4 * 158) << "seed 12";
  EXPECT_NEAR(static_cast<double>(counts[3]), 12000, 4 * 103) << "seed 12";
}

// Computed outside this project with 40 decimal digits.
TEST(SelfSimilar, DrawsWhatExactArithmeticDraws) {
  EXPECT_THAT(elements_of("self_similar", {{"visits", whole(10)}, {"file_pages", whole(100000)}}),
              ElementsAre(29778, 23577, 33857, 51571, 0, 209, 4, 119, 13293, 238));
}

TEST(SelfSimilar, GivesEachFirstPartItsShare) {
  const auto elements = elements_of(
      "self_similar", {{"visits", whole(200000)}, {"file_pages", whole(100)}, {"seed", whole(13)}});
  std::vector<double> probabilities;
  probabilities.reserve(100);
  const double exponent = std::log(0.8) / std::log(0.2);
  for (int k = 0; k < 100; ++k) {
    probabilities.push_back(std::pow((k + 1) / 100.0, exponent) - std::pow(k / 100.0, exponent));
  }
  const auto counts = counts_of(elements, 100);
  EXPECT_LT(std::abs(deviation_of(counts, probabilities)), 4) << "seed 13";
  std::uint64_t hot = 0;
  for (int k = 0; k < 20; ++k) hot += counts[static_cast<std::size_t>(k)];
  EXPECT_NEAR(static_cast<double>(hot), 160000, 4 * std::sqrt(200000 * 0.8 * 0.2)) << "seed 13";
}

TEST(Scan, HasItsShareInRunsOfItsLength) {
  const auto elements = elements_of("scan", {{"visits", whole(200000)},
                                             {"file_pages", whole(1U << 20)},
                                             {"scan_percent", whole(30)},
                                             {"scan_elements", whole(10)},
                                             {"seed", whole(14)}});
  // A million elements: two points are hardly ever neighbours in this order.
  std::uint64_t steps = 0;
  for (std::size_t i = 1; i < elements.size(); ++i) {
    if (elements[i] == elements[i - 1] + 1) ++steps;
  }
  // 6000 runs of 10 have 9 steps each; their number spreads by some 1 %.
  EXPECT_NEAR(static_cast<double>(steps), 54000, 0.05 * 54000) << "seed 14";
}

TEST(Scan, IsNothingButScansOrPointsAtItsEnds) {
  const auto scans = elements_of("scan", {{"visits", whole(40)},
                                          {"file_pages", whole(16)},
                                          {"window_pages", whole(4)},
                                          {"scan_percent", whole(100)},
                                          {"scan_elements", whole(20)}});
  for (std::size_t i = 1; i < scans.size(); ++i) {
    if (i != 20) {
      EXPECT_EQ(scans[i], (scans[i - 1] + 1) % 16) << i;
    }
  }
  const Choices points{{"visits", whole(500)}, {"scan_percent", whole(0)}, {"skew", 10.0}};
  EXPECT_THAT(counts_of(elements_of("scan", points), 32768)[0], ::testing::Ge(495U));
}

TEST(Growing, NeverLeavesASetThatGrowsToTheWholeFile) {
  constexpr std::uint64_t kVisits = 20000;
  const auto elements = elements_of("growing", {{"visits", whole(kVisits)},
                                                {"file_pages", whole(1000)},
                                                {"start_elements", whole(10)},
                                                {"seed", whole(15)}});
  std::uint64_t beyond_start = 0;
  std::uint64_t highest = 0;
  for (std::uint64_t i = 0; i < kVisits; ++i) {
    EXPECT_LT(elements[i], 10 + 990 * i / (kVisits - 1));
    highest = std::max(highest, elements[i]);
    if (elements[i] >= 10) ++beyond_start;
  }
  EXPECT_GT(highest, 950U) << "seed 15";
  EXPECT_GT(beyond_start, kVisits / 2);
}

TEST(Growing, BeginsWithAllElementsIfThereAreNoMore) {
  EXPECT_THAT(plan_for("growing", {{"start_elements", whole(1U << 30)}}).title,
              HasSubstr("8,192 of them at first"));
}

}  // namespace
}  // namespace tessera::workload
