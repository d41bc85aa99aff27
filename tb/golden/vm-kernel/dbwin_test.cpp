// dbwin as real kernels ran it (tb/golden/vm-kernel/README.md), row by row.

#include "sw/workload/dbwin.hpp"

#include <cmath>
#include <iostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/machine/run.hpp"
#include "tb/golden/vm-kernel/golden_rows.hpp"

namespace tessera::golden {
namespace {

machine::MachineConfig qemu_machine(unsigned pte_bits) {
  machine::MachineConfig config;
  const mmu::Core* core = mmu::find_core("qemu");
  config.core = core->name;
  config.mmu = core->parameters;
  config.timing = core->timing;
  config.kernel = *vm::find_kernel("3.8");
  config.format = pte::find_format(pte_bits);
  return config;
}

machine::RunResult simulate(const GoldenRow& row, unsigned pte_bits) {
  const machine::Method method = machine::find_method(row.text("method")).value();
  workload::DbwinParameters p;
  p.file_pages = PageCount(row.number("F"));
  p.window_pages = PageCount(row.number("W"));
  p.element_pages = PageCount(row.number("elem"));
  p.remaps = row.number("N");
  p.seed = row.number("seed");
  p.touch = row.number("touch");
  p.remapped = method != machine::Method::None;
  workload::Dbwin workload(p);
  return machine::run(qemu_machine(pte_bits), method, workload,
                      [](std::uint64_t, std::uint64_t) { return true; });
}

// The measuring process itself takes one fault more than the loop, and in the first run of each
// file two (linux-vm.md L).
std::uint64_t loop_faults(const GoldenRow& row, bool first) {
  return row.number("minflt") - (first ? 2 : 1);
}

class GoldenDbwin : public ::testing::TestWithParam<unsigned> {
 protected:
  void expect_equal(const char* what, std::uint64_t simulated, std::uint64_t golden) {
    EXPECT_EQ(simulated, golden) << what;
    ++checks_;
  }

  void expect_near(const char* what, std::uint64_t simulated, std::uint64_t golden,
                   double tolerance) {
    const double error = static_cast<double>(simulated) / static_cast<double>(golden) - 1.0;
    EXPECT_LE(std::abs(error), tolerance) << what << ": " << simulated << " against " << golden;
    worst_ = std::max(worst_, std::abs(error));
    ++checks_;
  }

  // The costs of kernel work were fitted to the even rows of 64-bit PTEs and held against the
  // odd ones; small rows are mostly what the real kernel did beside dbwin.
  void compare_kernel_instructions(const GoldenRow& row, std::size_t index,
                                   const machine::RunResult& result) {
    const bool fitted = index % 2 == 0;
    if (GetParam() == 64 && !fitted && row.number("insn_kernel") > 1000000) {
      expect_near("kernel_instructions", result.counters.kernel_instructions,
                  row.number("insn_kernel"), 0.05);
    }
  }

  void compare(const GoldenRow& row, std::size_t index) {
    const machine::RunResult result = simulate(row, GetParam());
    const machine::RunCounters& c = result.counters;
    const std::string& error = row.text("err");
    EXPECT_EQ(result.error.value_or("0"), error);
    ++checks_;
    expect_equal("vmas", c.vmas, row.number("vmas"));
    expect_equal("faults_minor", c.faults_minor, loop_faults(row, index == 0));
    expect_equal("faults_major", c.faults_major, row.number("majflt"));
    expect_equal("flush_pid", c.flush_pid, row.number("tlbilx_T1pid"));
    expect_equal("flush_va", c.flush_va, row.number("tlbilx_T3va"));
    expect_equal("page_fault_exceptions", c.page_fault_exceptions, row.number("DataStorage"));
    expect_equal("remaps_done", c.remaps_done, row.number("done"));
    if (row.number("tlbwe") > 10000) {
      expect_near("tlb0_writes", c.tlb0_writes, row.number("tlbwe"), 0.05);
    }
    compare_kernel_instructions(row, index, result);
  }

  int checks_ = 0;
  double worst_ = 0;
};

TEST_P(GoldenDbwin, EveryRowOfARealKernelIsReproduced) {
  const std::string path =
      std::string(GOLDEN_DBWIN_DIR) + "/ppc_3.8.13_pte" + std::to_string(GetParam()) + ".csv";
  const std::vector<GoldenRow> rows = read_golden_rows(path);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(rows[i].name());
    compare(rows[i], i);
  }
  std::cout << rows.size() << " rows, " << checks_
            << " checks; TLB refills and kernel instructions at most " << 100 * worst_
            << " % off\n";
  EXPECT_GE(checks_, 43 * 8);
}

INSTANTIATE_TEST_SUITE_P(PteBits, GoldenDbwin, ::testing::Values(32U, 64U));

}  // namespace
}  // namespace tessera::golden
