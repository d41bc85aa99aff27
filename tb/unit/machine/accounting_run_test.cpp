#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/machine/run.hpp"
#include "tb/unit/machine/faulty_engine.hpp"
#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kRemaps = 300;

/// Refills of a class; of flushes of one reach and cause.
std::uint64_t refills(const RunResult& result, RefillClass refill_class) {
  return result.refills->refills_of(refill_class);
}
std::uint64_t refills(const RunResult& result, FlushReach reach, vm::FlushCause cause) {
  return result.refills->refills[group_of({RefillClass::Flush, {reach, cause, 0}})];
}

// Each ends in an audit: the mirror is TLB0, all sums hold.
TEST(AccountingRun, EndsSoundForEveryReplacementWalkerAndShape) {
  int runs = 0;
  for (const auto walker :
       {mmu::HardwareWalker::Off, mmu::HardwareWalker::Tablewalk, mmu::HardwareWalker::E6500}) {
    for (const char* core : {"e500mc", "e500v2", "qemu"}) {
      const bool two_entries = walker == mmu::HardwareWalker::E6500;
      for (const bool lru : {false, true}) {
        for (const auto scope : {mmu::NvScope::Global, mmu::NvScope::PerSet, mmu::NvScope::Qemu}) {
          MachineConfig config = config_of(core, 64, walker);
          if (two_entries) config.mmu.has_tlbilx = true;
          config.mmu.tlb0_repl = lru ? mmu::Tlb0Replacement::Lru : mmu::Tlb0Replacement::Software;
          config.mmu.nv_scope = scope;
          config.mmu.tlb0_sets = 6;
          config.mmu.tlb0_ways = 3;
          for (const Method method : {Method::Mmap, Method::RemapNonblock}) {
            const RunResult result = run_small_dbwin(config, method, kRemaps);
            EXPECT_GT(refills(result, RefillClass::Flush), 0U);
            EXPECT_GT(refills(result, RefillClass::Capacity), 0U);
            EXPECT_EQ(refills(result, RefillClass::Tlb1),
                      two_entries ? result.counters.tlb_refills : 0);
            ++runs;
          }
        }
      }
    }
  }
  EXPECT_EQ(runs, 108);
}

// Preloads search the TLBs, and a search that finds nothing moves TLB0[NV] in one scope.
TEST(AccountingRun, EndsSoundWithHugePages) {
  for (const auto scope : {mmu::NvScope::Global, mmu::NvScope::Qemu}) {
    MachineConfig config = config_of("e500mc");
    config.nr_hugepages = 4;
    config.mmu.nv_scope = scope;
    config.mmu.tlb1_entries = 6;  // lowmem takes 3
    Script script{PageCount(4096), PageCount(4096), PageCount(1024)};
    for (int round = 0; round < 3; ++round) {
      script.round({read(0, 0), read(1024, 1024), read(2048, 2048), read(3072, 3072)});
    }
    const RunResult result = run_script(config, Method::Hugetlb, script);
    EXPECT_GT(result.counters.huge_refills, 0U);
    EXPECT_EQ(refills(result, RefillClass::Tlb1), result.counters.huge_refills);
  }
}

TEST(AccountingRun, ChangesNoCounterAndNoCycle) {
  int runs = 0;
  for (const char* core : {"e500mc", "e500v2", "e6500-walker"}) {
    for (const Method method : usual_methods()) {
      MachineConfig config = config_of(core);
      const RunResult full = run_small_dbwin(config, method, kRemaps);
      config.accounting.full = false;
      const RunResult counters = run_small_dbwin(config, method, kRemaps);
      for (const CounterDescription& counter : counter_descriptions()) {
        EXPECT_EQ(full.counters.*counter.member, counters.counters.*counter.member) << counter.name;
      }
      EXPECT_EQ(full.cycles, counters.cycles);
      EXPECT_EQ(full.activities, counters.activities);
      EXPECT_TRUE(full.refills && full.accounts);
      EXPECT_FALSE(counters.refills || counters.accounts);
      ++runs;
    }
  }
  EXPECT_EQ(runs, 15);
}

// A page of the window is read, its slot gets another page of the file, and it is read again.
TEST(AccountingRun, ChargesRefillsToTheFlushOfTheMethod) {
  Script remap{PageCount(8), PageCount(8)};
  remap.round({read(0, 0), read(1, 1)}, false).round({map(0, 1, 5), read(0, 5), read(1, 1)});
  const RunResult by_page = run_script(config_of("e500mc"), Method::Remap, remap);
  EXPECT_EQ(refills(by_page, FlushReach::Va, vm::FlushCause::Remap), 1U);
  EXPECT_EQ(by_page.refills->all_refills(), 1U);

  // mmap unmaps page 0 and flushes the PID: page 1, the stack and code pages go too.
  Script map_fixed{PageCount(8), PageCount(8)};
  map_fixed.round({read(0, 0), read(1, 1)}, false).round({map(0, 1, 5), read(0, 5), read(1, 1)});
  const RunResult by_pid = run_script(config_of("e500mc"), Method::Mmap, map_fixed);
  const std::uint64_t charged = refills(by_pid, FlushReach::Pid, vm::FlushCause::Unmap);
  EXPECT_GE(charged, 4U);  // both pages of the window, the library's code, the program's
  EXPECT_EQ(by_pid.refills->all_refills(), charged);
}

