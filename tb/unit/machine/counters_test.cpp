#include "sw/machine/counters.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera::machine {
namespace {

TEST(Counters, AreDescribedOnceEach) {
  std::set<std::string_view> names;
  for (const CounterDescription& counter : counter_descriptions()) {
    EXPECT_TRUE(names.insert(counter.name).second) << counter.name;
    EXPECT_FALSE(counter.definition.empty());
  }
  EXPECT_EQ(names.size() * sizeof(std::uint64_t), sizeof(RunCounters));
}

TEST(Counters, CountEventsBetweenTwoMomentsAndStatesAtTheEnd) {
  RunCounters start;
  RunCounters end;
  start.flush_va = 3;
  end.flush_va = 10;
  start.vmas = 4;
  end.vmas = 6;
  const RunCounters result = between(start, end);
  EXPECT_EQ(result.flush_va, 7U);
  EXPECT_EQ(result.vmas, 6U);
}

// docs/counters.md is for readers; the program's table is what counts: they say the same.
TEST(Counters, AreDefinedInTheDocumentsAsInTheProgram) {
  std::ifstream file(COUNTERS_PAGE);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const CounterDescription& counter : counter_descriptions()) {
    const std::string row =
        "| `" + std::string(counter.name) + "` | " + std::string(counter.definition) + " |";
    EXPECT_THAT(page, ::testing::HasSubstr(row));
  }
}

}  // namespace
}  // namespace tessera::machine
