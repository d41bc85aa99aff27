#include <string>

#include <gtest/gtest.h>

#include "tb/storm/formula_window.hpp"

/// The formulas of linux-vm.md J for kernels whose remap_file_pages maps the pages itself.
namespace tessera::storm {

namespace {

std::vector<Subject> populating_subjects() {
  std::vector<Subject> subjects;
  for (const std::string_view name : vm::kernel_names()) {
    if (!vm::find_kernel(name)->remap.populates_at_once) continue;
    add_machines(subjects, name);
  }
  return subjects;
}

class PopulateFormulas : public FormulaWindow {};

}  // namespace

// The first of them flushes every page, the others those that were there.
TEST_P(PopulateFormulas, OfRemapFilePages) {
  for (const std::uint32_t pages : {1U, 2U, 8U}) {
    for (const std::uint32_t present : {0U, 1U, pages}) {
      SCOPED_TRACE(std::to_string(pages) + " pages, " + std::to_string(present) + " present");
      start();
      touch(present);
      const Moved call = during([&] { EXPECT_EQ(remap(pages, 0), vm::Errno::Ok); });
      EXPECT_EQ(call.page_flushes, kernel_.remap.flushes_empty_slots ? pages : present);
      EXPECT_EQ(call.pid_flushes, 0U);
      EXPECT_EQ(call.faults, 0U);
      EXPECT_EQ(call.exceptions, 0U);
      EXPECT_EQ(vmas_in_window(), 1U);
      const Moved reads = during([&] { touch(pages); });
      EXPECT_EQ(reads.faults, 0U);
      EXPECT_EQ(reads.exceptions, 0U);
    }
  }
}

TEST_P(PopulateFormulas, OfPagesThatAreNotInMemory) {
  constexpr std::uint32_t kPages = 8;
  start();
  const PageOffset first(kOffset);
  ASSERT_EQ(stage_->file(0).punch_hole(first, first + PageCount(kPages)), vm::Errno::Ok);
  const Moved call = during([&] { EXPECT_EQ(remap(kPages, vm::kMapNonblock), vm::Errno::Ok); });
  EXPECT_EQ(call.page_flushes, 0U);
  EXPECT_EQ(call.faults, 0U);
  EXPECT_EQ(during([&] { touch(kPages); }).faults, kPages);
}

TEST_P(PopulateFormulas, OfTlbEntriesLost) {
  constexpr std::uint32_t kPages = 4;
  start();
  for (std::uint32_t page = 0; page < kWindowPages; ++page) stage_->touch(address(page), false);
  const std::uint64_t before = user_entries();
  ASSERT_GE(before, kWindowPages);
  ASSERT_EQ(remap(kPages, 0), vm::Errno::Ok);
  EXPECT_EQ(user_entries(), before - kPages);
}

INSTANTIATE_TEST_SUITE_P(EveryKernelAndCore, PopulateFormulas,
                         ::testing::ValuesIn(populating_subjects()), text_of);

}  // namespace tessera::storm
