#include <algorithm>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tb/storm/mmu_stage.hpp"

/// linux-vm.md J: what one remap call of u pages costs if R of them were present before, on shmem
/// with all pages valid, for each kernel and both cores. Kernels whose remap_file_pages neither
/// prefaults nor is a mmap have formulas of their own.
namespace tessera::storm {

namespace {

constexpr EffectiveAddress kWindow{
    0x2000'0000};  // where a block of 16 pages and a page table begin
constexpr std::uint32_t kWindowPages = 32;
constexpr std::uint32_t kFirst = 8;  // of the pages remapped
constexpr std::uint32_t kOffset = 40;

struct Subject {
  std::string_view kernel;
  const char* core;
};

std::vector<Subject> subjects_of_formulas() {
  std::vector<Subject> subjects;
  for (const std::string_view name : vm::kernel_names()) {
    const vm::RemapRules& rules = vm::find_kernel(name)->remap;
    if (!rules.is_emulated && !rules.prefaults) continue;
    for (const char* core : {"e500mc", "e500v2"}) subjects.push_back({name, core});
  }
  return subjects;
}

std::string name_of(const ::testing::TestParamInfo<Subject>& subject) {
  std::string text = std::string(subject.param.kernel) + "_" + subject.param.core;
  std::replace(text.begin(), text.end(), '.', '_');
  return text;
}

/// What moved during a call, or a number of touches.
struct Moved {
  std::uint64_t page_flushes = 0;
  std::uint64_t pid_flushes = 0;
  std::uint64_t faults = 0;      ///< accounted
  std::uint64_t exceptions = 0;  ///< page-fault exceptions
};

class RemapFormulas : public ::testing::TestWithParam<Subject> {
 protected:
  /// A window that was never touched but for its last page, which keeps the page table.
  void start(std::uint64_t fault_around = 1) {
    kernel_ = *vm::find_kernel(GetParam().kernel);
    kernel_.file_fault.fault_around = PageCount(fault_around);
    stage_ = std::make_unique<MmuStage>(*mmu::find_core(GetParam().core), kernel_,
                                        *pte::find_format(64U));
    ASSERT_EQ(map(0, kWindowPages, 0), vm::Errno::Ok);
    stage_->touch(address(kWindowPages - 1), false);
  }

  static EffectiveAddress address(std::uint32_t page) {
    return kWindow + bytes_of(PageCount(page));
  }

  vm::Errno map(std::uint32_t page, std::uint64_t pages, std::uint64_t offset) {
    vm::MmapRequest request;
    request.address = address(page);
    request.length_bytes = bytes_of(PageCount(pages)).value();
    request.protection = vm::kProtReadWrite;
    request.flags = vm::kMapShared | vm::kMapFixed;
    request.file = &stage_->file(0);
    request.page_offset = offset;
    return stage_->running().mmap(request).error;
  }

  vm::Errno remap(std::uint64_t pages, unsigned flags) {
    return stage_->running().remap_file_pages(address(kFirst), bytes_of(PageCount(pages)).value(),
                                              0, kOffset, flags);
  }

  /// Touches the first `count` of the pages that are remapped.
  void touch(std::uint32_t count, bool write = false) {
    for (std::uint32_t page = kFirst; page < kFirst + count; ++page) {
      EXPECT_TRUE(stage_->touch(address(page), write));
    }
  }

  template <class Action>
  Moved during(const Action& action) {
    const Moved before = now();
    action();
    const Moved after = now();
    return {after.page_flushes - before.page_flushes, after.pid_flushes - before.pid_flushes,
            after.faults - before.faults, after.exceptions - before.exceptions};
  }

  std::uint64_t vmas_in_window() {
    std::uint64_t count = 0;
    for (const auto& [start, vma] : stage_->running().vmas()) {
      if (page_of(kWindow) <= start) ++count;
    }
    return count;
  }

  std::uint64_t user_entries() const {
    const auto entries = stage_->engine().valid_entries();
    return static_cast<std::uint64_t>(
        std::count_if(entries.begin(), entries.end(),
                      [](const mmu::TlbEntry& entry) { return entry.tid() != Pid(0); }));
  }

  bool is_emulated() const { return kernel_.remap.is_emulated; }

  vm::Personality kernel_;
  std::unique_ptr<MmuStage> stage_;

 private:
  Moved now() {
    const vm::VmCounters& counters = stage_->running().counters();
    return {counters.flushes_of(vm::FlushKind::Page), counters.flushes_of(vm::FlushKind::Pid),
            counters.faults_minor + counters.faults_major, counters.exceptions};
  }
};

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
                         ::testing::ValuesIn(subjects_of_formulas()), name_of);

}  // namespace tessera::storm
