// What is made of a sweep's rows: intervals, ratios, crossovers, tables.

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/sweep/crossover.hpp"
#include "sw/sweep/page.hpp"
#include "sw/sweep/standing.hpp"
#include "sw/sweep/statistics.hpp"
#include "sw/sweep/tables.hpp"

namespace tessera::sweep {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(IntervalOfRepeats, IsStudents) {
  EXPECT_EQ(interval_of({}).n, 0U);
  EXPECT_FALSE(interval_of({7}).half.has_value());
  // Gosset's own data ("The probable error of a mean", 1908, table of sleep): ten differences, mean
  // 1.58, standard deviation 1.2300; t of 9 degrees of freedom is 2.262.
  const Interval sleep = interval_of({1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4});
  EXPECT_EQ(sleep.n, 10U);
  EXPECT_NEAR(sleep.mean, 1.58, 1e-12);
  EXPECT_NEAR(*sleep.half, 2.262 * 1.2300 / std::sqrt(10.0), 1e-3);
  // 1 and 3: 2 +- 12.706 * sqrt(2) / sqrt(2).
  EXPECT_NEAR(*interval_of({1, 3}).half, 12.706, 1e-9);
  EXPECT_EQ(*interval_of({5, 5, 5}).half, 0);
  // 1000 values: the table's last row, which is too large by 5 percent at most.
  std::vector<double> many;
  many.reserve(1000);
  for (int i = 0; i < 1000; ++i) {
    many.push_back(i % 2);
  }
  EXPECT_NEAR(*interval_of(many).half, 1.962 * 0.5 / std::sqrt(1000.0), 0.05 * 0.031);
}

Cell cell_of(double cycles) {
  Cell cell;
  cell.values[kCyclesPerAccess] = {cycles};
  cell.seeds = {1};
  return cell;
}

Cell ended(const char* trouble) {
  Cell cell;
  cell.trouble = trouble;
  return cell;
}

/// rfp : mmap is x / 100 along window_pages: it crosses 1 at 100.
Summary hundred() {
  Summary summary;
  summary.name = "hundred.toml";
  summary.axes = {{"window_pages", {10, 50, 200, 4000}}, {"kernel", {"3.8", "6.1"}}};
  summary.methods = {"mmap", "rfp"};
  summary.quantities = {kCyclesPerAccess};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto x = summary.axes[0].values[i].get<double>();
    summary.points[{i, 0}] = {cell_of(100), cell_of(x)};
    summary.points[{i, 1}] = {cell_of(100), cell_of(i == 3 ? 110 : 90)};
  }
  return summary;
}

TEST(CrossoverOfMethods, IsWhereTheRatioPasses1StraightInLogarithms) {
  const auto found = crossovers(hundred(), 0, 1, 0, kCyclesPerAccess);
  ASSERT_EQ(found.size(), 2U);
  ASSERT_EQ(found[0].at.size(), 1U);
  EXPECT_NEAR(found[0].at[0], 100, 1e-9);
  EXPECT_EQ(words_for(found[0], "rfp", "mmap"), "rfp up to 100, then mmap");
  // ln 0.9 to ln 1.1 from 200 to 4000.
  const double share = std::log(0.9) / (std::log(0.9) - std::log(1.1));
  EXPECT_NEAR(found[1].at[0], 200 * std::pow(20, share), 1e-6);
}

TEST(CrossoverOfMethods, PassesOverRunsThatWereEnded) {
  Summary summary = hundred();
  summary.points[{1, 0}][0] = ended("ENOMEM");
  // From 10 to 200 then, where the ratio is still x / 100.
  EXPECT_NEAR(crossovers(summary, 0, 1, 0, kCyclesPerAccess)[0].at.at(0), 100, 1e-9);
  EXPECT_THAT(markdown_of(summary),
              AllOf(HasSubstr("| 50 | ENOMEM (mmap) |"), HasSubstr("| 10 | 0.100 |"),
                    HasSubstr("Of 3 places where both did the whole job, rfp has less at 1 (ratios "
                              "down to 0.100), mmap at 2 (up to 40.000).")));
  for (std::size_t i = 0; i < 4; ++i) {
    summary.points[{i, 0}][0] = ended("refused");
  }
  EXPECT_EQ(words_for(crossovers(summary, 0, 1, 0, kCyclesPerAccess)[0], "rfp", "mmap"),
            "no place where both did the whole job");
}

