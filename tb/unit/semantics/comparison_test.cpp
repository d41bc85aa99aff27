// Our kernels beside the recorded ones: every named check, no exceptions.

#include "sw/semantics/comparison.hpp"

#include <iostream>
#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/semantics/subjects.hpp"

namespace tessera::semantics::test {
namespace {

struct Recording {
  const char* kernel;
  const char* format;
  const char* file_system;
};

std::ostream& operator<<(std::ostream& out, const Recording& recording) {
  return out << recording.kernel << ' ' << recording.format << ' ' << recording.file_system;
}

class Recordings : public ::testing::TestWithParam<Recording> {};

TEST_P(Recordings, AreWhatOurKernelAnswersToo) {
  const Recording& recording = GetParam();
  const Comparison comparison =
      compare(subject(recording.kernel, recording.format, recording.file_system));
  for (const Row& row : comparison.rows) {
    if (row.is_recorded()) {
      EXPECT_EQ(row.outcome, row.recorded) << row.name;
    }
  }
  EXPECT_GE(comparison.compared(), 60U);
  std::cout << comparison.compared() << " outcomes compared\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, Recordings,
    ::testing::Values(Recording{"3.8", "fsl64", "tmpfs"}, Recording{"3.8", "fsl64", "ramfs"},
                      Recording{"3.8", "fsl64", "ext2"}, Recording{"3.8", "fsl32", "tmpfs"},
                      Recording{"3.8", "fsl64-none-mask", "tmpfs"},
                      Recording{"6.18", "x86-64", "tmpfs"}, Recording{"6.18", "x86-64", "ext4"}));

TEST(Comparison, FindsTheBrokenPageTableEntries) {
  const Comparison sound = compare(subject("3.8", "fsl64", "tmpfs"));
  const Comparison broken = compare(subject("3.8", "fsl64-none-mask", "tmpfs"));
  unsigned failed = 0;
  for (std::size_t i = 0; i < sound.rows.size(); ++i) {
    EXPECT_NE(sound.rows[i].outcome.substr(0, 4), "FAIL") << sound.rows[i].name;
    if (broken.rows[i].outcome.substr(0, 4) == "FAIL") ++failed;
  }
  EXPECT_GE(failed, 12U);
}

TEST(Comparison, LeavesNothingOutThatWasRecorded) {
  EXPECT_THAT(compare(subject("3.8", "fsl64", "tmpfs")).without_check, ::testing::IsEmpty());
}

TEST(Comparison, SeesADifference) {
  Subject changed = subject("3.8", "fsl64", "tmpfs");
  changed.kernel.remap.prefaults = false;
  EXPECT_GT(compare(changed).disagreements(), 0U);
}

TEST(Comparison, RunsOnAKernelNobodyRecorded) {
  Subject unknown = subject("3.8", "fsl64", "tmpfs");
  unknown.kernel.name = "0.0";
  const Comparison comparison = compare(unknown);
  EXPECT_EQ(comparison.compared(), 0U);
  EXPECT_EQ(comparison.source, "");
  EXPECT_FALSE(comparison.rows.empty());
}

}  // namespace
}  // namespace tessera::semantics::test
