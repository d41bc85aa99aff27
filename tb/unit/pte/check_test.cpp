#include "sw/pte_lab/check.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/layout_reader.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_lab/semantics.hpp"
#include "sw/pte_lab/words.hpp"
#include "tb/unit/pte/vectors.hpp"

namespace tessera::pte_lab {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::set<std::string> with_verdict(const std::vector<Finding>& findings, Verdict verdict) {
  std::set<std::string> names;
  for (const Finding& finding : findings) {
    if (finding.verdict == verdict) names.insert(finding.property);
  }
  return names;
}

std::vector<Finding> check_shipped(const std::string& name) {
  Solver solver;
  return check(pte::shipped_layout(name), solver);
}

const Finding& finding_of(const std::vector<Finding>& findings, const std::string& property) {
  return *std::find_if(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.property == property; });
}

/// What history got wrong, and only that.
const std::map<std::string, std::set<std::string>>& expected_refutations() {
  static const std::map<std::string, std::set<std::string>> expected{
      {"44x-2.6.11", {"file-round-trip", "file-limit", "swap-is-swap"}},
      {"fsl64-2.6.24", {"swap-is-swap"}},
      {"wrhv-bug-a", {"file-is-file", "file-round-trip", "file-limit"}},
      {"wrhv-bug-b", {"file-is-file", "file-round-trip", "file-limit"}},
      {"wrhv-bug-c", {"file-round-trip", "file-limit"}}};
  return expected;
}

}  // namespace

TEST(PteCheck, LooksAtEveryPropertyThatAFileCanCallKnown) {
  std::vector<std::string> names;
  for (const Finding& finding : check_shipped("fsl32")) {
    names.push_back(finding.property);
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAreArray(pte::property_names()));
}

TEST(PteCheck, RefutesTheBrokenFormatsAndNoOthers) {
  unsigned proved = 0;
  for (const Layout& layout : pte::shipped_layouts()) {
    SCOPED_TRACE(layout.name);
    Solver solver;
    const std::vector<Finding> findings = check(layout, solver);
    const auto expected = expected_refutations().find(layout.name);
    const bool broken = expected != expected_refutations().end();
    EXPECT_EQ(broken, !layout.broken.empty());
    EXPECT_EQ(with_verdict(findings, Verdict::Refuted),
              broken ? expected->second : std::set<std::string>{});
    EXPECT_EQ(with_verdict(findings, Verdict::Known).size(), layout.known.size());
    proved += static_cast<unsigned>(with_verdict(findings, Verdict::Proved).size());
  }
  std::printf("%u properties proved\n", proved);
  EXPECT_GE(proved, 160U);
}

TEST(PteCheck, ProvesTheLoadersOfTheSimulatorsFormats) {
  for (const char* name : {"fsl32", "fsl64"}) {
    EXPECT_EQ(with_verdict(check_shipped(name), Verdict::NotApplicable),
              std::set<std::string>{"protnone-is-present"});
  }
}

TEST(PteCheck, TellsTheP4080StoryFromOffsetToPage) {
  const auto findings = check_shipped("wrhv-bug-a");
  EXPECT_THAT(finding_of(findings, "file-is-file").story,
              ElementsAre("page 0 (0x0) of a file", "raw PTE 0x0000000000000022",
                          "the kernel takes it for none: nothing here",
                          "a touch maps the page of the VMA's linear order, not page 0"));
}

TEST(PteCheck, FindsThe44xPageThatComesBackAs128) {
  const auto findings = check_shipped("44x-2.6.11");
  EXPECT_THAT(finding_of(findings, "file-round-trip").story.back(),
              HasSubstr("page 128 is mapped instead of page 0"));
  EXPECT_THAT(finding_of(findings, "swap-is-swap").story.front(),
              HasSubstr("swap type 0, offset 4 "));
}

TEST(PteCheck, FindsTheSwapOffsetThatTheEarlyMaskHides) {
  const auto findings = check_shipped("fsl64-2.6.24");
  EXPECT_THAT(finding_of(findings, "swap-is-swap").story,
              ElementsAre("swap type 0, offset 256 (0x100)", "raw PTE 0x0000000000010000",
                          "the kernel takes it for none: nothing here",
                          "a touch maps a zero page: what was swapped out is lost"));
}

TEST(PteCheck, FindsThatX8664IsSafeTo34BitsOnly) {
  const auto findings = check_shipped("x86-64-3.6");
  const Finding& limit = finding_of(findings, "file-limit");
  EXPECT_EQ(limit.verdict, Verdict::Known);
  EXPECT_EQ(limit.story.front(), "the format says 46 bits; only 34 are safe");
  EXPECT_THAT(limit.story.at(1), HasSubstr("(0x400000000)"));
}

TEST(PteCheck, FindsTheGuestsSwapTypesMixedUp) {
  const Layout layout = pte::shipped_layout("wrhv");
  const auto findings = check_shipped("wrhv");
  EXPECT_EQ(finding_of(findings, "swap-round-trip").verdict, Verdict::Known);
  EXPECT_EQ(taken_for(layout, swap_word(layout, Raw{8}, Raw{1})),
            "a swap entry, type 12, offset 3");
}

TEST(PteCheck, DerivesTheLimitOfEveryFormat) {
  const std::map<std::string, unsigned> unlike_their_file{{"x86-64-3.6", 34},
                                                          {"wrhv-bug-a", 0},
                                                          {"wrhv-bug-b", 0},
                                                          {"wrhv-bug-c", 0},
                                                          {"44x-2.6.11", 0}};
  for (const Layout& layout : pte::shipped_layouts()) {
    SCOPED_TRACE(layout.name);
    Solver solver;
    const auto unlike = unlike_their_file.find(layout.name);
    EXPECT_EQ(file_limit(layout, solver).bits,
              unlike == unlike_their_file.end() ? layout.file->max_bits : unlike->second);
  }
}

TEST(PteCheck, FindsALimitThatIsSmallerThanNeeded) {
  Layout layout = pte::shipped_layout("fsl32");
  layout.file->max_bits = 27;
  Solver solver;
  const auto findings = check(layout, solver);
  EXPECT_EQ(finding_of(findings, "file-limit").story.front(),
            "the format says 27 bits; 29 are as safe");
}

TEST(PteCheck, FindsBitsThatNarrowArithmeticLoses) {
  Layout layout = pte::shipped_layout("book3e-64");
  layout.file->arithmetic_bits = 32;
  Solver solver;
  EXPECT_EQ(file_limit(layout, solver).bits, 8U);
}

TEST(PteCheck, DoesNotLetAFileCallKnownWhatHolds) {
  Layout layout = pte::shipped_layout("fsl32");
  layout.known.push_back({"file-limit", "because"});
  Solver solver;
  EXPECT_EQ(with_verdict(check(layout, solver), Verdict::Refuted),
            std::set<std::string>{"file-limit"});
}

TEST(PteCheck, NeedsItsSolver) { EXPECT_THROW(Solver("no-such-solver"), UserError); }

}  // namespace tessera::pte_lab