TEST(CrossoverOfMethods, MayNeverBeOrBeTwice) {
  Summary summary = hundred();
  summary.points[{3, 1}][1] = cell_of(90);
  EXPECT_EQ(words_for(crossovers(summary, 0, 1, 0, kCyclesPerAccess)[1], "rfp", "mmap"),
            "rfp throughout: they never cross within the range");
  EXPECT_EQ(words_for(crossovers(summary, 0, 0, 1, kCyclesPerAccess)[1], "mmap", "rfp"),
            "rfp throughout: they never cross within the range");
  summary.points[{1, 1}][1] = cell_of(200);
  EXPECT_THAT(words_for(crossovers(summary, 0, 1, 0, kCyclesPerAccess)[1], "rfp", "mmap"),
              ::testing::MatchesRegex("rfp up to [0-9.]+, then mmap up to [0-9.]+, then rfp"));
  for (std::size_t i = 0; i < 4; ++i) {
    summary.points[{i, 1}][1] = cell_of(100);
  }
  EXPECT_EQ(words_for(crossovers(summary, 0, 1, 0, kCyclesPerAccess)[1], "rfp", "mmap"),
            "the same throughout");
}

TEST(RatioOfMethods, IsTakenSeedBySeed) {
  Summary summary = hundred();
  Cell& mmap = summary.points[{0, 0}][0];
  Cell& rfp = summary.points[{0, 0}][1];
  mmap.values[kCyclesPerAccess] = {100, 200};
  rfp.values[kCyclesPerAccess] = {50, 100};
  mmap.seeds = rfp.seeds = {1, 2};
  const Interval ratio = ratio_of(summary, {0, 0}, 1, 0, kCyclesPerAccess);
  EXPECT_EQ(ratio.n, 2U);
  EXPECT_EQ(ratio.mean, 0.5);
  EXPECT_EQ(*ratio.half, 0);
  EXPECT_EQ(ratio_of(summary, {0, 0}, 1, 0, "nothing").n, 0U);
  // Seed 1 of rfp is still to be run: seed 2 is compared with seed 2.
  rfp.values[kCyclesPerAccess] = {100};
  rfp.seeds = {2};
  EXPECT_EQ(ratio_of(summary, {0, 0}, 1, 0, kCyclesPerAccess).n, 1U);
  EXPECT_EQ(ratio_of(summary, {0, 0}, 1, 0, kCyclesPerAccess).mean, 0.5);
}

TEST(WinnersOfASweep, LeaveOutTheFloor) {
  Summary summary = hundred();
  summary.methods = {"none", "mmap", "rfp"};
  for (auto& [place, cells] : summary.points) {
    cells.insert(cells.begin(), cell_of(1));
  }
  EXPECT_EQ(winners_text(summary),
            "Fewest cycles an access, of 8 combinations: mmap at 3, rfp at 5.");
  ASSERT_EQ(pairs_of(summary).size(), 1U);
  EXPECT_THAT(markdown_of(summary), AllOf(HasSubstr("rfp : mmap"), Not(HasSubstr("none"))));
  summary.methods = {"none"};
  EXPECT_EQ(winners_text(summary), "Nothing to compare: none is the floor, not a rival.");
}

