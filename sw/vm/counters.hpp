#pragma once

#include <array>
#include <cstdint>

#include "sw/vm/hardware.hpp"
#include "sw/vm/kernel_work.hpp"

namespace tessera::vm {

/// Whether one page or a whole PID was flushed.
enum class FlushKind : std::uint8_t { Page, Pid };
inline constexpr std::size_t kFlushKinds = 2;  ///< how many kinds there are

/// Everything one address space counts. Identities: faults_minor + faults_major =
/// faults_by_exception + faults_by_prefault; vma_bytes = vmas * sizeof(vm_area_struct).
struct VmCounters {
  /// An accounted fault (ru_minflt) that needed no device: exception or prefault, successful.
  std::uint64_t faults_minor = 0;
  /// An accounted fault (ru_majflt) that waited for a device; of shmem only for swap.
  std::uint64_t faults_major = 0;
  /// A page-fault exception ended with Resolved.
  std::uint64_t faults_by_exception = 0;
  /// A prefault inside a system call faulted one page in (linux-vm.md B3).
  std::uint64_t faults_by_prefault = 0;
  /// handle_fault was entered, whatever its end.
  std::uint64_t exceptions = 0;
  /// A page-fault exception ended with MapError or AccessError / with BusError / OutOfMemory.
  std::uint64_t segmentation_faults = 0;
  std::uint64_t bus_errors = 0;     ///< a page-fault exception ended with BusError
  std::uint64_t out_of_memory = 0;  ///< a page-fault exception ended with OutOfMemory

  /// [cause][kind]: the VM layer asked the hardware for that flush.
  std::array<std::array<std::uint64_t, kFlushKinds>, kFlushCauses> flushes{};

  /// A page-table page was freed and a walker had to forget it.
  std::uint64_t table_flushes = 0;

  /// Now: page-table pages, the PGD's pages not included.
  std::uint64_t page_table_pages = 0;
  /// Now: VMAs of the address space (mm->map_count).
  std::uint64_t vmas = 0;
  /// The largest value `vmas` had after any step, within system calls too.
  std::uint64_t vmas_peak = 0;
  /// Now: vmas * sizeof(struct vm_area_struct).
  std::uint64_t vma_bytes = 0;
  /// Now: present pages of files, present private pages (the zero page is neither), and private
  /// pages that are on the swap device (Linux MM_FILEPAGES, MM_ANONPAGES, MM_SWAPENTS).
  std::uint64_t rss_file = 0;
  std::uint64_t rss_anonymous = 0;  ///< now: present private pages (MM_ANONPAGES)
  std::uint64_t swapped = 0;        ///< now: private pages on the swap device (MM_SWAPENTS)
  /// Now: huge pages mapped, which are in no rss (hugetlb_fault counts none).
  std::uint64_t huge_pages = 0;
  /// A fault on a huge page was resolved and ended in Hardware::preload_huge.
  std::uint64_t huge_preloads = 0;
  /// mmap, munmap or remap_file_pages was called, whatever it returned.
  std::uint64_t mapping_calls = 0;
  /// The subset of mapping_calls that did not return 0.
  std::uint64_t mapping_calls_failed = 0;

  /// Times each item of kernel work was done, indexed by KernelWork.
  std::array<std::uint64_t, kKernelWorks> work{};
  /// Instructions asked of the hardware: sum of work[i] * costs[i].
  std::uint64_t instructions = 0;

  /// Flushes of one cause and kind.
  std::uint64_t flushes_of(FlushCause cause, FlushKind kind) const {
    return flushes[static_cast<std::size_t>(cause)][static_cast<std::size_t>(kind)];
  }
  /// Sum over all causes.
  std::uint64_t flushes_of(FlushKind kind) const;
  /// Times an item of work was done.
  std::uint64_t work_of(KernelWork item) const { return work[static_cast<std::size_t>(item)]; }
};

/// "remap" and so on: the names in reports.
const char* name(FlushCause cause);
/// "page" or "pid".
const char* name(FlushKind kind);

}  // namespace tessera::vm
