#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tb/storm/formula_window.hpp"

/// linux-vm.md J: what one remap call of u pages costs if R of them were present before, on shmem
/// with all pages valid, for each kernel and both cores. Kernels whose remap_file_pages neither
/// prefaults nor is a mmap have formulas of their own.
namespace tessera::storm {

namespace {

std::vector<Subject> subjects_of_formulas() {
  std::vector<Subject> subjects;
  for (const std::string_view name : vm::kernel_names()) {
    const vm::RemapRules& rules = vm::find_kernel(name)->remap;
    if (!rules.is_emulated && !rules.prefaults) continue;
    add_machines(subjects, name);
  }
  return subjects;
}

class RemapFormulas : public FormulaWindow {};

}  // namespace

TEST_P(RemapFormulas, OfRemapFilePages) {
  for (const std::uint32_t pages : {1U, 2U, 8U}) {
    for (const std::uint32_t present : {0U, 1U, pages}) {
      for (const unsigned flags : {0U, vm::kMapNonblock}) {
        SCOPED_TRACE(std::to_string(pages) + " pages, " + std::to_string(present) + " present");
        start();
        touch(present);
        const Moved call = during([&] { EXPECT_EQ(remap(pages, flags), vm::Errno::Ok); });
        const std::uint64_t prefaulted = flags == 0 ? pages : 0;
        EXPECT_EQ(call.page_flushes, is_emulated() ? 0 : present);
        EXPECT_EQ(call.pid_flushes, is_emulated() && present > 0 ? 1 : 0);
        EXPECT_EQ(call.faults, prefaulted);
        EXPECT_EQ(call.exceptions, 0U);
        EXPECT_EQ(vmas_in_window(), is_emulated() ? 3 : 1);
        const Moved reads = during([&] { touch(pages); });
        EXPECT_EQ(reads.faults, pages - prefaulted);
        EXPECT_EQ(reads.exceptions, pages - prefaulted);
      }
    }
  }
}

TEST_P(RemapFormulas, OfMmapMapFixed) {
  for (const std::uint32_t pages : {1U, 2U, 8U}) {
    for (const std::uint32_t present : {0U, 1U, pages}) {
      SCOPED_TRACE(std::to_string(pages) + " pages, " + std::to_string(present) + " present");
      start();
      touch(present);
      const Moved call = during([&] { EXPECT_EQ(map(kFirst, pages, kOffset), vm::Errno::Ok); });
      EXPECT_EQ(call.page_flushes, 0U);
      EXPECT_EQ(call.pid_flushes, present > 0 ? 1U : 0U);
      EXPECT_EQ(call.faults, 0U);
      EXPECT_EQ(vmas_in_window(), 3U);
      EXPECT_EQ(during([&] { touch(pages); }).faults, pages);
    }
  }
}

// VMAs after any sequence of remaps are the runs of pages whose offsets rise one by one.
TEST_P(RemapFormulas, OfVmas) {
  start();
  for (std::uint32_t page = 0; page < kWindowPages; page += 2) {
    const auto error = stage_->running().remap_file_pages(
        address(page), bytes_of(PageCount(2)).value(), 0, kWindowPages - 2 - page, 0);
    EXPECT_EQ(error, vm::Errno::Ok);
  }
  EXPECT_EQ(vmas_in_window(), is_emulated() ? kWindowPages / 2 : 1);
}

// Fault-around maps 16 pages from the VMA's start, or from the start of the aligned block behind it
// (linux-vm.md D6, L); a nonlinear VMA takes a fault for each page.
TEST_P(RemapFormulas, OfFaultAround) {
  for (const auto& [pages, faults] : {std::pair(16U, 1U), std::pair(20U, 2U)}) {
    start(16);
    ASSERT_EQ(map(kFirst, pages, kOffset), vm::Errno::Ok);
    EXPECT_EQ(during([count = pages, this] { touch(count); }).faults, faults);
    start(16);
    ASSERT_EQ(remap(pages, vm::kMapNonblock), vm::Errno::Ok);
    EXPECT_EQ(during([count = pages, this] { touch(count); }).faults,
              is_emulated() ? faults : pages);
  }
}

// A page that was read first, or prefaulted, takes a DSI and a page flush at its first write.
TEST_P(RemapFormulas, OfTheFirstWrite) {
  start();
  ASSERT_EQ(remap(8, 0), vm::Errno::Ok);
  touch(8);
  const Moved writes = during([&] { touch(8, true); });
  EXPECT_EQ(writes.exceptions, 8U);
  EXPECT_EQ(writes.page_flushes, 8U);
  EXPECT_EQ(writes.pid_flushes, 0U);
  const Moved again = during([&] { touch(8, true); });
  EXPECT_EQ(again.exceptions, 0U);
  EXPECT_EQ(again.page_flushes, 0U);
}

// Nonlinear: at most the R translations replaced. With VMAs: all of the process, on both cores.
TEST_P(RemapFormulas, OfTlbEntriesLost) {
  constexpr std::uint32_t kPages = 4;
  start();
  for (std::uint32_t page = 0; page < kWindowPages; ++page) stage_->touch(address(page), false);
  const std::uint64_t before = user_entries();
  ASSERT_GE(before, kWindowPages);
  ASSERT_EQ(remap(kPages, vm::kMapNonblock), vm::Errno::Ok);
  EXPECT_EQ(user_entries(), is_emulated() ? 0 : before - kPages);
}

INSTANTIATE_TEST_SUITE_P(EveryKernelAndCore, RemapFormulas,
                         ::testing::ValuesIn(subjects_of_formulas()), text_of);

}  // namespace tessera::storm
