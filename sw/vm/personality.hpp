#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/vm/hugetlb_rules.hpp"
#include "sw/vm/kernel_work.hpp"
#include "sw/vm/pfn_rules.hpp"
#include "sw/vm/remap_rules.hpp"
#include "sw/vm/vma_tree.hpp"

namespace tessera::vm {

/// How mmap differs.
struct MmapRules {
  /// MAP_FIXED_NOREPLACE fails with EEXIST instead of being a mere hint (4.17).
  bool knows_fixed_noreplace = false;
  /// Map type 3 is MAP_SHARED_VALIDATE, which refuses unknown flags, instead of EINVAL (4.15).
  bool knows_shared_validate = false;
  /// A mapping of a file must end at this page or before (MAX_LFS_FILESIZE), else EOVERFLOW;
  /// none: only offsets that wrap are refused (4.17; no 32-bit kernel gets as far).
  std::optional<std::uint64_t> largest_file_page{};
  /// A mapping of no length succeeds and maps nothing (until 2.6.11, mmap(2)).
  bool empty_succeeds = false;
  /// A length or offset that wraps or has no room below TASK_SIZE is EINVAL, before anything
  /// else is looked at (until 2.6.11).
  bool overflow_is_invalid = false;
};

/// How kernels fault pages in by themselves: MAP_POPULATE, mlock, remap_file_pages.
struct PopulateRules {
  /// Its faults count as minor whatever they did (5.9 and later, linux-vm.md L).
  bool always_counts_minor = false;
  /// Any VMA that is accessible at all is populated; otherwise MAP_POPULATE needs the right to
  /// read, of a private writable VMA to write (linux-vm.md L).
  bool any_accessible = false;
  /// mprotect that makes a locked private VMA writable populates it (4.2, linux-vm.md L).
  bool after_mprotect = false;
  /// MAP_POPULATE is a remap_file_pages of the new mapping, whose result nobody looks at: private
  /// mappings stay empty, and MAP_NONBLOCK only leaves out what is not in memory (until 2.6.22,
  /// linux-vm.md A1, A3).
  bool by_remapping = false;
};

/// How mprotect differs.
struct ProtectRules {
  /// One flush a call if anything changed, instead of one a VMA (linux-vm.md L).
  bool flushes_once_a_call = false;
  /// A private anonymous page that is dirty, and this VMA's alone, becomes writable at once.
  bool restores_private_writes = false;
  /// Anonymous memory that becomes read-only before it has pages is no longer charged for
  /// (6.7).
  bool read_only_drops_account = false;
  /// A VMA is flushed even if none of its pages was present (until 3.7, linux-vm.md C).
  bool flushes_untouched = false;
};

/// How mremap differs.
struct MoveRules {
  /// MREMAP_DONTUNMAP is known (5.7; for all mappings 5.13).
  bool knows_dontunmap = false;
  /// MREMAP_DONTUNMAP wants equal lengths in bytes, not only in pages (until 6.16).
  bool dontunmap_compares_bytes = false;
  /// A range may span several VMAs if it is moved whole to a fixed place (6.17).
  bool may_span_vmas = false;
  /// Arguments and source are checked in full before anything is unmapped (6.17, linux-vm.md L).
  bool checks_arguments_first = false;
  /// The move flushes once if the old range has page tables at all, even empty ones; otherwise
  /// only if an entry moved, and one page alone is flushed by its address (linux-vm.md L).
  bool flushes_empty_tables = false;
  /// Every entry that moves is flushed by its address, present or not (until 2.6.22, linux-vm.md
  /// C).
  bool flushes_each_entry = false;
  /// The move needs room for its splits before anything is unmapped (4.20 mremap_to).
  bool checks_map_count_first = false;
  /// An address without a VMA is EFAULT even if there is nothing to do (5.16).
  bool looks_up_first = false;
  /// A source of length 0 does not even overlap its own place (4.3).
  bool empty_source_overlaps_nothing = false;
  /// old_length 0 duplicates shared mappings only, others are EINVAL (4.14).
  bool duplicates_only_shared = false;
  /// Growing in place merges with the VMA behind.
  bool growing_merges = false;
  /// Asking for old_length 0 takes VM_ACCOUNT off the source (linux-vm.md L).
  bool duplicating_drops_account = false;
};

/// How unmapping flushes.
struct ZapRules {
  /// A page-table page with a dirty shared file PTE is flushed by itself, before the gather's
  /// own flush of everything else (linux-vm.md L).
  bool dirty_file_pages_flush_early = false;
};

/// How pages come into the page cache and into the page table.
struct FileFaultRules {
  /// Pages a read fault maps around itself, a power of two; 1: only itself (linux-vm.md D6, L).
  PageCount fault_around{1};
  /// A page table is only added once there is a page to put into it (4.8).
  bool table_waits_for_page = false;
  /// The last page of a file comes along with another one only if there is a page table already,
  /// or a page before it comes too; but for shmem (6.18).
  bool last_page_needs_table_to_come_along = false;
  /// After a major read fault, fault-around runs again (linux-vm.md L).
  bool fault_around_after_major = false;
  /// Code is read from the missing page on, to the end of its VMA at most, not around (6.16).
  bool code_is_read_forwards = false;
  /// The first fault on the readahead mark counts as major (linux-vm.md L).
  bool readahead_mark_is_major = false;
  /// Nobody waits for the first write to a page of a file: what is writable is mapped so, and
  /// write-back leaves mappings as they are (until 2.6.18, linux-vm.md A0).
  bool ignores_first_write = false;
  /// Dirty pages of a file above which a first write makes the others be written back
  /// (balance_dirty_pages, linux-vm.md B2); 0: write-back is somebody else's affair.
  PageCount dirty_threshold{0};
};

/// How msync differs.
struct SyncRules {
  /// MS_SYNC writes back only the range, not the whole file (3.16).
  bool only_the_range = false;
  /// Any msync takes the dirty mark off the pages of its range, each with a page flush, and
  /// flushes the VMA's PID (until 2.6.16, linux-vm.md C, mm/msync.c).
  bool walks_page_table = false;
};

/// How fork differs.
struct ForkRules {
  /// Entries that faults could bring back are copied too (until 2.6.13).
  bool copies_all_entries = false;
  /// The child's private memory has its parent's anon_vma instead of one of its own (until
  /// 2.6.33).
  bool shares_anon_identity = false;
};

/// What differs between kernels, as answers: code asks "does this kernel ...?", never which
/// kernel it is. Limits of file PTEs belong to the PTE format.
struct Personality {
  std::string_view name;  ///< as in find_kernel()

