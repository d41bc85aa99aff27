#include "sw/machine/memory/memory.hpp"

#include <algorithm>
#include <list>
#include <map>

#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/workload/random.hpp"

namespace tessera::machine {
namespace {

TEST(PhysicalMemory, ReadsZeroUntilWritten) {
  PhysicalMemory memory(PageCount(4));
  EXPECT_EQ(memory.read(RealAddress(0x1234)), 0U);
  memory.write(RealAddress(0x1234), 7);
  EXPECT_EQ(memory.read(RealAddress(0x1234)), 7U);
  EXPECT_EQ(memory.read(RealAddress(0x1238)), 0U);
  EXPECT_EQ(memory.read(RealAddress(0x2234)), 0U);
}

TEST(PhysicalMemory, ClearsOneFrameAndNoOther) {
  PhysicalMemory memory(PageCount(4));
  memory.write(RealAddress(0x1000), 1);
  memory.write(RealAddress(0x1FFC), 2);
  memory.write(RealAddress(0x2000), 3);
  memory.clear(FrameNumber(1));
  EXPECT_EQ(memory.read(RealAddress(0x1000)), 0U);
  EXPECT_EQ(memory.read(RealAddress(0x1FFC)), 0U);
  EXPECT_EQ(memory.read(RealAddress(0x2000)), 3U);
}

TEST(PhysicalMemory, RefusesAFrameThatIsNotThere) {
  PhysicalMemory memory(PageCount(4));
  EXPECT_THROW(memory.read(RealAddress(0x4000)), std::out_of_range);
  EXPECT_THROW(memory.write(RealAddress(0x4000), 1), std::out_of_range);
}

TEST(CacheLevel, AgreesWithAListOfLinesPerSet) {
  constexpr std::uint64_t kSeed = 11;
  constexpr std::uint32_t kWays = 3;
  constexpr std::uint64_t kSets = 4;
  CacheLevel cache({CacheLevel::kLine * (kWays * kSets), kWays, Cycles(3)}, "test");
  std::map<std::uint64_t, std::list<std::uint64_t>> sets;
  workload::Random random(kSeed);
  int hits = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t line = random.below(24);
    std::list<std::uint64_t>& set = sets[line % kSets];
    const auto found = std::find(set.begin(), set.end(), line);
    const bool expected = found != set.end();
    if (expected) {
      set.erase(found);
    } else if (set.size() == kWays) {
      set.pop_back();
    }
    set.push_front(line);
    const RealAddress ra(line * CacheLevel::kLine.value() + random.below(64));
    ASSERT_EQ(cache.use(ra), expected) << "seed " << kSeed << ", use " << i;
    hits += expected ? 1 : 0;
  }
  EXPECT_GT(hits, 5000);
  EXPECT_LT(hits, 15000);
}

TEST(CacheLevel, RefusesShapesThatCannotBe) {
  EXPECT_THROW(CacheLevel({Bytes(1000), 2, Cycles(1)}, "l1d"), UserError);
  EXPECT_THROW(CacheLevel({Bytes(64 * 6), 2, Cycles(1)}, "l1d"), UserError);
  EXPECT_THROW(CacheLevel({Bytes(64), 2, Cycles(1)}, "l1d"), UserError);
}

TEST(Memory, IsAsSlowAsTheFirstLevelThatHasTheLine) {
  MemoryParameters parameters;
  Memory memory(parameters);
  const RealAddress ra(0x10000);
  EXPECT_EQ(memory.use(ra), Cycles(160));
  EXPECT_EQ(memory.use(ra), Cycles(3));
  // Nine lines of one set of the 8-way L1: the first has gone to L2.
  for (std::uint64_t i = 1; i <= 8; ++i) {
    memory.use(ra + Bytes(4096 * i));
  }
  EXPECT_EQ(memory.use(ra), Cycles(11));
}

TEST(Memory, AnswersAWalkerBigEndianAndAsLateAsItsCaches) {
  MemoryParameters parameters;
  parameters.walk_loads = WalkLoadCache::L1d;
  Memory memory(parameters);
  const RealAddress ra(0x20000);
  memory.contents().write(ra, 0x01234567);
  memory.contents().write(ra + Bytes(4), 0x89ABCDEF);
  const mmu::WalkLoad entry = memory.load(ra, true);
  EXPECT_EQ(entry.data, 0x0123456789ABCDEFU);
  EXPECT_EQ(entry.latency, Cycles(160));
  EXPECT_FALSE(entry.error);
  const mmu::WalkLoad word = memory.load(ra + Bytes(4), false);
  EXPECT_EQ(word.data & 0xFFFFFFFFU, 0x89ABCDEFU);
  EXPECT_EQ(word.latency, Cycles(3));
  EXPECT_EQ(memory.use(ra), Cycles(3)) << "the walker's line is the core's line";
}

TEST(Memory, AnswersAWalkerPastTheL1d) {
  Memory memory(MemoryParameters{});
  const RealAddress ra(0x20000);
  EXPECT_EQ(memory.load(ra, true).latency, Cycles(160));
  EXPECT_EQ(memory.load(ra, true).latency, Cycles(11));
  EXPECT_EQ(memory.use(ra), Cycles(11)) << "not in the L1D";
  EXPECT_EQ(memory.use(ra), Cycles(3));
  EXPECT_EQ(memory.load(ra, true).latency, Cycles(11)) << "the L1D's line does not serve it";
  // The walker's lines evict none of the core's eight in this set.
  for (std::uint64_t i = 1; i <= 8; ++i) memory.load(ra + Bytes(4096 * i), true);
  EXPECT_EQ(memory.use(ra), Cycles(3));
}

TEST(Memory, HasNothingForAWalkerBeyondItsEnd) {
  MemoryParameters parameters;
  parameters.ram = PageCount(4);
  Memory memory(parameters);
  EXPECT_FALSE(memory.load(RealAddress(0x3FF8), true).error);
  EXPECT_FALSE(memory.walk_loads().no_memory.has_value());
  const mmu::WalkLoad nothing = memory.load(RealAddress(0x4000), false);
  EXPECT_TRUE(nothing.error);
  EXPECT_EQ(nothing.latency, parameters.ddr);
  EXPECT_EQ(memory.walk_loads().no_memory, RealAddress(0x4000));
  EXPECT_EQ(memory.walk_loads().all, 2U);
}

TEST(Memory, CountsTheLoadsThatBeginAWalk) {
  Memory memory(MemoryParameters{});
  memory.begin_walks_in(RealAddress(0x8000), Bytes(0x2000));
  for (const std::uint64_t ra : {0x7FFCU, 0x8000U, 0x9FFCU, 0xA000U}) {
    memory.load(RealAddress(ra), false);
  }
  EXPECT_EQ(memory.walk_loads().all, 4U);
  EXPECT_EQ(memory.walk_loads().of_pgd, 2U);
}

}  // namespace
}  // namespace tessera::machine
