// `tessera check semantics` as people use it.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/shell.hpp"
#include "tb/unit/folder_test.hpp"

namespace tessera::semantics::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace fs = std::filesystem;

class CheckSemantics : public FolderTest {
 protected:
  cli::Finished check(const std::string& arguments) const {
    return cli::tessera("check semantics " + arguments, folder_);
  }
};

TEST_F(CheckSemantics, ShowsATableAndAgreesWithTheRecording) {
  const cli::Finished finished = check("--kernel 3.8");
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("recorded:"));
  EXPECT_THAT(finished.out, HasSubstr("3.8.13 ppc"));
  EXPECT_THAT(finished.out, HasSubstr("ltp01_reverse"));
  EXPECT_THAT(finished.out, HasSubstr(" 0 disagreements\n"));
}

TEST_F(CheckSemantics, ShowsABrokenFormatFailAsTheBrokenKernelDid) {
  const cli::Finished finished = check("--kernel 3.8 --pte fsl64-none-mask");
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("FAIL"));
}

TEST_F(CheckSemantics, EndsWith1WhereAKernelAnswersOtherwise) {
  const cli::Finished finished = check("--kernel 3.8 --pte fsl64-pte-to-pgoff");
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.out, HasSubstr("\n  recorded:    "));
}

TEST_F(CheckSemantics, TellsWhatEachCheckDoes) {
  const cli::Finished finished = check("--stories");
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("alias_write: two views of one page"));
}

TEST_F(CheckSemantics, RefusesBadInputWithOneLine) {
  for (const char* arguments :
       {"--kernel 9.9", "--pte none", "--fs fat", "--kernel", "stray", "--unknown 1"}) {
    SCOPED_TRACE(arguments);
    const cli::Finished finished = check(arguments);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, StartsWith("tessera: "));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    EXPECT_EQ(finished.out, "");
  }
}

}  // namespace
}  // namespace tessera::semantics::test