TEST(AccountingRun, CallsAPageThatNobodyHadReadCompulsory) {
  Script script{PageCount(8), PageCount(8)};
  script.round({read(0, 0)}, false).round({read(1, 1), read(2, 2), read(1, 1)});
  const RunResult result = run_script(config_of("e500mc"), Method::None, script);
  EXPECT_EQ(refills(result, RefillClass::Compulsory), 2U);
  EXPECT_EQ(result.refills->all_refills(), 2U);
}

TEST(AccountingRun, CountsFromTheWarmUpOnForTheRegion) {
  const auto fill = [](Script& script) {
    for (int round = 0; round < 4; ++round) script.round({read(0, 0), read(1, 1)});
  };
  MachineConfig config = config_of("e500mc");
  config.accounting.warm_up = 3;  // ends with the second round
  Script all{PageCount(8), PageCount(8)};
  fill(all);
  EXPECT_EQ(run_script(config, Method::None, all).counters.accesses, 4U);
  config.accounting.region = 1;  // ends with the third
  Script some{PageCount(8), PageCount(8)};
  fill(some);
  const RunResult result = run_script(config, Method::None, some);
  EXPECT_EQ(result.counters.accesses, 2U);
  EXPECT_EQ(result.counters.tlb_refills, 0U);
  EXPECT_EQ(result.accounts->latencies[0].count(), 2U);
}

TEST(AccountingRun, RefusesAWarmUpThatIsLongerThanTheRun) {
  MachineConfig config = config_of("e500mc");
  config.accounting.warm_up = 3;
  Script script{PageCount(8), PageCount(8)};
  script.round({read(0, 0), read(1, 1)});
  try {
    run_script(config, Method::None, script);
    FAIL() << "no complaint";
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(), "measure.warm_up is 3: the run has 2 accesses");
  }
}

TEST(AccountingRun, HasIntervalsWhoseSumIsTheRun) {
  MachineConfig config = config_of("e500mc");
  config.accounting.interval = 100;
  const RunResult by_access = run_small_dbwin(config, Method::Mmap, kRemaps);
  const auto& intervals = by_access.accounts->series->intervals();
  EXPECT_EQ(by_access.counters.accesses, 600U);
  ASSERT_EQ(intervals.size(), 7U);  // the last one is what the program does after its last access
  EXPECT_EQ(intervals[6].counters.accesses, 0U);
  Cycles cycles(0);
  for (const IntervalReading& interval : intervals) cycles += interval.cycles;
  EXPECT_EQ(cycles, by_access.total());

  config.accounting.interval_unit = IntervalUnit::Cycles;
  config.accounting.interval = 50'000;
  const RunResult by_cycle = run_small_dbwin(config, Method::Mmap, kRemaps);
  EXPECT_GT(by_cycle.accounts->series->intervals().size(), by_cycle.total().value() / 60'000);
  config.accounting.interval = 1;  // every operation ends one, the last of the last round too
  EXPECT_EQ(run_small_dbwin(config, Method::Mmap, kRemaps).counters.remaps_done, kRemaps);
  config.accounting.interval = 0;
  EXPECT_FALSE(run_small_dbwin(config, Method::Mmap, kRemaps).accounts->series.has_value());
}

/// Writes TLB0 in another way than the one that it had offered: legal, but not what Linux does.
class TakesAnotherWay final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Completion execute(const mmu::Instruction& instruction) override {
    if (instruction.opcode == mmu::Opcode::Tlbwe && ++writes_ > 20) {
      mmu::Instruction step;
      step.opcode = mmu::Opcode::Mfspr;
      step.spr = mmu::Spr::Mas0;
      const std::uint32_t mas0 = sound_.execute(step).value;
      step.opcode = mmu::Opcode::Mtspr;
      step.operand = mas0 ^ mmu::mas0::kEsel.at(1);
      sound_.execute(step);
    }
    return sound_.execute(instruction);
  }

 private:
  int writes_ = 0;
};

TEST(AccountingRun, FindsAMirrorThatIsNotTlb0) {
  MachineConfig config = config_of("e500mc");
  config.make_engine = make_faulty<TakesAnotherWay>;
  try {
    run_small_dbwin(config, Method::Remap, kRemaps);
    FAIL() << "no complaint";
  } catch (const IdentityViolation& violation) {
    EXPECT_THAT(violation.what(), HasSubstr("its mirror"));
  }
}

}  // namespace
}  // namespace tessera::machine
