// What becomes of the file when something goes wrong.

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "tb/unit/folder_test.hpp"
#include "tb/unit/wave/recorded_run.hpp"

namespace tessera::wave {
namespace {

namespace fs = std::filesystem;

class WaveFiles : public FolderTest, public testing::WithParamInterface<const char*> {
 protected:
  std::string engine() const { return GetParam(); }
  fs::path file() const { return folder_ / (engine() == "rtl" ? "x.fst" : "x.vcd"); }

  Answers run(const Wave& wave) const {
    return run_recorded(engine(), *mmu::find_core("e500mc"), wave, 1, 2000);
  }

  void expect_refusal(const Wave& wave, const char* what) const {
    try {
      run(wave);
      ADD_FAILURE() << "a wave was written";
    } catch (const UserError& error) {
      EXPECT_THAT(error.what(), testing::StartsWith(wave.file.string() + ": cannot write"));
      EXPECT_THAT(error.what(), testing::HasSubstr(what));
      EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("\n")));
    }
    EXPECT_TRUE(fs::is_empty(folder_));
  }
};

TEST_P(WaveFiles, ReplaceAFileWhole) {
  std::ofstream(file()) << "what was there before";
  run({file()});
  EXPECT_GT(read_wave(file()).signals.size(), 40U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_P(WaveFiles, AreRefusedOnAFullDisk) {
  if (!fs::exists("/dev/full")) {
    GTEST_SUCCEED() << "this system has no /dev/full";
    return;
  }
  fs::create_symlink("/dev/full", file().string() + ".part");
  expect_refusal({file()}, "No space left on device");
}

TEST_P(WaveFiles, AreRefusedInAFolderThatIsNotThere) {
  expect_refusal({folder_ / "no" / file().filename()}, "No such file or directory");
}

TEST_P(WaveFiles, AreRefusedWhenTheEndIsBeforeTheBeginning) {
  expect_refusal({file(), Cycles(5), Cycles(4)}, "begin at cycle 5 and end at cycle 4");
}

TEST_P(WaveFiles, AreRefusedWhenTheRunEndsBeforeTheirBeginning) {
  expect_refusal({file(), Cycles(1000000000)}, "the wave was to begin at cycle 1000000000");
}

TEST_P(WaveFiles, CanBeWrittenSideBySide) {
  const auto record = [&](const char* name) {
    return describe(engine()).record({folder_ / (name + file().extension().string())});
  };
  const machine::Recording one = record("one");
  const machine::Recording other = record("other");
  const mmu::Core& core = *mmu::find_core("e500mc");
  {
    const auto first = one.make(core.parameters, core.timing, nullptr);
    const auto second = other.make(core.parameters, core.timing, nullptr);
    first->advance(Cycles(20));
    second->advance(Cycles(10));
  }
  one.wave->finish();
  other.wave->finish();
  EXPECT_EQ(last_tick(one.wave->wave().file), 205U);
  EXPECT_EQ(last_tick(other.wave->wave().file), 105U);
}

INSTANTIATE_TEST_SUITE_P(Engines, WaveFiles, testing::Values("rtl", "systemc"));

}  // namespace
}  // namespace tessera::wave
