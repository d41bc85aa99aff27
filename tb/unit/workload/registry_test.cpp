#include "sw/workload/registry.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/workload/told.hpp"

namespace tessera::workload {
namespace {

TEST(Registry, KnowsEveryWorkloadByItsName) {
  std::set<std::string> names;
  for (const Description& workload : workloads()) {
    EXPECT_TRUE(names.insert(workload.name).second) << workload.name;
    EXPECT_EQ(find_workload(workload.name), &workload);
  }
  EXPECT_GE(names.size(), 11U);
  EXPECT_EQ(workloads().front().name, "window");
  EXPECT_EQ(find_workload("windo"), nullptr);
}

TEST(Registry, TellsAStoryOfTwoToFourLines) {
  for (const Description& workload : workloads()) {
    const auto breaks = std::count(workload.story.begin(), workload.story.end(), '\n');
    EXPECT_GE(breaks, 1) << workload.name;
    EXPECT_LE(breaks, 3) << workload.name;
    std::size_t width = 0;
    for (const char c : workload.story) {
      width = c == '\n' ? 0 : width + 1;
      EXPECT_LE(width, 110U) << workload.name;
    }
    EXPECT_FALSE(workload.example.empty()) << workload.name;
  }
}

TEST(Registry, HasParametersWhoseFirstValueIsInRange) {
  int parameters = 0;
  for (const Description& workload : workloads()) {
    std::set<std::string> keys;
    for (const Parameter& parameter : workload.parameters) {
      SCOPED_TRACE(workload.name + " " + parameter.key);
      EXPECT_TRUE(keys.insert(parameter.key).second);
      EXPECT_FALSE(parameter.meaning.empty());
      auto value = static_cast<double>(parameter.lowest);
      if (const auto* number = std::get_if<std::uint64_t>(&parameter.initial)) {
        value = static_cast<double>(*number);
      } else if (const auto* real = std::get_if<double>(&parameter.initial)) {
        value = *real;
      }
      EXPECT_GE(value, static_cast<double>(parameter.lowest));
      EXPECT_LE(value, static_cast<double>(parameter.highest));
      ++parameters;
    }
  }
  EXPECT_GE(parameters, 60);
}

// A flag reads its text by the kind of the chosen workload's value.
TEST(Registry, GivesAKeyOneKindEverywhere) {
  for (const std::string& key : parameter_keys()) {
    const auto owners = workloads_with(key);
    ASSERT_FALSE(owners.empty());
    for (const Description* owner : owners) {
      EXPECT_EQ(parameter_of(*owner, key)->initial.index(),
                parameter_of(*owners.front(), key)->initial.index())
          << key << " of " << owner->name;
    }
  }
}

TEST(Registry, MakesEveryWorkloadFromItsFirstValues) {
  for (const Description& workload : workloads()) {
    SCOPED_TRACE(workload.name);
    const Plan plan = plan_for(workload.name, {});
    EXPECT_EQ(plan.title.rfind(workload.name + ": ", 0), 0U) << plan.title;
    for (const bool remapped : {false, true}) {
      const auto made = plan.make(remapped);
      EXPECT_GT(made->iterations(), 0U);
      EXPECT_GE(made->window_pages(), made->element_pages());
    }
  }
}

TEST(Registry, PlansEndAfterAsManyCountedRoundsAsTheyPromise) {
  const Choices small{{"accesses", whole(40)},
                      {"remaps", whole(40)},
                      {"visits", whole(40)},
                      {"records", whole(40)},
                      {"guest_accesses", whole(40)}};
  for (const Description& workload : workloads()) {
    const Plan plan = plan_for(workload.name, small);
    std::uint64_t counted = 0;
    for (const Iteration& round : rounds_of(plan)) counted += round.counted ? 1 : 0;
    EXPECT_EQ(counted, plan.make(true)->iterations()) << workload.name;
  }
}

TEST(Values, AreTheFirstOnesButForTheChoices) {
  const Description& zipf = *find_workload("zipf");
  StreamCache streams;
  const Values values(zipf, {{"skew", 1.25}, {"passes", whole(3)}}, streams);
  EXPECT_EQ(values.real("skew"), 1.25);
  EXPECT_EQ(values.number("touches"), 4U);
  EXPECT_THROW(values.number("passes"), std::logic_error);  // no parameter of zipf
  EXPECT_THROW(values.number("skew"), std::logic_error);
}

}  // namespace
}  // namespace tessera::workload
