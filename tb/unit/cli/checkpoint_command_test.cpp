// Checkpoints as people use them: a comparison is killed or interrupted, `tessera resume` goes on,
// and what comes out is held to the same comparison left in peace.

#include <random>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tb/unit/cli/command_line.hpp"
#include "tb/unit/sanitized.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr int kKilled = 137;  // 128 + SIGKILL

class CheckpointCommand : public CommandLine {
 protected:
  fs::path file() const { return folder_ / "tessera.checkpoint"; }
  void expect_files_equal(const char* a, const char* b) const {
    EXPECT_FALSE(contents_of(folder_ / a).empty());
    EXPECT_EQ(contents_of(folder_ / a) == contents_of(folder_ / b), true) << a << ", " << b;
  }
};

/// The output without what a clock says.
std::string without_rate(const std::string& out) {
  return out.substr(0, out.rfind('\n', out.find(" accesses simulated in ")));
}

/// Kills `start`, and then `tessera resume`, a random while after one of its first checkpoints, so
/// many times or until all is over; how often it was killed.
unsigned kill_repeatedly(const std::string& start, const fs::path& folder, unsigned times,
                         std::mt19937& draw) {
  std::uniform_real_distribution<double> seconds(0, 0.02);
  std::string next = start;
  unsigned kills = 0;
  while (kills < times) {
    const auto replaced = static_cast<unsigned>(1 + draw() % 4);
    const Finished finished =
        tessera_killed(next, folder, "tessera.checkpoint", replaced, seconds(draw));
    if (finished.exit_code != kKilled) break;
    next = "resume tessera.checkpoint";
    ++kills;
  }
  return kills;
}

struct KilledComparison {
  const char* name;
  const char* arguments;
};

class KilledComparisons : public CheckpointCommand,
                          public ::testing::WithParamInterface<KilledComparison> {};

TEST_P(KilledComparisons, EndAsIfNothingHadHappened) {
  const unsigned seed = std::random_device()();
  fmt::print("seed {}\n", seed);
  std::mt19937 draw(seed);
  const std::string compare = std::string("compare ") + GetParam().arguments;
  const Finished whole = tessera(compare + " --json whole.json", folder_);
  ASSERT_EQ(whole.exit_code, 0) << whole.err;

  const std::string kept = compare + " --json killed.json --checkpoint-every 0.01";
  const unsigned kills = kill_repeatedly(kept, folder_, 5, draw);
  EXPECT_EQ(kills, 5U) << "the comparison is too short for this machine";
  ASSERT_TRUE(fs::exists(file()));
  const Finished resumed = tessera("resume tessera.checkpoint", folder_);
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_EQ(without_rate(resumed.out), without_rate(whole.out));
  expect_files_equal("killed.json", "whole.json");
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_FALSE(fs::exists(folder_ / "tessera.checkpoint.part"));
}

INSTANTIATE_TEST_SUITE_P(
    Workloads, KilledComparisons,
    ::testing::Values(KilledComparison{"window", "--accesses 100000 --methods mmap,rfp_nb"},
                      KilledComparison{"dbwin",
                                       "--workload dbwin --remaps 60000 --methods "
                                       "rfp,mmap_pop --kernel 6.1 --walker tablewalk"},
                      KilledComparison{"reverse",
                                       "--workload reverse --passes 12 --methods "
                                       "rfp,mmap --kernel 2.6.11"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_F(CheckpointCommand, GoesOnAfterCtrlC) {
  const std::string compare = fmt::format("compare --workload dbwin --remaps {} --methods none,rfp",
                                          kSanitized ? 40000 : 200000);
  ASSERT_EQ(tessera(compare + " --json whole.json --html whole.html", folder_).exit_code, 0);
  const Finished stopped = tessera_interrupted(
      compare + " --json r.json --html r.html --checkpoint-every 1000 --checkpoint here", folder_,
      0.5);
  ASSERT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_THAT(stopped.err, HasSubstr("'tessera resume here' goes on"));
  const Finished resumed = tessera("resume here", folder_);
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  expect_files_equal("r.json", "whole.json");
  EXPECT_FALSE(fs::exists(folder_ / "here"));
}

TEST_F(CheckpointCommand, RefusesWhatHasNoCheckpoints) {
  expect_refusal("compare --checkpoint-every 1 --engine systemc --accesses 10", "engine systemc");
  expect_refusal("compare --checkpoint-every 1 --engine rtl --accesses 10", "engine rtl");
  expect_refusal("compare --checkpoint-every 0 --accesses 10", "'0' is no number of seconds");
  expect_refusal("compare --checkpoint-every 1s --accesses 10", "'1s' is no number of seconds");
  expect_refusal("compare --checkpoint-every nan --accesses 10", "'nan' is no number of seconds");
  expect_refusal("compare --checkpoint x --accesses 10", "no --checkpoint-every");
  expect_refusal("compare --checkpoint-every 1 --checkpoint no/where --accesses 10", "no/where");
  expect_refusal("resume", "checkpoint is required");
  expect_refusal("resume nothing", "nothing: cannot read this file");
}

TEST_F(CheckpointCommand, RefusesToOverwriteACheckpoint) {
  write_text(file(), "precious");
  expect_refusal("compare --checkpoint-every 1 --accesses 10", "is there already");
  EXPECT_EQ(contents_of(file()), "precious");
  expect_refusal("resume tessera.checkpoint", "no checkpoint of tessera");
}

TEST_F(CheckpointCommand, RefusesAStreamThatHasChanged) {
  std::string stream = "# block_bytes=16384 blocks=9\n";
  for (std::uint64_t i = 0; i < 300000; ++i) stream += fmt::format("R {}\n", i * i % 7);
  write_text(folder_ / "s.blocks", stream);
  const Finished killed = tessera_killed(
      "compare --stream s.blocks --methods rfp --set passes=100 --checkpoint-every 0.01", folder_,
      "tessera.checkpoint", 2, 0);
  ASSERT_EQ(killed.exit_code, kKilled);
  ASSERT_TRUE(fs::exists(file()));
  write_text(folder_ / "s.blocks", stream + "R 8\n");
  expect_refusal("resume tessera.checkpoint", "the stream is another one now");
}

}  // namespace
}  // namespace tessera::cli
