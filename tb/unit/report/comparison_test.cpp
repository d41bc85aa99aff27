#include "sw/report/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera::report {
namespace {

using machine::Method;
using machine::Part;
using ::testing::HasSubstr;
using ::testing::Not;

machine::RunResult run_of(Method method, std::uint64_t user, std::uint64_t faults) {
  machine::RunResult result;
  result.method = method;
  result.counters.accesses = 100;
  result.counters.vmas = method == Method::Mmap ? 64 : 1;
  result.cycles[static_cast<std::size_t>(Part::User)] = Cycles(user);
  result.cycles[static_cast<std::size_t>(Part::PageFault)] = Cycles(faults);
  return result;
}

TEST(Comparison, NamesTheWinnerAndHowMuchTheOthersTake) {
  const std::string text =
      verdict({run_of(Method::Mmap, 1000, 2000), run_of(Method::Remap, 1000, 500)});
  EXPECT_THAT(text, HasSubstr("rfp wins with 15.0 cycles an access; mmap takes 2.00x."));
  EXPECT_THAT(text, HasSubstr("mmap costs 15.0 cycles more than by rfp: page faults +15.0."));
  EXPECT_THAT(text, HasSubstr("rfp: 1 VMA;"));
  EXPECT_THAT(text, HasSubstr("mmap: 64 VMAs."));
}

TEST(Comparison, LeavesOutOfTheRaceWhoDidNotDoTheJob) {
  machine::RunResult failed = run_of(Method::Mmap, 10, 0);
  failed.error = "ENOMEM";
  failed.counters.remaps_done = 12;
  const std::vector<machine::RunResult> results{run_of(Method::None, 10, 0), failed,
                                                run_of(Method::Remap, 1000, 500)};
  const std::string text = verdict(results);
  EXPECT_THAT(text, HasSubstr("rfp wins"));
  // Which pages it reads instead is the workload's affair: with a mirror, the right ones.
  EXPECT_THAT(text, HasSubstr("none maps nothing anew: it is the floor, not a rival.\n"));
  EXPECT_THAT(text, HasSubstr("mmap ended with ENOMEM after 12 remaps."));
  EXPECT_THAT(comparison_table(results), HasSubstr("1.00"));
}

TEST(Comparison, ShowsHardwareWalksWhereThereAreAny) {
  machine::RunResult walked = run_of(Method::Remap, 1000, 500);
  EXPECT_THAT(comparison_table({walked}), Not(HasSubstr("walk")));
  walked.counters.walks = 4321;
  walked.cycles[static_cast<std::size_t>(Part::Walk)] = Cycles(2'500'000);
  const std::string table = comparison_table({walked});
  EXPECT_THAT(table, HasSubstr("4,321"));
  EXPECT_THAT(table, HasSubstr("2.5"));
  EXPECT_THAT(verdict({walked, run_of(Method::Mmap, 1000, 500)}),
              HasSubstr("4,321 hardware walks"));
  EXPECT_EQ(walked.total(), walked.of(Part::User) + walked.of(Part::Walk) + walked.kernel());
}

TEST(Comparison, NamesNoWinnerWhenNobodyRan) {
  EXPECT_THAT(verdict({run_of(Method::None, 10, 0)}), Not(HasSubstr("wins")));
}

TEST(Comparison, SaysThatThereWereNoAccesses) {
  machine::RunResult none = run_of(Method::None, 10, 0);
  machine::RunResult mmap = run_of(Method::Mmap, 1000, 2000);
  machine::RunResult rfp = run_of(Method::Remap, 1000, 500);
  for (machine::RunResult* run : {&none, &mmap, &rfp}) run->counters.accesses = 0;
  EXPECT_EQ(
      verdict({none, mmap, rfp}),
      "There were no accesses to share the cycles among; in all, rfp takes 1,500 cycles, mmap "
      "takes 3,000 cycles.\n"
      "none maps nothing anew: it is the floor, not a rival.\n");
  EXPECT_THAT(comparison_table({mmap}), HasSubstr("-       -\n"));
  EXPECT_THAT(cycle_table({mmap}).text(), Not(HasSubstr("0.0")));
}

TEST(Comparison, NamesNoWinnerOfADraw) {
  const std::vector<machine::RunResult> results{run_of(Method::Mmap, 1000, 500),
                                                run_of(Method::Remap, 1000, 500)};
  EXPECT_EQ(verdict(results), "All take the same, 15.0 cycles an access.\n");
}

TEST(Comparison, NamesNoPartsWhereNoneIsWorthIt) {
  EXPECT_THAT(verdict({run_of(Method::Mmap, 1010, 500), run_of(Method::Remap, 1000, 500)}),
              HasSubstr("An access by mmap costs 0.1 cycles more than by rfp.\n"));
}

}  // namespace
}  // namespace tessera::report
