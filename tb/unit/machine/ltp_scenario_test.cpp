// LTP remap_file_pages01 on a whole machine (linux-vm.md H; counts derived in J).

#include <string>

#include <gtest/gtest.h>

#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

constexpr std::uint64_t kWindow = 16;

/// Eight calls that turn the window around in units of two pages, then the check of all data.
std::vector<workload::Operation> one_pass() {
  std::vector<workload::Operation> operations;
  for (std::uint64_t page = 0; page < kWindow; page += 2) {
    operations.emplace_back(map(page, 2, kWindow - 2 - page));
  }
  for (std::uint64_t page = 0; page < kWindow; page += 2) {
    operations.emplace_back(read(page, kWindow - 2 - page));
    operations.emplace_back(read(page + 1, kWindow - 1 - page));
  }
  return operations;
}

RunCounters nth_pass(Method method, int nth, unsigned pte_bits) {
  Script script{PageCount(kWindow), PageCount(1024)};
  for (int pass = 1; pass <= nth; ++pass) {
    script.round(one_pass(), pass == nth);
  }
  const RunResult result = run_script(config_of("e500mc", pte_bits), method, script);
  EXPECT_FALSE(result.error.has_value());
  return result.counters;
}

struct Expected {
  Method method;
  int pass;
  std::uint64_t flush_va;
  std::uint64_t flush_pid;
  std::uint64_t faults;
  std::uint64_t exceptions;
  std::uint64_t vmas;
};

class LtpScenario : public ::testing::TestWithParam<Expected> {};

TEST_P(LtpScenario, FindsTheRightPagesAtTheDerivedCost) {
  const Expected expected = GetParam();
  for (const unsigned pte_bits : {32U, 64U}) {
    SCOPED_TRACE(pte_bits);
    const RunCounters c = nth_pass(expected.method, expected.pass, pte_bits);
    EXPECT_EQ(c.accesses, kWindow);
    EXPECT_EQ(c.wrong_pages, 0U);
    EXPECT_EQ(c.mapping_calls, kWindow / 2);
    EXPECT_EQ(c.flush_va, expected.flush_va);
    EXPECT_EQ(c.flush_pid, expected.flush_pid);
    EXPECT_EQ(c.faults_minor, expected.faults);
    EXPECT_EQ(c.faults_major, 0U);
    EXPECT_EQ(c.page_fault_exceptions, expected.exceptions);
    EXPECT_EQ(c.vmas, expected.vmas);
  }
}

// Nonlinear: 16 faults inside the calls and none after; the second pass replaces 16 present
// pages. NONBLOCK: the faults come with the reads. mmap: the reads fault; the second pass
// flushes the PID once a call. With MAP_POPULATE the faults move into the calls.
INSTANTIATE_TEST_SUITE_P(Passes, LtpScenario,
                         ::testing::Values(Expected{Method::Remap, 1, 0, 0, 16, 0, 1},
                                           Expected{Method::Remap, 2, 16, 0, 16, 0, 1},
                                           Expected{Method::RemapNonblock, 1, 0, 0, 16, 16, 1},
                                           Expected{Method::RemapNonblock, 2, 16, 0, 16, 16, 1},
                                           Expected{Method::Mmap, 1, 0, 0, 16, 16, 8},
                                           Expected{Method::Mmap, 2, 0, 8, 16, 16, 8},
                                           Expected{Method::MmapPopulate, 2, 0, 8, 16, 0, 8}),
                         [](const auto& instance) {
                           return std::string(describe(instance.param.method).name) + "_pass" +
                                  std::to_string(instance.param.pass);
                         });

}  // namespace
}  // namespace tessera::machine