TEST(WinnersOfASweep, AreNoneWhereMethodsTieOrRunsAreMissing) {
  Summary summary = hundred();
  summary.points[{0, 0}][1] = cell_of(100);
  EXPECT_EQ(winners_text(summary),
            "Fewest cycles an access, of 8 combinations: mmap at 3, rfp at 4, a tie at 1.");
  summary.tally = {15, 0, 0, 1};
  summary.points[{1, 0}][0] = ended("missing");
  summary.points[{1, 0}][0].unfinished = 1;
  EXPECT_THAT(winners_text(summary), ::testing::EndsWith("of 7 combinations: mmap at 3, rfp at 3, "
                                                         "a tie at 1. Runs are missing at 1 "
                                                         "combination."));
  EXPECT_THAT(markdown_of(summary), ::testing::StartsWith("15 of 16 runs done, 1 missing.\n\n"));
}

TEST(ReportOfASweep, SaysWhoWinsWhere) {
  const Summary summary = hundred();
  EXPECT_EQ(winners_text(summary),
            "Fewest cycles an access, of 8 combinations: mmap at 3, rfp at 5.");
  EXPECT_THAT(plane_of(summary), ElementsAre(0));
  const std::string page = page_of(summary);
  EXPECT_THAT(page, AllOf(HasSubstr("rfp up to 100, then mmap"), Not(HasSubstr("%%"))));
}

TEST(SummaryOfADatabase, LeavesOutAxesThatOthersDetermine) {
  Plan plan;
  plan.name = "s.toml";
  plan.axes = {"window_pages", "remaps", "core"};
  for (const int window : {64, 16}) {
    plan.configurations.push_back(
        {{{"window_pages", window}, {"remaps", window * 3}, {"core", "e500mc"}}, {{"a", 1}}});
    plan.runs.push_back({std::to_string(window), plan.configurations.size() - 1, "rfp", 1, ""});
  }
  Database database(":memory:", plan, Database::Journal::Plain);
  database.add({{"64", "done", "", 1, 0.1, {{"cycles.total", 600}, {"counters.accesses", 3}}},
                {"16", "done", "ENOMEM", 1, 0.1, {{"cycles.total", 1}}}});
  const Summary summary = summary_of(database);
  ASSERT_EQ(summary.axes.size(), 1U);
  EXPECT_EQ(summary.axes[0].key, "window_pages");
  EXPECT_EQ(summary.axes[0].values.front(), 16);
  EXPECT_EQ(summary.at({0}, 0)->trouble, "ENOMEM");
  EXPECT_TRUE(summary.at({0}, 0)->values.empty());
  EXPECT_EQ(summary.at({1}, 0)->values.at(kCyclesPerAccess).at(0), 200);
  EXPECT_EQ(summary.at({7}, 0), nullptr);
}

/// Two methods by three seeds at two places, one of them with no accesses.
Plan plan_of_seeds() {
  Plan plan;
  plan.name = "s.toml";
  plan.axes = {"touch"};
  for (const int touch : {0, 1}) {
    plan.configurations.push_back(
        {{{"touch", touch}}, {{"touch", touch}, {"workload", "dbwin"}, {"remaps", 7}}});
    for (const char* method : {"mmap", "rfp"}) {
      for (const std::uint64_t seed : {1U, 2U, 3U}) {
        plan.runs.push_back({method + std::to_string(10 * touch + static_cast<int>(seed)),
                             plan.configurations.size() - 1, method, seed, ""});
      }
    }
  }
  return plan;
}

FinishedRun run_of(const std::string& key, int cycles, int accesses) {
  return {key, "done", "", 1, 0.1, {{"cycles.total", cycles}, {"counters.accesses", accesses}}};
}

