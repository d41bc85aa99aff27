#include "sw/machine/miss_handler.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

std::vector<Step> steps_of(unsigned pte_bits, MissKind kind) {
  return refill_steps(*pte::find_format(pte_bits), kind);
}

std::size_t count_of(const std::vector<Step>& steps, std::initializer_list<StepKind> kinds) {
  return static_cast<std::size_t>(std::count_if(steps.begin(), steps.end(), [&](Step step) {
    return std::find(kinds.begin(), kinds.end(), step.kind) != kinds.end();
  }));
}

constexpr auto kLoads = {
    StepKind::RestoreRegister, StepKind::LoadPgdir,        StepKind::LoadPgdEntry,
    StepKind::LoadPteLow,      StepKind::LoadPteHigh,      StepKind::LoadThreadInfo,
    StepKind::LoadCpu,         StepKind::LoadPerCpuOffset, StepKind::LoadCam};

// e500mc-mmu.md 5.6, UP kernels.
TEST(MissHandlerSteps, HaveTheInstructionCountsOfTheKernel) {
  EXPECT_EQ(instructions_of(steps_of(64, MissKind::Data), true), 47U);
  EXPECT_EQ(instructions_of(steps_of(64, MissKind::Data), false), 49U);
  EXPECT_EQ(instructions_of(steps_of(64, MissKind::Instruction), true), 45U);
  EXPECT_EQ(instructions_of(steps_of(64, MissKind::Instruction), false), 47U);
  EXPECT_EQ(instructions_of(steps_of(32, MissKind::Data), true), 47U);
  EXPECT_EQ(instructions_of(steps_of(32, MissKind::Data), false), 47U);
  EXPECT_EQ(instructions_of(steps_of(32, MissKind::Instruction), true), 45U);
  EXPECT_EQ(instructions_of(steps_of(32, MissKind::Instruction), false), 45U);
}

TEST(MissHandlerSteps, HaveTheLoadsAndStoresOfTheKernel) {
  for (const MissKind kind : {MissKind::Data, MissKind::Instruction}) {
    EXPECT_EQ(count_of(steps_of(64, kind), kLoads), 8U);
    EXPECT_EQ(count_of(steps_of(32, kind), kLoads), 7U);
    EXPECT_EQ(count_of(steps_of(64, kind), {StepKind::SaveRegister}), 4U);
    EXPECT_EQ(count_of(steps_of(32, kind), {StepKind::SaveRegister}), 4U);
    EXPECT_EQ(count_of(steps_of(64, kind), {StepKind::Tlbwe}), 1U);
  }
}

// e500mc-mmu.md 5.6, "+ HUGETLB". What fetches take is two fewer, as without.
TEST(MissHandlerSteps, HaveTheInstructionCountsOfAKernelWithHugePages) {
  for (const bool in_task : {false, true}) {
    const HandlerBuild build{true, in_task};
    const std::vector<Step> small = refill_steps(*pte::find_format(64U), MissKind::Data, build);
    EXPECT_EQ(instructions_of(small, true), 53U);
    EXPECT_EQ(instructions_of(small, false), 55U);
    EXPECT_EQ(count_of(small, kLoads), 8U);
    EXPECT_EQ(count_of(small, {StepKind::SaveRegister}), 4U);
    const std::vector<Step> fetch =
        refill_steps(*pte::find_format(64U), MissKind::Instruction, build);
    EXPECT_EQ(instructions_of(fetch, true), 51U);

    const std::vector<Step> huge = huge_refill_steps(MissKind::Data, build);
    EXPECT_EQ(instructions_of(huge, true), in_task ? 93U : 94U);
    EXPECT_EQ(count_of(huge, kLoads), in_task ? 15U : 16U);
    EXPECT_EQ(count_of(huge, {StepKind::SaveRegister, StepKind::StoreCam}), 9U);
    EXPECT_EQ(instructions_of(huge_refill_steps(MissKind::Instruction, build), true),
              in_task ? 91U : 92U);
  }
}

TEST(MissHandlerSteps, AreTheSameForHugePagesUntilTheBranch) {
  for (const MissKind kind : {MissKind::Data, MissKind::Instruction}) {
    const std::vector<Step> small = refill_steps(*pte::find_format(64U), kind, {true, false});
    const std::vector<Step> huge = huge_refill_steps(kind, {true, false});
    std::size_t i = 0;
    while (small.at(i).kind != StepKind::BranchSmall) {
      EXPECT_EQ(small[i].kind, huge.at(i).kind);
      EXPECT_EQ(small[i].count, huge.at(i).count);
      ++i;
    }
    EXPECT_EQ(huge.at(i).kind, StepKind::BranchSmall);
    EXPECT_EQ(count_of(small, {StepKind::BranchSmall}), 1U);
    EXPECT_EQ(count_of(huge, {StepKind::BranchSmall}), 1U);
  }
}

