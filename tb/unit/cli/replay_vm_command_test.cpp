// `tessera replay vm` as people use it.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/shell.hpp"
#include "tb/unit/folder_test.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kLog = "'" VM_LOG "'";
constexpr const char* kHeader =
    "# vmlog 1 seed=1 nops=1 profile=0 fs=tmpfs kernel=3.8.13 machine=ppc page=4096 win=64 "
    "fileA=80 fileB=24\n";

class ReplayVm : public FolderTest {
 protected:
  Finished replay(const std::string& arguments) const {
    return tessera("replay vm " + arguments, folder_);
  }

  /// One line on stderr that contains `what`, exit code 2.
  void expect_refusal(const std::string& arguments, const std::string& what) const {
    SCOPED_TRACE(arguments);
    const Finished finished = replay(arguments);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, StartsWith("tessera: "));
    EXPECT_THAT(finished.err, HasSubstr(what));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
  }
};

TEST_F(ReplayVm, EndsWithTheCountOfAllLogs) {
  const Finished finished = replay(std::string(kLog) + " " + kLog);
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("\nNot compared:\n"));
  EXPECT_THAT(finished.out, HasSubstr("\n4000 operations, "));
  EXPECT_THAT(finished.out, EndsWith(" checks, 0 mismatches\n"));
}

TEST_F(ReplayVm, EndsWithOneAndShowsTheFirstMismatchesWhereALogDiffers) {
  const Finished finished = replay(std::string("--kernel 6.1 --fault-around 1 ") + kLog);
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.out, ::testing::ContainsRegex("log.zst:[0-9]+: .*: expected .*, got "));
  EXPECT_THAT(finished.out, HasSubstr(" more mismatches\n"));
}

TEST_F(ReplayVm, TellsABrokenPteFormatFromTheRightOne) {
  EXPECT_EQ(replay(std::string("--pte fsl64 ") + kLog).exit_code, 0);
  EXPECT_EQ(replay(std::string("--pte fsl32 ") + kLog).exit_code, 0);
  EXPECT_EQ(replay(std::string("--pte fsl64-none-mask ") + kLog).exit_code, 1);
}

TEST_F(ReplayVm, RefusesLogsThatAreNone) {
  write_text(folder_ / "stream.log", "R 1\n");
  expect_refusal("stream.log", "stream.log:1: this is no log of VM operations");
  write_text(folder_ / "cut.log", kHeader);
  expect_refusal("cut.log", "cut.log:1: the log is cut off");
  write_text(folder_ / "bad.log", std::string(kHeader) + "0 munmap p=63 n=2 -> 0 f=0,0 V==\n");
  expect_refusal("bad.log", "bad.log:2: 2 pages from page 63 are not in the window");
  expect_refusal("missing.log", "missing.log: cannot read this file");
  expect_refusal("", "LOG is required");
}

TEST_F(ReplayVm, RefusesChoicesThatAreNone) {
  expect_refusal(std::string("--kernel 3.9 ") + kLog, "no kernel '3.9'; there is ");
  expect_refusal(std::string("--fs xfs ") + kLog, "no file system 'xfs'; there is ");
  expect_refusal(std::string("--pte alpha ") + kLog, "no PTE format 'alpha'; there is ");
  expect_refusal(std::string("--fault-around 3 ") + kLog, "it is a power of two");
  expect_refusal(std::string("--fault-around 0 ") + kLog, "it is a power of two");
  expect_refusal(std::string("--kernal 3.8 ") + kLog, "did you mean '--kernel'?");
}

}  // namespace
}  // namespace tessera::cli
