// `tessera pte` as people use it.

#include <algorithm>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/shell.hpp"
#include "tb/unit/folder_test.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class PteCommand : public FolderTest {
 protected:
  std::string out(const std::string& arguments) {
    const Finished finished = tessera("pte " + arguments, folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return finished.out;
  }

  void expect_refusal(const std::string& arguments, const std::string& what) {
    SCOPED_TRACE(arguments);
    const Finished finished = tessera("pte " + arguments, folder_);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, StartsWith("tessera: "));
    EXPECT_THAT(finished.err, HasSubstr(what));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    EXPECT_EQ(finished.out, "");
  }
};

TEST_F(PteCommand, ListsTheShippedFormats) {
  const std::string list = out("list");
  EXPECT_GE(std::count(list.begin(), list.end(), '\n'), 21);
  EXPECT_THAT(list, HasSubstr("\nwrhv-bug-a     64 broken"));
}

TEST_F(PteCommand, ShowsARowOfLettersForEachForm) {
  const std::string shown = out("show i386-3.6 --svg bits.svg");
  EXPECT_THAT(shown, HasSubstr("\nfile       PPPPPPPP PPPPPPPP PPPPPPP. PFPPPPP.\n"));
  EXPECT_THAT(shown, HasSubstr("P pgoff 31:9, 7, 5:1"));
  EXPECT_THAT(contents_of(folder_ / "bits.svg"), StartsWith("<svg "));
  EXPECT_THAT(out("show 44x-2.6.11"), HasSubstr("PPPPP#PP"));
}

TEST_F(PteCommand, EncodesEveryKindOfEntry) {
  EXPECT_THAT(out("encode x86-64-3.6 --pgoff 0x1234"), HasSubstr("0x0000000001234040"));
  EXPECT_THAT(out("encode fsl64 --rpn 0x12345 --perms rw --dirty"),
              HasSubstr("0x000001234524123d"));
  EXPECT_THAT(out("encode fsl32 --rpn 0x12345 --perms rw"), HasSubstr("0x12345127"));
  EXPECT_THAT(out("encode 8xx --swap-type 4 --swap-offset 1"), HasSubstr("0x00000120"));
}

TEST_F(PteCommand, DecodesWhatTheKernelAndTheTlbSee) {
  const std::string text = out("decode fsl64 0x000001234524123d 0x91a2");
  EXPECT_THAT(text, HasSubstr("TLB gets  UW SW UR SR, frame 0x12345, WIMGE 0x04"));
  EXPECT_THAT(text, HasSubstr("a file PTE of page 4660"));
  EXPECT_THAT(text, HasSubstr("TLB gets  nothing: no access loads this entry"));
}

TEST_F(PteCommand, ReadsAFormatFromAFile) {
  const std::string header = out("export fsl32 --c-header");
  EXPECT_THAT(header, HasSubstr("#define PTE_FSL32_FILE_MAX_BITS UINT64_C(0x1d)"));
  write_text(folder_ / "mine.toml",
             "name = \"mine\"\ntitle = \"t\"\nkernels = \"none\"\nwidth = 32\n"
             "[tests]\npresent = \"0\"\n[present]\nrpn = \"31:12\"\nsets = \"0\"\n");
  EXPECT_THAT(out("show mine.toml"), StartsWith("mine: t; 32 bits"));
  EXPECT_THAT(out("show --format mine.toml"), StartsWith("mine: t; 32 bits"));
  EXPECT_THAT(out("check ./mine.toml"), HasSubstr("0 refuted"));
}

TEST_F(PteCommand, ReturnsOneWhenAPropertyIsRefuted) {
  const Finished finished = tessera("pte check fsl32 wrhv-bug-a", folder_);
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.out, HasSubstr("-> raw PTE 0x0000000000000022\n"));
  EXPECT_THAT(finished.out, HasSubstr("fsl32: 15 proved, 0 refuted"));
}

TEST_F(PteCommand, TriesABrokenFormatBesideTheRepairedOne) {
  const Finished finished = tessera("pte try wrhv-bug-a", folder_);
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.out, HasSubstr("window page 14 shows page 14 of the file instead of 0\n"));
  EXPECT_THAT(finished.out,
              HasSubstr("\nwrhv           LTP remap_file_pages01 32 reads, 0 wrong\n"));
}

TEST_F(PteCommand, SaysInOneLineWhatItCannotUse) {
  expect_refusal("show fsl33", "did you mean 'fsl32'?");
  expect_refusal("show nowhere.toml", "nowhere.toml");
  expect_refusal("show", "no format");
  expect_refusal("show fsl32 fsl64", "one format");
  expect_refusal("encode fsl32", "one of --pgoff, --swap-offset and --rpn");
  expect_refusal("encode fsl32 --pgoff 0x20000000", "29 bits");
  expect_refusal("encode fsl32 --pgoff 12x", "'12x' is not a number");
  expect_refusal("encode fsl32 --rpn 1 --perms rwz", "write some of r, w and x");
  expect_refusal("decode fsl32", "no raw entry");
  expect_refusal("decode fsl32 0x100000000", "more than the format's 32 bits");
  expect_refusal("export fsl32", "give one of --c-header");
  expect_refusal("try i386-3.6", "it has no [geometry]");
  expect_refusal("chek fsl32", "did you mean 'check'?");
  write_text(folder_ / "bad.toml", "name = \"mine\"\nwidht = 32\n");
  expect_refusal("check bad.toml",
                 "bad.toml:2: a format has no key 'widht'; did you mean 'width'?");
}

TEST_F(PteCommand, SaysInOneLineThatTheSolverIsMissing) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  expect_refusal("check fsl32", "install the Debian package z3");
  setenv("PATH", path.c_str(), 1);
}

}  // namespace
}  // namespace tessera::cli
