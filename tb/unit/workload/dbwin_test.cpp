#include "sw/workload/dbwin.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"

namespace tessera::workload {
namespace {

template <class Kind>
std::vector<Kind> all_of(const Iteration& iteration) {
  std::vector<Kind> found;
  for (const Operation& operation : iteration.operations) {
    if (const auto* one = std::get_if<Kind>(&operation)) {
      found.push_back(*one);
    }
  }
  return found;
}

Iteration first_round(const DbwinParameters& parameters) {
  Dbwin dbwin(parameters);
  Iteration iteration;
  EXPECT_TRUE(dbwin.next(iteration));
  return iteration;
}

TEST(Dbwin, MapsTheElementsThatTheGeneratorDraws) {
  DbwinParameters parameters;
  Dbwin dbwin(parameters);
  Iteration iteration;
  // The first draws of seed 1 for 4096 window and 16384 file pages, as in random_test.
  constexpr auto kDraws = std::to_array<std::pair<std::uint64_t, std::uint64_t>>(
      {{3462U, 1397U}, {1164U, 3924U}, {3352U, 13943U}, {543U, 15015U}});
  for (const auto& [window, file] : kDraws) {
    ASSERT_TRUE(dbwin.next(iteration));
    const auto maps = all_of<MapElement>(iteration);
    ASSERT_EQ(maps.size(), 1U);
    EXPECT_EQ(maps[0].window_page.value(), window);
    EXPECT_EQ(maps[0].file_page.value(), file);
  }
}

TEST(Dbwin, EndsAfterItsRounds) {
  DbwinParameters parameters;
  parameters.remaps = 3;
  Dbwin dbwin(parameters);
  Iteration iteration;
  int rounds = 0;
  while (dbwin.next(iteration)) {
    EXPECT_TRUE(iteration.counted);
    EXPECT_EQ(iteration.remaps, 1U);
    ++rounds;
  }
  EXPECT_EQ(rounds, 3);
}

TEST(Dbwin, TouchesNoPageOfTheWindowWhenToldSo) {
  DbwinParameters parameters;
  parameters.touch = 0;
  const Iteration round = first_round(parameters);
  EXPECT_TRUE(all_of<TouchPage>(round).empty());
  EXPECT_EQ(all_of<TouchOwn>(round).size(), 2U);  // its data and its stack
}

TEST(Dbwin, ReadsOrWritesEachPageOfTheElement) {
  for (const std::uint64_t touch : {1U, 2U}) {
    DbwinParameters parameters;
    parameters.element_pages = PageCount(4);
    parameters.touch = touch;
    const Iteration round = first_round(parameters);
    const MapElement map = all_of<MapElement>(round).at(0);
    const auto touches = all_of<TouchPage>(round);
    ASSERT_EQ(touches.size(), 4U);
    for (std::uint64_t i = 0; i < 4; ++i) {
      EXPECT_EQ(touches[i].window_page, map.window_page + PageCount(i));
      EXPECT_EQ(touches[i].expected, map.file_page + PageCount(i));
      EXPECT_EQ(touches[i].write, touch == 2);
    }
  }
}

TEST(Dbwin, ReadsTheWholeWindowOnceBeforeRandomReadsAreCounted) {
  DbwinParameters parameters;
  parameters.window_pages = PageCount(8);
  parameters.touch = 16;
  Dbwin dbwin(parameters);
  Iteration iteration;
  ASSERT_TRUE(dbwin.next(iteration));
  EXPECT_FALSE(iteration.counted);
  EXPECT_EQ(all_of<TouchPage>(iteration).size(), 8U);
  ASSERT_TRUE(dbwin.next(iteration));
  EXPECT_TRUE(iteration.counted);
  EXPECT_EQ(all_of<TouchPage>(iteration).size(), 1U + 16U);
}

TEST(Dbwin, ExpectsNothingOfAWindowThatIsNeverRemapped) {
  DbwinParameters parameters;
  parameters.remapped = false;
  EXPECT_FALSE(all_of<TouchPage>(first_round(parameters)).at(0).expected.has_value());
}

TEST(Dbwin, RefusesSizesThatDoNotFit) {
  DbwinParameters parameters;
  parameters.element_pages = PageCount(8192);
  EXPECT_THROW(Dbwin{parameters}, UserError);
  parameters.element_pages = PageCount(0);
  EXPECT_THROW(Dbwin{parameters}, UserError);
  parameters.element_pages = PageCount(64);
  parameters.file_pages = PageCount(32);
  EXPECT_THROW(Dbwin{parameters}, UserError);
}

}  // namespace
}  // namespace tessera::workload
