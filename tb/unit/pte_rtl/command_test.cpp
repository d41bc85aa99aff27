// `tessera pte check --rtl` as people use it.

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/shell.hpp"
#include "tb/unit/pte_rtl/decoders.hpp"

namespace tessera::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kOurs = "--rtl " TESSERA_RTL "/pte_decoder.sv --top pte_decoder ";

class PteRtlCommand : public ::testing::Test {
 protected:
  Finished check(const std::string& arguments) {
    return tessera("pte check " + arguments, folder_.path());
  }

  void expect_refusal(const std::string& arguments, const std::string& what) {
    SCOPED_TRACE(arguments);
    const Finished finished = check(arguments);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, StartsWith("tessera: "));
    EXPECT_THAT(finished.err, HasSubstr(what));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
  }

  report::TemporaryFolder folder_;
};

TEST_F(PteRtlCommand, ProvesAndSimulatesAndCounts) {
  pte_rtl::use_ccache();
  const Finished finished = check(std::string("fsl64 ") + kOurs +
                                  "--parameter FORMAT=fsl64 --words 1000 --seed 5 --jobs 1");
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_THAT(finished.out, StartsWith("fsl64 against module pte_decoder at "));
  EXPECT_THAT(finished.out, HasSubstr("\nproved          all 10 outputs"));
  EXPECT_THAT(finished.out, HasSubstr("random ones with seed 5"));
  EXPECT_THAT(finished.out,
              EndsWith("\nfsl64: 88,490 words, 884,900 checks, no difference; proved\n"));
}

TEST_F(PteRtlCommand, TellsAStoryOfADifferenceAndReturnsOne) {
  const Finished finished =
      check(std::string("wrhv ") + kOurs + "--parameter FORMAT=wrhv-bug-a --words 0");
  EXPECT_EQ(finished.exit_code, 1) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("   word 0x0000000000000002\n"));
  EXPECT_THAT(finished.out,
              HasSubstr("-> that page 0 of the file belongs here would be forgotten"));
  EXPECT_THAT(finished.out, EndsWith("\nwrhv: 0 words, 0 checks, a difference\n"));
}

TEST_F(PteRtlCommand, AnInterruptedRunSaysHowFarItIs) {
  pte_rtl::use_ccache();
  const Finished finished =
      tessera_interrupted("pte check fsl32 " + std::string(kOurs), folder_.path(), 2);
  EXPECT_EQ(finished.exit_code, 130);
  EXPECT_THAT(finished.out, EndsWith(" checks, not finished\n"));
}

TEST_F(PteRtlCommand, SaysInOneLineWhatItCannotUse) {
  expect_refusal("fsl32 --top mine", "no --rtl FILE");
  expect_refusal("fsl32 --rtl d.sv", "no --top NAME");
  expect_refusal("fsl32 --rtl d.sv --top mine", "d.sv: no such file");
  expect_refusal(std::string("fsl32 fsl64 ") + kOurs, "one format");
  expect_refusal(std::string("fsl32 --words x ") + kOurs, "--words: 'x' is not a number");
  expect_refusal(std::string("fsl32 --words 0x1000000000001 ") + kOurs, "at most 2^48");
  expect_refusal(std::string("fsl32 --jobs 0 ") + kOurs, "--jobs 0: write a number from 1");
  expect_refusal(std::string("fsl32 --resume /nowhere/run ") + kOurs, "/nowhere");
  expect_refusal(std::string("fsl32 --parameter WIDTH=32 ") + kOurs,
                 "pte_decoder.sv:4: module pte_decoder has not the ports");
  write_text(folder_.path() / "d.sv", "module mine (input logic [63:0] pte_i\nendmodule\n");
  expect_refusal("fsl32 --rtl d.sv --top mine", "d.sv:2: syntax error");
}

// The two tools are made to read two decoders.
TEST_F(PteRtlCommand, AWordThatOnlyYosysGetsWrongIsNoDifference) {
  pte_rtl::use_ccache();
  write_text(folder_.path() / "mine.toml",
             "name = \"mine\"\ntitle = \"t\"\nkernels = \"none\"\nwidth = 32\n"
             "[tests]\npresent = \"0\"\n[present]\nrpn = \"31:12\"\nsets = \"0\"\n");
  write_text(folder_.path() / "mine.sv",
             pte_rtl::decoder_text("`ifdef YOSYS\n  assign present_o = pte_i[1];\n"
                                   "`else\n  assign present_o = pte_i[0];\n`endif\n"
                                   "  assign none_o = pte_i == '0;\n"
                                   "  assign swap_o = !present_o && !none_o;\n"
                                   "  assign rpn_o = present_o ? 52'(pte_i[31:12]) : '0;",
                                   {"present_o", "none_o", "swap_o", "rpn_o"}));
  const Finished finished = check("./mine.toml --rtl mine.sv --top mine --words 1000");
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("\nnot proved      yosys reads the decoder otherwise"));
  EXPECT_THAT(finished.out,
              EndsWith("\nmine: 11,978 words, 119,780 checks, no difference; not proved\n"));
  EXPECT_EQ(check("./mine.toml --rtl mine.sv --top mine --words 0").exit_code, 1);
}

TEST_F(PteRtlCommand, SaysWhatNothingIsLeftOf) {
  write_text(folder_.path() / "d.sv",
             pte_rtl::decoder_text("  function automatic logic first(input logic [63:0] word);\n"
                                   "    return word[0];\n"
                                   "  endfunction\n"
                                   "  assign swap_o = first(pte_i);",
                                   {"swap_o"}));
  expect_refusal("fsl32 --rtl d.sv --top mine --words 0", "--words 0 leaves nothing to compare");
}

TEST_F(PteRtlCommand, SaysInOneLineThatVerilatorIsMissing) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  expect_refusal(std::string("fsl32 ") + kOurs, "install the Debian package verilator");
  setenv("PATH", path.c_str(), 1);
}

}  // namespace
}  // namespace tessera::cli
