// Clocked C++ against RTL: the same inputs, every output pin, every cycle, and every response of
// both held to a plain list of entries.

#include <iostream>

#include <gtest/gtest.h>

#include "tb/lockstep/seed_run.hpp"
#include "tb/unit/sanitized.hpp"

namespace tessera::lockstep {
namespace {

constexpr std::uint64_t kCycles = 100000;
constexpr std::uint64_t kSeeds = kSanitized ? 10 : 100;
constexpr std::uint64_t kMillions = kSeeds * kCycles / 1000000;

/// Events that these parameters make possible (docs/pins.md 10).
bool possible_event(const mmu::Parameters& p, std::size_t event) {
  const bool walks = p.hardware_walker != mmu::HardwareWalker::Off;
  if (event >= 22) {
    return walks;
  }
  if (event <= 1) {
    return p.l1_4k_ways + p.l1_vsp_entries != 0;
  }
  if (event == 6 || event == 7) {
    return p.multi_hit == mmu::MultiHit::MachineCheck || walks;
  }
  return event < 12 || event > 14 || p.has_tlbilx;
}

bool possible_trap(const mmu::Parameters& p, std::size_t trap) {
  if (static_cast<mmu::Trap>(trap) == mmu::Trap::MachineCheck) {
    return p.multi_hit == mmu::MultiHit::MachineCheck;
  }
  return static_cast<mmu::Trap>(trap) != mmu::Trap::HypervisorPrivilege || p.has_ehv;
}

/// Lock step proves nothing about what never happens.
void expect_everything_happened(const Comparison& met, const mmu::Parameters& p) {
  for (std::size_t event = 0; event < met.events.size(); ++event) {
    if (possible_event(p, event)) {
      EXPECT_GE(met.events[event], 10 * kMillions) << "event " << event;
    } else {
      EXPECT_EQ(met.events[event], 0U) << "event " << event;
    }
  }
  for (std::size_t trap = 0; trap < met.traps.size(); ++trap) {
    if (possible_trap(p, trap)) {
      EXPECT_GE(met.traps[trap], kMillions) << "trap " << trap;
    } else {
      EXPECT_EQ(met.traps[trap], 0U) << "trap " << trap;
    }
  }
}

/// With a walker there are fewer TLB errors, and more to wait for.
void expect_much_was_checked(const CheckedTranslations& checked, const mmu::Parameters& p) {
  const bool walks = p.hardware_walker != mmu::HardwareWalker::Off;
  EXPECT_GE(checked.l1_hits + checked.l2_hits, (walks ? 60000 : 100000) * kMillions);
  EXPECT_GE(checked.l2_hits, 15000 * kMillions);
  EXPECT_GE(checked.tlb_errors, (walks ? 15000 : 30000) * kMillions);
  EXPECT_GE(checked.denied, 2000 * kMillions);
  EXPECT_GE(checked.registers_read, 1000 * kMillions);
  EXPECT_LE(checked.ambiguous * 50, checked.l1_hits) << "L1 hits with several answers allowed";
}

/// Snoops meet walks at each of their edges.
void expect_overtaken(const CheckedTranslations& checked) {
  for (std::size_t where = 0; where < checked.overtaken.size(); ++where) {
    EXPECT_GE(checked.overtaken[where], 3 * kMillions) << "overtaken at " << where;
  }
}

/// A run in which walks hardly happen proves little about them.
void expect_walks(const CheckedTranslations& checked, const mmu::Parameters& p) {
  if (p.hardware_walker == mmu::HardwareWalker::Off) {
    EXPECT_EQ(checked.walks, 0U);
    return;
  }
  EXPECT_GE(checked.walks, 8000 * kMillions);
  EXPECT_GE(checked.walk_loads, 6000 * kMillions);
  EXPECT_GE(checked.walk_writes, 4000 * kMillions);
  EXPECT_GE(checked.walk_faults, 2000 * kMillions);
  EXPECT_GE(checked.walk_errors, 20 * kMillions);
  EXPECT_GE(checked.both_walk, 20000 * kMillions);
  expect_overtaken(checked);
}

class LockStep : public ::testing::TestWithParam<Subject> {};

TEST_P(LockStep, EveryPinAgreesInEveryCycleAndEveryResponseFollowsFromTheEntries) {
  const Subject& subject = GetParam();
  Met met;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    ASSERT_EQ(run_seed(subject, seed, kCycles, met), "");
  }
  const CheckedTranslations& checked = met.checked;
  std::cout << met.comparison.cycles << " cycles; " << checked.all()
            << " responses checked: " << checked.l1_hits << " L1 hits (" << checked.ambiguous
            << " ambiguous), " << checked.l2_hits << " L2 hits, " << checked.tlb_errors
            << " TLB errors, " << checked.machine_checks << " machine checks; "
            << checked.registers_read << " values of mfspr; " << checked.walks
            << " walks: " << checked.walk_loads << " loads, " << checked.walk_writes << " writes, "
            << checked.walk_faults << " faults, " << checked.walk_errors << " bus errors, "
            << checked.both_walk << " cycles of waiting; overtaken:";
  for (const std::uint64_t count : checked.overtaken) {
    std::cout << ' ' << count;
  }
  std::cout << "; events:";
  for (const std::uint64_t count : met.comparison.events) {
    std::cout << ' ' << count;
  }
  std::cout << "; traps:";
  for (const std::uint64_t count : met.comparison.traps) {
    std::cout << ' ' << count;
  }
  std::cout << '\n';
  EXPECT_EQ(met.comparison.cycles, kSeeds * kCycles);
  expect_everything_happened(met.comparison, subject.core.parameters);
  expect_much_was_checked(checked, subject.core.parameters);
  expect_walks(checked, subject.core.parameters);
}

INSTANTIATE_TEST_SUITE_P(Subjects, LockStep, ::testing::ValuesIn(subjects()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace tessera::lockstep
