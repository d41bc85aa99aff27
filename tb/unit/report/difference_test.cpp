#include "sw/report/difference.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/report/document.hpp"

namespace tessera::report {
namespace {

using ::testing::HasSubstr;

ResultFile golden() {
  return {"a.json", read_document(TESSERA_GOLDEN_RESULTS "/version-1.json"), "",
          nlohmann::ordered_json::object()};
}

TEST(Difference, OfAResultWithItselfIsNothing) {
  const Difference difference = difference_between(golden(), golden());
  EXPECT_TRUE(difference.parameters.empty());
  EXPECT_TRUE(difference.changes.empty());
  EXPECT_TRUE(difference.oddities.empty());
  EXPECT_GE(difference.figures.size(), 30U);
  EXPECT_EQ(text_of(difference, golden(), golden()),
            "The configurations are the same.\n\nNo figure changed.\n");
}

TEST(Difference, NamesParametersFiguresAndEnds) {
  ResultFile after = golden();
  after.name = "b.json";
  after.document["config"]["core"] = "e500v2";
  after.document["config"]["mmu.new"] = 3;
  auto& mmap = after.document["results"][1];
  mmap["counters"]["tlb_refills"] = 1038;
  mmap["counters"]["flush_all"] = 5;
  mmap["error"] = "ENOMEM";
  after.document["results"].erase(4);
  const Difference difference = difference_between(golden(), after);
  ASSERT_EQ(difference.parameters.size(), 2U);
  EXPECT_EQ(difference.parameters[1], (std::vector<std::string>{"mmu.new", "-", "3"}));
  ASSERT_EQ(difference.changes.size(), 2U);
  EXPECT_DOUBLE_EQ(difference.changes[0].rise(), -0.5);  // 2076 refills before
  EXPECT_TRUE(std::isinf(difference.changes[1].rise()));
  const std::string text = text_of(difference, golden(), after);
  EXPECT_THAT(text, HasSubstr("mmap    tlb_refills   2,076   1,038  -50.00 %\n"));
  EXPECT_THAT(text, HasSubstr("mmap      flush_all       0       5       new\n"));
  EXPECT_THAT(text, HasSubstr("mmap ended with ENOMEM; before it ran to its end.\n"));
  EXPECT_THAT(text, HasSubstr("rfp_nb is only in a.json.\n"));
}

TEST(Difference, TellsWorseEndsFromBetterOnes) {
  ResultFile after = golden();
  after.document["results"][1]["error"] = "SIGBUS";
  EXPECT_TRUE(difference_between(golden(), after).oddities.at(0).worse);
  EXPECT_FALSE(difference_between(after, golden()).oddities.at(0).worse);
}

// Twice nothing is not the same: a gate would never close.
TEST(Difference, DoesNotDivideByNoAccesses) {
  ResultFile idle = golden();
  idle.document["results"][1]["counters"]["accesses"] = 0;
  for (const Difference& difference :
       {difference_between(golden(), idle), difference_between(idle, golden()),
        difference_between(idle, idle)}) {
    ASSERT_EQ(difference.oddities.size(), 1U);
    EXPECT_TRUE(difference.oddities[0].worse);
    EXPECT_THAT(difference.oddities[0].text, HasSubstr("mmap has "));
    for (const Change& change : difference.changes) {
      EXPECT_FALSE(change.method == "mmap" && change.figure == "cycles_per_access");
    }
  }
}

}  // namespace
}  // namespace tessera::report
