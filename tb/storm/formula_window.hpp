#pragma once

#include <algorithm>
#include <memory>

#include "tb/storm/mmu_stage.hpp"
#include "tb/storm/subject.hpp"

namespace tessera::storm {

/// Where a block of 16 pages and a page table begin.
inline constexpr EffectiveAddress kWindow{0x2000'0000};
inline constexpr std::uint32_t kWindowPages = 32;
inline constexpr std::uint32_t kFirst = 8;  // of the pages remapped
inline constexpr std::uint32_t kOffset = 40;

/// What moved during a call, or a number of touches.
struct Moved {
  std::uint64_t page_flushes = 0;
  std::uint64_t pid_flushes = 0;
  std::uint64_t faults = 0;      ///< accounted
  std::uint64_t exceptions = 0;  ///< page-fault exceptions
};

/// A window of a file on one machine, for the formulas of linux-vm.md J.
class FormulaWindow : public ::testing::TestWithParam<Subject> {
 protected:
  /// A window that was never touched but for its last page, which keeps the page table.
  void start(std::uint64_t fault_around = 1) {
    kernel_ = *vm::find_kernel(GetParam().kernel);
    kernel_.file_fault.fault_around = PageCount(fault_around);
    stage_ = std::make_unique<MmuStage>(*mmu::find_core(GetParam().core), kernel_,
                                        *pte::find_format(64U), GetParam().walker);
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

  /// remap_file_pages with the rights of the mapping, where the kernel takes any.
  vm::Errno remap(std::uint64_t pages, unsigned flags) {
    const unsigned rights = kernel_.remap.takes_protection ? vm::kProtReadWrite : vm::kProtNone;
    return stage_->running().remap_file_pages(address(kFirst), bytes_of(PageCount(pages)).value(),
                                              rights, kOffset, flags);
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
    return static_cast<std::uint64_t>(std::count_if(
        entries.begin(), entries.end(),
        [](const mmu::TlbEntry& entry) { return entry.tid() != Pid(0) && !entry.indirect; }));
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

}  // namespace tessera::storm
