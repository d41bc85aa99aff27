// Whole machines with hardware walkers (docs/walkers.md).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/machine/run.hpp"
#include "sw/machine/walkers.hpp"
#include "tb/unit/machine/faulty_engine.hpp"
#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

using mmu::HardwareWalker;
using ::testing::HasSubstr;

RunResult run_walked(const MachineConfig& config, Method method) {
  return run_small_dbwin(config, method, 400);
}

TEST(WalkerRun, EndsSoundForEveryMethodCoreAndPteWidth) {
  int runs = 0;
  for (const char* core : {"e500mc", "e500v2", "qemu"}) {
    for (const Method method : usual_methods()) {
      for (const auto& [walker, bits] :
           {std::pair(HardwareWalker::Tablewalk, 32U), std::pair(HardwareWalker::Tablewalk, 64U),
            std::pair(HardwareWalker::E6500, 64U)}) {
        const RunResult result = run_walked(config_of(core, bits, walker), method);
        EXPECT_FALSE(result.error.has_value());
        EXPECT_GT(result.counters.walks, 200U);
        ++runs;
      }
    }
  }
  EXPECT_EQ(runs, 45);
}

TEST(WalkerRun, HasNoTlbErrorWhereTheHardwareWalksAll) {
  const RunCounters c =
      run_walked(config_of("e500mc", 64, HardwareWalker::Tablewalk), Method::Mmap).counters;
  EXPECT_EQ(c.dtlb_errors + c.itlb_errors + c.tlb_refills, 0U);
  EXPECT_EQ(c.walk_loads, 2 * c.walks - 1) << "the first access finds no PTE page";
}

TEST(WalkerRun, LosesIndirectEntriesWithAllOfThePid) {
  const MachineConfig config = config_of("e500mc", 64, HardwareWalker::E6500);
  const RunCounters one_by_one = run_walked(config, Method::Remap).counters;
  const RunCounters whole_pid = run_walked(config, Method::Mmap).counters;
  EXPECT_LT(one_by_one.tlb_refills, 10U);
  EXPECT_GT(whole_pid.tlb_refills, whole_pid.flush_pid);
  EXPECT_EQ(whole_pid.tlb_refills, whole_pid.tlb1_writes);
}

/// Cycles of the one walk that a read takes when the tables are in the first cache it asks.
std::uint64_t hot_walk_cycles(HardwareWalker walker, unsigned pte_bits, WalkLoadCache cache) {
  Script script{PageCount(4), PageCount(64)};
  // The PID is flushed by an mmap over a present page; then page 2 brings what is needed to walk.
  for (int pass = 0; pass < 2; ++pass) {
    script.round({read(0, 0), read(1, pass == 0 ? 1U : 9U), read(2, 2), map(1, 1, 9)}, false);
    script.round({read(1, 9), read(2, 2), map(1, 1, 9), read(2, 2)}, false);
  }
  script.round({read(0, 0)});
  MachineConfig config = config_of("e500mc", pte_bits, walker);
  config.memory.walk_loads = cache;
  const RunResult result = run_script(config, Method::Mmap, script);
  EXPECT_EQ(result.counters.walks, 1U);
  EXPECT_EQ(result.counters.walk_faults, 0U);
  EXPECT_EQ(result.of(Part::TlbMiss), Cycles(0));
  return result.of(Part::Walk).value();
}

// docs/walkers.md W7: the slot that writes TLB0 in cycle 9 + L or 10 + 2 * L, the response eight
// cycles later. L is 11 in the L2 and 3 in the L1D.
TEST(WalkerRun, TakesTheCyclesOfTheContractWhenAllIsHot) {
  EXPECT_EQ(hot_walk_cycles(HardwareWalker::E6500, 64, WalkLoadCache::L2), 28U);
  EXPECT_EQ(hot_walk_cycles(HardwareWalker::Tablewalk, 64, WalkLoadCache::L2), 40U);
  EXPECT_EQ(hot_walk_cycles(HardwareWalker::Tablewalk, 32, WalkLoadCache::L2), 40U);
  EXPECT_EQ(hot_walk_cycles(HardwareWalker::E6500, 64, WalkLoadCache::L1d), 20U);
  EXPECT_EQ(hot_walk_cycles(HardwareWalker::Tablewalk, 64, WalkLoadCache::L1d), 24U);
  EXPECT_EQ(hot_walk_cycles(HardwareWalker::Tablewalk, 32, WalkLoadCache::L1d), 24U);
}

TEST(WalkerRun, RefusesFormatsThatTheWalkerCannotRead) {
  MachineConfig config = config_of("e500mc", 32, HardwareWalker::E6500);
  EXPECT_THROW(run_walked(config, Method::Remap), UserError);
  for (const HardwareWalker walker : {HardwareWalker::Tablewalk, HardwareWalker::E6500}) {
    EXPECT_THAT(walker_error(walker, *pte::find_format("x86-64")), HasSubstr("not x86-64"));
    EXPECT_EQ(walker_error(walker, *pte::find_format("fsl64")), "");
  }
  EXPECT_EQ(walker_error(HardwareWalker::Tablewalk, *pte::find_format("fsl32")), "");
  EXPECT_EQ(walker_error(HardwareWalker::Off, *pte::find_format("x86-64")), "");
}

/// Its walker starts in the wrong place.
class WalksFromNowhere final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Completion execute(const mmu::Instruction& instruction) override {
    mmu::Instruction wrong = instruction;
    if (instruction.spr == mmu::Spr::Walkpgd) wrong.operand |= 0x00F00000U;
    return sound_.execute(wrong);
  }
};

/// Reads once more, now and then, than it says.
class ReadsTooMuch final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Translation access(const mmu::Access& access) override {
    if (++accesses_ % 1000 == 0) memory_->load(RealAddress(0), false);
    return sound_.access(access);
  }

 private:
  unsigned accesses_ = 0;
};

/// Does not see that the walk of an access failed, and says that it hit.
class HidesFaults final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  const mmu::MmuCounters& counters() const override {
    shown_ = sound_.counters();
    shown_.l2_hits += std::exchange(shown_.walk_faults, 0);
    return shown_;
  }

 private:
  mutable mmu::MmuCounters shown_;
};

template <class Engine>
std::string complaint_about(HardwareWalker walker) {
  MachineConfig config = config_of("e500mc", 64, walker);
  config.make_engine = &make_faulty<Engine>;
  try {
    run_walked(config, Method::Remap);
  } catch (const std::logic_error& violation) {
    return violation.what();
  }
  return "no complaint";
}

TEST(WalkerRun, SaysWhenThePageTableIsOutsideMemory) {
  EXPECT_THAT(complaint_about<WalksFromNowhere>(HardwareWalker::Tablewalk),
              HasSubstr("memory ends at RA 0x80000000"));
}

TEST(WalkerRun, FindsLoadsThatNoWalkMade) {
  for (const HardwareWalker walker : {HardwareWalker::Tablewalk, HardwareWalker::E6500}) {
    EXPECT_THAT(complaint_about<ReadsTooMuch>(walker), HasSubstr("loads that memory answered"));
  }
}

TEST(WalkerRun, FindsWalksThatAreNotCounted) {
  EXPECT_THAT(complaint_about<HidesFaults>(HardwareWalker::Tablewalk),
              HasSubstr("walks = loads of the PGD"));
  EXPECT_THAT(complaint_about<HidesFaults>(HardwareWalker::E6500),
              HasSubstr("walks = loads of PTEs"));
}

}  // namespace
}  // namespace tessera::machine
