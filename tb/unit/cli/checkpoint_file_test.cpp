// Checkpoint files that are whole, cut off, damaged, or made up.

#include <random>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/archive.hpp"
#include "model/types/user_error.hpp"
#include "sw/cli/checkpoint.hpp"
#include "sw/workload/dbwin.hpp"

namespace tessera::cli::checkpoints {
namespace {

using ::testing::HasSubstr;

/// A small run under way.
struct SmallRun {
  SmallRun() {
    config = Configuration().machine;
    config.memory.ram = PageCount(17U << 8);
    config.memory.cpc.size = Bytes(64U << 10);
    workload::DbwinParameters p;
    p.file_pages = PageCount(256);
    p.window_pages = PageCount(64);
    p.remaps = 640;
    workload = std::make_unique<workload::Dbwin>(p);
    run = std::make_unique<machine::Run>(config, machine::Method::Remap, *workload);
  }

  machine::MachineConfig config;
  std::unique_ptr<workload::Workload> workload;
  std::unique_ptr<machine::Run> run;
};

std::string saved(machine::Run& run) {
  Archive archive;
  run.state(archive);
  return archive.take();
}

Checkpoint small_checkpoint() {
  SmallRun small;
  small.run->advance();
  Checkpoint checkpoint;
  checkpoint.order.assignments = {{"remaps", "640", "--remaps"}};
  checkpoint.order.json_path = "r.json";
  checkpoint.order.checkpoint_seconds = 0.5;
  checkpoint.configuration = "{}";
  checkpoint.seconds = 1.25;
  checkpoint.finished.push_back(SmallRun().run->finish(true));
  checkpoint.run = saved(*small.run);
  return checkpoint;
}

/// What the reader says; empty if it takes the file.
std::string refusal_of(std::string_view bytes) {
  try {
    parse_checkpoint(bytes, "x");
    return {};
  } catch (const UserError& error) {
    return error.what();
  }
}

std::mt19937 seeded() {
  const unsigned seed = std::random_device()();
  fmt::print("seed {}\n", seed);
  return std::mt19937(seed);
}

void flip_one(std::string& bytes, std::mt19937& draw) {
  const auto flipped = static_cast<char>(1 + draw() % 255);
  char& byte = bytes[draw() % bytes.size()];
  byte = static_cast<char>(byte ^ flipped);
}

TEST(CheckpointFile, HoldsWhatWasWritten) {
  const Checkpoint written = small_checkpoint();
  const Checkpoint read = parse_checkpoint(to_bytes(written), "x");
  EXPECT_EQ(read.order.assignments.at(0).value, "640");
  EXPECT_EQ(read.order.json_path, "r.json");
  EXPECT_EQ(read.order.checkpoint_seconds, 0.5);
  EXPECT_EQ(read.seconds, 1.25);
  EXPECT_EQ(read.finished.at(0).interrupted, true);
  EXPECT_EQ(read.run == written.run, true);
  EXPECT_EQ(to_bytes(read) == to_bytes(written), true);
}

TEST(CheckpointFile, IsRefusedWhereverItIsCutOff) {
  const std::string whole = to_bytes(small_checkpoint());
  ASSERT_EQ(refusal_of(whole), "");
  unsigned cuts = 0;
  for (std::size_t size = 0; size < whole.size(); ++size, ++cuts) {
    ASSERT_NE(refusal_of(std::string_view(whole).substr(0, size)), "") << size;
  }
  EXPECT_GE(cuts, 2000U);
  EXPECT_NE(refusal_of(whole + "x"), "");
}

TEST(CheckpointFile, IsRefusedWhereverAByteIsWrong) {
  std::mt19937 draw = seeded();
  const std::string whole = to_bytes(small_checkpoint());
  for (int i = 0; i < 10'000; ++i) {
    std::string damaged = whole;
    flip_one(damaged, draw);
    const std::string refusal = refusal_of(damaged);
    ASSERT_NE(refusal, "") << i;
    ASSERT_EQ(refusal.find('\n'), std::string::npos) << refusal;
  }
}

TEST(CheckpointFile, OfAnotherVersionOrBuildIsRefused) {
  const std::string whole = to_bytes(small_checkpoint());
  const std::size_t first = whole.find('\n');
  const std::size_t second = whole.find('\n', first + 1);
  EXPECT_THAT(refusal_of("tessera checkpoint, version 99.1.0" + whole.substr(first)),
              HasSubstr("a checkpoint of tessera 99.1.0"));
  std::string other = whole;
  other[second - 1] = other[second - 1] == '0' ? '1' : '0';
  EXPECT_THAT(refusal_of(other), HasSubstr("another build of tessera"));
  EXPECT_THAT(refusal_of("R 0\nW 3\n"), HasSubstr("no checkpoint of tessera"));
}

/// With a fingerprint that fits: the readers of the state have only themselves to rely on.
TEST(CheckpointFile, StatesThatWereMadeUpDoNoHarm) {
  std::mt19937 draw = seeded();
  const std::string state = small_checkpoint().run;
  SmallRun target;
  const std::string untouched = saved(*target.run);
  unsigned refused = 0;
  unsigned half_read = 0;
  for (int i = 0; i < 1'000; ++i) {
    std::string made_up = state;
    if (i % 10 == 0) made_up.resize(draw() % made_up.size());
    if (!made_up.empty()) flip_one(made_up, draw);
    try {
      Archive archive(made_up);
      target.run->state(archive);
    } catch (const ArchiveError&) {
      ++refused;
      if (saved(*target.run) != untouched) ++half_read;
      continue;
    }
    Archive back(untouched);
    target.run->state(back);
  }
  EXPECT_GE(refused, 100U);
  EXPECT_EQ(half_read, 0U);
  Archive archive(state);
  target.run->state(archive);
  EXPECT_EQ(saved(*target.run) == state, true);
}

}  // namespace
}  // namespace tessera::cli::checkpoints
