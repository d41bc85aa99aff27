#include "sw/machine/counters.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace tessera::machine {
namespace {

TEST(Counters, AreDescribedOnceEach) {
  std::set<std::string_view> names;
  for (const CounterDescription& counter : counter_descriptions()) {
    EXPECT_TRUE(names.insert(counter.name).second) << counter.name;
    EXPECT_FALSE(counter.unit.empty());
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

}  // namespace
}  // namespace tessera::machine