TEST(SummaryOfADatabase, HasWinnersOnlyWhereThereAreAccessesAndAllRuns) {
  Database database(":memory:", plan_of_seeds(), Database::Journal::Plain);
  EXPECT_EQ(winners_text(summary_of(database)), "No run is done.");
  EXPECT_THAT(page_of(summary_of(database)), HasSubstr("0 of 12 runs done, 12 missing"));
  for (const char* seed : {"1", "2", "3"}) {
    database.add({run_of(std::string("mmap") + seed, 0, 0), run_of(std::string("rfp") + seed, 0, 0),
                  run_of(std::string("rfp1") + seed, 20, 10)});
  }
  EXPECT_EQ(winners_text(summary_of(database)), "No combination has all its runs.");
  database.add({run_of("mmap11", 40, 10), run_of("mmap13", 80, 10)});
  const Summary summary = summary_of(database);
  // The two seeds that are done stay, and are told to be two.
  EXPECT_EQ(summary.at({1}, 0)->unfinished, 1U);
  EXPECT_EQ(ratio_of(summary, {1}, 0, 1, kCyclesPerAccess).mean, 3);
  EXPECT_THAT(markdown_of(summary), HasSubstr("(n = 2)"));
  EXPECT_EQ(winners_text(summary), "No combination has all its runs.");
  database.add({run_of("mmap12", 60, 10)});
  EXPECT_EQ(winners_text(summary_of(database)),
            "Fewest cycles an access, of 1 combination: rfp at 1.");
  EXPECT_THAT(summary.fixed, ElementsAre(std::pair<std::string, std::string>("workload", "dbwin"),
                                         std::pair<std::string, std::string>("remaps", "7")));
}

// 2 and 4 cycles by 1 and 8: seed by seed 2 and 0.5, in the mean 1.25; the means' ratio is 0.667.
TEST(PageOfASweep, HasTheRatiosOfTheTables) {
  Database database(":memory:", plan_of_seeds(), Database::Journal::Plain);
  database.add({run_of("rfp11", 2, 1), run_of("rfp12", 4, 1), run_of("mmap11", 1, 1),
                run_of("mmap12", 8, 1)});
  const Summary summary = summary_of(database);
  EXPECT_EQ(ratio_of(summary, {1}, 1, 0, kCyclesPerAccess).mean, 1.25);
  EXPECT_THAT(page_of(summary), HasSubstr("\"ratios\":[[[1.25,"));
  EXPECT_THAT(markdown_of(summary), HasSubstr("| 1.250 ± "));
}

TEST(PageOfASweep, IsNeverTooLong) {
  Summary summary = hundred();
  summary.axes[0].values.clear();
  summary.points.clear();
  const auto add = [&](std::size_t up_to) {
    for (std::size_t i = summary.points.size(); i < up_to; ++i) {
      summary.axes[0].values.emplace_back(i);
      summary.points[{i, 0}] = {cell_of(100), cell_of(static_cast<double>(i) / 7)};
    }
  };
  for (const char* more : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    summary.quantities.emplace_back(more);
  }
  add(8000);
  for (auto& [place, cells] : summary.points) {
    for (Cell& cell : cells) {
      for (const std::string& name : summary.quantities) {
        cell.values[name] = cell.values[kCyclesPerAccess];
      }
    }
  }
  const std::string page = page_of(summary);
  EXPECT_LE(page.size(), 3'000'000U);
  EXPECT_THAT(page, HasSubstr("With all quantities this page would have"));
  add(40000);
  try {
    page_of(summary);
    FAIL() << "a page of any length";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--format markdown"));
  }
}

TEST(TablesOfASweep, AreOfPlacesWhereNoAxisIsOfNumbers) {
  Summary summary = hundred();
  summary.axes = {{"kernel", {"3.8", "6.1"}}};
  summary.points = {{{0}, {cell_of(100), cell_of(50)}}, {{1}, {cell_of(90), ended("ENOMEM")}}};
  EXPECT_THAT(markdown_of(summary), AllOf(HasSubstr("| kernel 3.8 | 100.000 | 50.000 |"),
                                          HasSubstr("| kernel 6.1 | 90.000 | ENOMEM |")));
}

}  // namespace
}  // namespace tessera::sweep
