#include "sw/machine/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/workload/dbwin.hpp"
#include "tb/unit/machine/faulty_engine.hpp"
#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

using ::testing::HasSubstr;

RunResult run_dbwin(const MachineConfig& config, Method method,
                    const workload::DbwinParameters& parameters) {
  workload::Dbwin dbwin(parameters);
  return run(config, method, dbwin, [](std::uint64_t, std::uint64_t) { return true; });
}

workload::DbwinParameters small_dbwin() {
  workload::DbwinParameters p;
  p.file_pages = PageCount(512);
  p.window_pages = PageCount(128);
  p.element_pages = PageCount(2);
  p.remaps = 400;
  p.touch = 2;
  return p;
}

bool equal(const RunResult& a, const RunResult& b) {
  for (const CounterDescription& counter : counter_descriptions()) {
    if (a.counters.*counter.member != b.counters.*counter.member) {
      return false;
    }
  }
  return a.cycles == b.cycles;
}

TEST(Run, GivesTheSameResultTwiceAndAnotherForAnotherSeed) {
  const MachineConfig config = config_of("e500mc");
  workload::DbwinParameters p = small_dbwin();
  const RunResult once = run_dbwin(config, Method::Mmap, p);
  EXPECT_TRUE(equal(once, run_dbwin(config, Method::Mmap, p)));
  p.seed = 2;
  EXPECT_FALSE(equal(once, run_dbwin(config, Method::Mmap, p)));
}

TEST(Run, EndsSoundForEveryMethodCoreAndPteWidth) {
  int runs = 0;
  for (const char* core : {"e500mc", "e500v2", "qemu"}) {
    for (const unsigned bits : {32U, 64U}) {
      for (const Method method : usual_methods()) {
        workload::DbwinParameters p = small_dbwin();
        p.remapped = method != Method::None;
        EXPECT_FALSE(run_dbwin(config_of(core, bits), method, p).error.has_value());
        ++runs;
      }
    }
  }
  EXPECT_EQ(runs, 30);
}

TEST(Run, OnACoreWithoutTlbilxFlushesEverythingForAPid) {
  const RunResult mc = run_dbwin(config_of("e500mc"), Method::Mmap, small_dbwin());
  const RunResult v2 = run_dbwin(config_of("e500v2"), Method::Mmap, small_dbwin());
  EXPECT_GT(mc.counters.flush_pid, 0U);
  EXPECT_EQ(mc.counters.flush_all, 0U);
  EXPECT_EQ(v2.counters.flush_pid, 0U);
  EXPECT_EQ(v2.counters.flush_all, mc.counters.flush_pid);
}

TEST(Run, CountsOnlyWhatComesAfterTheUncountedRounds) {
  Script script{PageCount(8), PageCount(8)};
  script.round({read(0, 0), read(1, 1)}, false).round({read(0, 0)});
  const RunResult result = run_script(config_of("e500mc"), Method::None, script);
  EXPECT_EQ(result.counters.accesses, 1U);
  EXPECT_EQ(result.counters.faults_minor, 0U);
  EXPECT_EQ(result.counters.page_fault_exceptions, 0U);
}

TEST(Run, EndsWithSigbusBeyondTheFile) {
  Script script{PageCount(8), PageCount(4)};
  script.round({read(3, 3)}).round({read(4, 4)}).round({read(0, 0)});
  const RunResult result = run_script(config_of("e500mc"), Method::None, script);
  EXPECT_EQ(result.error, "SIGBUS");
  EXPECT_EQ(result.counters.accesses, 1U);
}

TEST(Run, EndsWithEnomemAtMaxMapCount) {
  MachineConfig config = config_of("e500mc");
  config.kernel.max_map_count = 20;
  workload::DbwinParameters p = small_dbwin();
  const RunResult result = run_dbwin(config, Method::Mmap, p);
  EXPECT_EQ(result.error, "ENOMEM");
  EXPECT_LT(result.counters.remaps_done, p.remaps);
  EXPECT_FALSE(run_dbwin(config, Method::Remap, p).error.has_value());
}

TEST(Run, StopsWhenItsObserverSaysSo) {
  workload::DbwinParameters p = small_dbwin();
  p.remaps = 5000;
  workload::Dbwin dbwin(p);
  const RunResult result =
      run(config_of("e500mc"), Method::Remap, dbwin, [](std::uint64_t, std::uint64_t total) {
        EXPECT_EQ(total, 5000U);
        return false;
      });
  EXPECT_TRUE(result.interrupted);
  EXPECT_GT(result.counters.remaps_done, 0U);
  EXPECT_LT(result.counters.remaps_done, 5000U);
}

TEST(Run, RefusesMemoryThatCannotBe) {
  MachineConfig config = config_of("e500mc", 32);
  config.memory.ram = PageCount(8192ULL << 8);
  EXPECT_THROW(run_dbwin(config, Method::Remap, small_dbwin()), UserError);
  config.memory.ram = PageCount(8ULL << 8);
  EXPECT_THROW(run_dbwin(config, Method::Remap, small_dbwin()), UserError);
}

TEST(Run, RefusesAnMmuThatCannotBe) {
  MachineConfig config = config_of("e500mc");
  config.mmu.tlb0_sets = 0;
  EXPECT_THROW(run_dbwin(config, Method::Remap, small_dbwin()), UserError);
}

/// Counts tlbilx T=3 but looks for the wrong page.
class MissesFlushes final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Completion execute(const mmu::Instruction& instruction) override {
    mmu::Instruction wrong = instruction;
    if (instruction.opcode == mmu::Opcode::Tlbilx) {
      wrong.operand ^= 0x00800000U;
    }
    return sound_.execute(wrong);
  }
};

/// Answers one cycle early.
class HurriesAnswers final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Translation access(const mmu::Access& access) override {
    mmu::Translation translation = sound_.access(access);
    translation.done -= Cycles(1);
    return translation;
  }
};

/// Swaps neighbouring frames of the database.
class SwapsFrames final : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Translation access(const mmu::Access& access) override {
    mmu::Translation translation = sound_.access(access);
    const bool in_window = access.ea.value() >> 28 == 2;
    if (in_window) {
      translation.ra = RealAddress(translation.ra.value() ^ 0x1000U);
    }
    return translation;
  }
};

template <class Engine>
std::string complaint_about(std::uint64_t touch) {
  MachineConfig config = config_of("e500mc");
  config.make_engine = make_faulty<Engine>;
  try {
    workload::DbwinParameters p = small_dbwin();
    p.touch = touch;
    run_dbwin(config, Method::Remap, p);
  } catch (const std::logic_error& violation) {
    return violation.what();
  }
  return "no complaint";
}

TEST(Run, FindsStaleTlbEntriesThatAFlushLeft) {
  EXPECT_THAT(complaint_about<MissesFlushes>(1), HasSubstr("stale TLB entry"));
}

TEST(Run, EndsWhenAnAccessFaultsForEver) {
  EXPECT_THAT(complaint_about<MissesFlushes>(2), HasSubstr("faults for ever"));
}

TEST(Run, FindsAnEngineThatLosesTime) {
  EXPECT_THAT(complaint_about<HurriesAnswers>(1), HasSubstr("engine time = core time"));
}

TEST(Run, FindsAccessesToTheWrongPage) {
  EXPECT_THAT(complaint_about<SwapsFrames>(1), HasSubstr("wrong_pages = 0"));
}

}  // namespace
}  // namespace tessera::machine