  /// Width of the kernel's unsigned long: lengths and page offsets wrap there.
  unsigned word_bits = 32;
  EffectiveAddress task_size;      ///< first address no process may map
  EffectiveAddress unmapped_base;  ///< mmap without MAP_FIXED searches upwards from here
  EffectiveAddress kernel_base;    ///< EA of RA 0: PGD entries hold RA + this
  /// vm.max_map_count. mmap refuses when map_count is above it, cutting a hole into a VMA when
  /// it is reached (linux-vm.md L).
  std::uint32_t max_map_count = 0;
  std::uint32_t vma_bytes = 0;  ///< sizeof(struct vm_area_struct)
  VmaTreeRules vma_tree{};      ///< how its tree of VMAs is paid for
  unsigned process_vmas = 8;    ///< of a small static program, beside what it maps (linux-vm.md L)

  MmapRules mmap;             ///< how mmap differs
  MergeRules merge;           ///< of existing VMAs: mprotect, mlock, madvise, mremap
  MergeRules mmap_merge;      ///< of new mappings
  RemapRules remap;           ///< what remap_file_pages does
  PopulateRules populate;     ///< how it faults pages in by itself
  ProtectRules protect;       ///< how mprotect differs
  MoveRules move;             ///< how mremap differs
  ZapRules zap;               ///< how unmapping flushes
  FileFaultRules file_fault;  ///< how pages of files come in
  SyncRules sync;             ///< how msync differs
  ForkRules fork{};           ///< how fork differs
  PfnRules pfn{};             ///< how mappings without struct pages differ
  HugetlbRules hugetlb{};     ///< how huge pages differ
  /// madvise knows MADV_REMOVE (2.6.16).
  bool knows_madvise_remove = true;

  KernelCosts costs;  ///< instructions an item of work takes; 0 where nobody measured
  /// Where the costs come from: "measured", "estimated from 3.8"; empty if there are none.
  std::string_view cost_source{};

  /// Whether its time is known, if only by estimate: without costs it takes none.
  bool has_costs() const { return !cost_source.empty(); }

  /// A value as the kernel's unsigned long holds it.
  std::uint64_t word(std::uint64_t value) const {
    return word_bits == 64 ? value : value & 0xffff'ffffU;
  }
};

/// Whether the kernel can work with these page table entries: one that writes file PTEs needs a
/// form for them (linux-vm.md F1).
inline bool can_use(const Personality& kernel, const pte::Format& format) {
  const bool writes_file_ptes = !kernel.remap.is_emulated && !kernel.remap.forgets_offsets;
  return !writes_file_ptes || format.file.bits != 0;
}

/// The kernel of that name ("3.8"); null if there is none.
const Personality* find_kernel(std::string_view name);

/// The names find_kernel knows, oldest kernel first.
std::vector<std::string_view> kernel_names();

}  // namespace tessera::vm