std::uint64_t instructions_to_bail_out(const std::vector<Step>& steps, StepKind branch) {
  const auto taken =
      std::find_if(steps.begin(), steps.end(), [&](Step step) { return step.kind == branch; });
  return instructions_of({steps.begin(), taken + 1}, true) +
         instructions_of(bail_out_steps(), true);
}

// 29 without a PTE page, 35 with an unusable PTE on SMP, one fewer on UP (5.6).
TEST(MissHandlerSteps, BailOutAfterTheInstructionsOfTheKernel) {
  EXPECT_EQ(instructions_to_bail_out(steps_of(64, MissKind::Data), StepKind::BranchNoTable), 29U);
  EXPECT_EQ(instructions_to_bail_out(steps_of(64, MissKind::Data), StepKind::BranchPteLacks), 34U);
}

// By hand, from what hugetlb adds to 29 and 35: one branch on the sign; two more instructions of a
// small page less the branch on 0; five of a huge one.
TEST(MissHandlerSteps, BailOutLaterInAKernelWithHugePages) {
  const HandlerBuild build{true, false};
  const std::vector<Step> small = refill_steps(*pte::find_format(64U), MissKind::Data, build);
  const std::vector<Step> huge = huge_refill_steps(MissKind::Data, build);
  EXPECT_EQ(instructions_to_bail_out(huge, StepKind::BranchNoTable), 30U);
  EXPECT_EQ(instructions_to_bail_out(small, StepKind::BranchPteLacks), 36U);
  EXPECT_EQ(instructions_to_bail_out(huge, StepKind::BranchPteLacks), 39U);
}

// docs/walker-costs.md: 42 instructions, of which 9 load and 5 store; 27 to the page fault without
// a table.
TEST(MissHandlerSteps, ForAnIndirectEntryAreAsDerived) {
  const std::vector<Step> steps = indirect_refill_steps();
  EXPECT_EQ(instructions_of(steps, true), 42U);
  EXPECT_EQ(instructions_of(steps, false), 42U);
  EXPECT_EQ(
      count_of(steps, {StepKind::RestoreRegister, StepKind::LoadPgdir, StepKind::LoadPgdEntry,
                       StepKind::LoadEselNext, StepKind::LoadEselMax, StepKind::LoadEselFirst}),
      9U);
  EXPECT_EQ(count_of(steps, {StepKind::SaveRegister, StepKind::StoreEselNext}), 5U);
  EXPECT_EQ(count_of(steps, {StepKind::Tlbwe}), 1U);
  EXPECT_EQ(instructions_to_bail_out(steps, StepKind::BranchNoTable), 27U);
}

/// Cycles of a refill when handler and tables are hot in the L1 cache: TLB miss of a page that
/// was flushed a moment ago.
std::uint64_t hot_refill_cycles(unsigned pte_bits) {
  Script script{PageCount(4), PageCount(64)};
  // A write first, so that the page is dirty; then the whole PID goes, by an mmap elsewhere
  // over a present page; the second such round finds everything warm.
  for (int pass = 0; pass < 2; ++pass) {
    script.round({write(0, 0), write(1, pass == 0 ? 1U : 9U), map(1, 1, 9)}, false);
    script.round({write(1, 9), write(0, 0), map(1, 1, 9)}, false);
  }
  script.round({read(0, 0)});
  const RunResult result = run_script(config_of("e500mc", pte_bits), Method::Mmap, script);
  EXPECT_EQ(result.counters.dtlb_errors, 1U);
  EXPECT_EQ(result.counters.tlb0_writes, 1U);
  return result.cycles[static_cast<std::size_t>(Part::TlbMiss)].value();
}

// Worked by hand for 64-bit PTEs, user data, dirty, all L1 hits: 8 exception entry + 1 fetch,
// 26 + 13 + 8 = 47 instructions of which 12 loads and stores take 1 (translation) + 2 (rest of
// load-to-use 3), mfspr and 3 mtspr 1 each, tlbwe 6, rfi 5, the other 29 one cycle each:
// 9 + 29 + 12 * 3 + 4 + 6 + 5 = 89. 32-bit PTEs have one load fewer, one mtspr (MAS7) fewer, and
// 31 plain instructions: 9 + 31 + 11 * 3 + 3 + 6 + 5 = 87.
TEST(MissHandler, TakesTheHandWorkedCyclesWhenAllIsHot) {
  EXPECT_EQ(hot_refill_cycles(64), 89U);
  EXPECT_EQ(hot_refill_cycles(32), 87U);
}

}  // namespace
}  // namespace tessera::machine
