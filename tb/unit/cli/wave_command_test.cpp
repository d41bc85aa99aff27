// `tessera compare --wave` as people use it.

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/shell.hpp"
#include "tb/unit/folder_test.hpp"
#include "tb/unit/wave/wave_reader.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// The engine that writes waves of this kind.
const char* engine_of(const std::string& file) {
  return file.ends_with(".fst") ? "rtl" : "systemc";
}

/// The command with a wave of cycles `from` to `to`.
std::string traced(const std::string& command, const std::string& file, const std::string& from,
                   const std::string& to) {
  return command + " --engine " + engine_of(file) + " --wave-from " + from + " --wave-to " + to +
         " --wave " + file;
}

class WaveCommand : public FolderTest {
 protected:
  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& file : fs::directory_iterator(folder_)) names.insert(file.path().filename());
    return names;
  }

  /// One line on stderr that contains `what`, exit code 2, nothing on stdout, no file.
  void expect_refusal(const std::string& arguments, const std::string& what) {
    SCOPED_TRACE(arguments);
    const Finished finished = tessera("compare --accesses 20 " + arguments, folder_);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, StartsWith("tessera: "));
    EXPECT_THAT(finished.err, HasSubstr(what));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    EXPECT_EQ(finished.out, "");
    EXPECT_THAT(files(), IsEmpty());
  }
};

TEST_F(WaveCommand, WritesTheCyclesAskedForWithEitherEngine) {
  for (const std::string file : {"x.fst", "x.vcd"}) {
    const Finished finished =
        tessera(traced("compare --accesses 20 --methods rfp", file, "5000", "5999"), folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    const wave::Contents contents = wave::read_wave(folder_ / file);
    EXPECT_EQ(contents.first_tick, 50000U);
    EXPECT_EQ(contents.last_tick, 59995U);
    EXPECT_EQ(contents.signal("mmu.clk_i").changes.size(), 2000U);
  }
  EXPECT_THAT(files(), ElementsAre("x.fst", "x.vcd"));
}

TEST_F(WaveCommand, WritesAFileForEachOfSeveralMethods) {
  const Finished finished = tessera(
      "compare --accesses 20 --methods mmap,rfp --engine rtl --wave-to 99 --wave x.fst", folder_);
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_THAT(files(), ElementsAre("x.mmap.fst", "x.rfp.fst"));
}

TEST_F(WaveCommand, GivesTheSameResultWithAWaveAsWithout) {
  for (const std::string file : {"x.fst", "x.vcd"}) {
    const std::string plain = "compare --accesses 50 --json a.json --engine ";
    EXPECT_EQ(tessera(plain + engine_of(file), folder_).exit_code, 0);
    const std::string with_wave = traced("compare --accesses 50 --json b.json", file, "0", "999");
    EXPECT_EQ(tessera(with_wave, folder_).exit_code, 0);
    EXPECT_EQ(contents_of(folder_ / "a.json"), contents_of(folder_ / "b.json"));
  }
}

TEST_F(WaveCommand, RefusesEnginesAndNamesThatDoNotGoTogether) {
  expect_refusal("--wave x.vcd", "engine transaction has no waves; these have: systemc (.vcd)");
  expect_refusal("--engine rtl --wave x.vcd", "'x.vcd' does not end with .fst");
  expect_refusal("--engine systemc --wave x.fst", "'x.fst' does not end with .vcd");
  expect_refusal("--engine rtl --wave x", "'x' does not end with .fst");
}

TEST_F(WaveCommand, RefusesCyclesThatCannotBe) {
  expect_refusal("--engine rtl --wave x.fst --wave-from 7 --wave-to 6",
                 "--wave-from: cycle 7 is after --wave-to, cycle 6");
  expect_refusal("--engine rtl --wave x.fst --wave-to -1", "--wave-to: '-1' is not a whole number");
  expect_refusal("--engine rtl --wave-to 6", "--wave-to: there is no --wave FILE");
  expect_refusal("--engine rtl --methods rfp --wave x.fst --wave-from 1000000000",
                 "the wave was to begin at cycle 1000000000");
}

TEST_F(WaveCommand, RefusesToWriteWhereItCannot) {
  expect_refusal("--engine rtl --wave no/x.fst", "there is no folder no");
  for (const std::string file : {"x.fst", "x.vcd"}) {
    fs::create_symlink("/dev/full", folder_ / (file + ".part"));
    expect_refusal(traced("--methods rfp", file, "0", "100000000"),
                   file + ": cannot write this wave: No space left on device");
  }
}

TEST_F(WaveCommand, KeepsWhatItHasWhenInterrupted) {
  for (const std::string file : {"x.fst", "x.vcd"}) {
    const std::string endless = "compare --workload dbwin --remaps 4000000000 --methods rfp";
    const Finished finished =
        tessera_interrupted(traced(endless, file, "10", "100000000"), folder_, 1.0);
    EXPECT_EQ(finished.exit_code, 130) << finished.err;
    EXPECT_GT(wave::last_tick(folder_ / file), 10000U);
  }
  EXPECT_THAT(files(), ElementsAre("x.fst", "x.vcd"));
}

}  // namespace
}  // namespace tessera::cli
