#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/pte/entry.hpp"
#include "sw/vm/counters.hpp"
#include "sw/vm/file.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/page_table.hpp"
#include "sw/vm/personality.hpp"
#include "sw/vm/swap_area.hpp"
#include "sw/vm/system_calls.hpp"
#include "sw/vm/vma_tree.hpp"
#include "sw/vm/work_meter.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// What /proc/PID/smaps says of one VMA, in pages.
struct Residency {
  std::uint64_t rss = 0;   ///< present pages; the zero page is none
  std::uint64_t anon = 0;  ///< of them, private ones (Anonymous)
};

/// One process as the kernel's memory management sees it (Linux mm_struct): VMAs, page table,
/// system calls and page faults. It runs as root: no limit on locked memory.
class AddressSpace {
 public:
  /// All references outlive the address space. `pid` is what the flushes carry (the MMU's PID)
  /// and tells the address spaces that map a file apart. Throws std::bad_alloc if lowmem has no
  /// room for the PGD.
  AddressSpace(const Personality& kernel, const pte::Format& format, FrameAllocator& frames,
               Hardware& hardware, Pid pid);
  AddressSpace(const AddressSpace&) = delete;
  AddressSpace& operator=(const AddressSpace&) = delete;
  /// Gives all memory back, without flushing and without taking time: not Linux's exit.
  ~AddressSpace();

  /// mmap(2). Errors in the order of linux-vm.md D1 "3.6 order": EINVAL (offset not whole
  /// pages), EBADF, EINVAL (length 0), ENOMEM (length wraps), EOVERFLOW, ENOMEM (map_count, no
  /// room), EINVAL (unaligned fixed), EEXIST, EOPNOTSUPP, EACCES, EINVAL (map type), ENOMEM
  /// (unmapping failed). With kMapHugetlb also EINVAL after EBADF (no huge pages, or none of that
  /// size; a file), and ENOMEM in the end (the pool has not enough).
  MmapResult mmap(const MmapRequest& request);

  /// munmap(2): EINVAL, or ENOMEM if a VMA must be split at max_map_count (linux-vm.md D2).
  Errno munmap(EffectiveAddress start, std::uint64_t length_bytes);

  /// mprotect(2): EINVAL (unaligned, unknown protection bits), ENOMEM (wraps, a hole, a split at
  /// max_map_count), EACCES (write permission on a shared mapping of a read-only descriptor).
  /// VMAs before the one that failed stay changed.
  Errno mprotect(EffectiveAddress start, std::uint64_t length_bytes, unsigned protection);

  /// mremap(2): EINVAL (flags, alignment, length 0, overlap), EFAULT (no VMA there, or more than
  /// one), ENOMEM (no room, map_count). On EFAULT and ENOMEM the target may be unmapped already.
  MmapResult mremap(const MremapRequest& request);

  /// remap_file_pages(2): `size` in bytes, `pgoff` in pages, `prot` must be 0 but for kernels that
  /// take it for the rights of the pages (linux-vm.md A1), of `flags` only kMapNonblock counts.
  /// EINVAL for anything wrong, ENOMEM if no PTE page can be had (A4) or, emulated, whatever mmap
  /// says (A7); EFAULT behind the end of a shmem file where the pages are mapped at once (A1).
  Errno remap_file_pages(EffectiveAddress start, std::uint64_t size, unsigned prot,
                         std::uint64_t pgoff, unsigned flags);

  /// madvise(2): EINVAL (unaligned, wraps, advice the VMA cannot take), ENOMEM (a hole: the rest
  /// is done all the same), EACCES (Remove without the right to write), EOPNOTSUPP (Remove on a
  /// file system that punches no holes).
  Errno madvise(EffectiveAddress start, std::uint64_t length_bytes, Advice advice);

  /// mlock(2): EINVAL (wraps), ENOMEM (a hole, or a page cannot be faulted in; the
  /// VMAs are locked then, all the same), EAGAIN (out of memory).
  Errno mlock(EffectiveAddress start, std::uint64_t length_bytes);
  /// munlock(2): EINVAL (wraps), ENOMEM (a hole, a split at max_map_count); what comes
  /// before stays changed.
  Errno munlock(EffectiveAddress start, std::uint64_t length_bytes);

  /// mlockall(2) with kMcl* bits: EINVAL (no bit, or an unknown one).
  Errno mlockall(unsigned flags);
  /// munlockall(2): never fails.
  Errno munlockall();

  /// msync(2) with kMs* bits: EINVAL (flags, unaligned), ENOMEM (wraps, a hole), EBUSY
  /// (kMsInvalidate on locked memory).
  Errno msync(EffectiveAddress start, std::uint64_t length_bytes, unsigned flags);

  /// mincore(2): EINVAL (unaligned), ENOMEM (beyond TASK_SIZE, a hole).
  MincoreResult mincore(EffectiveAddress start, std::uint64_t length_bytes);

  /// What a driver's mmap calls to map frames from `first` on into [start, start + length) of one
  /// of the process's VMAs: they are not looked after, whatever they hold (linux-vm.md E). EINVAL
  /// if the range is not in one VMA, or is not all of a private one that may be written;
  /// ENOMEM if no PTE page can be had.
  Errno remap_pfn_range(EffectiveAddress start, FrameNumber first, std::uint64_t length_bytes);

  /// Marks the VMA at `address` as one whose frames may have pages or not (VM_MIXEDMAP). EFAULT
  /// if there is none, EINVAL if it is one of remap_pfn_range.
  Errno allow_mixed_map(EffectiveAddress address);

  /// vm_insert_pfn, vm_insert_mixed: one frame more in such a VMA, as a normal page if the VMA is
  /// mixed and the frame is memory. EFAULT outside all VMAs, EINVAL in any other VMA or in a
  /// private one of remap_pfn_range, EBUSY if something is mapped there, ENOMEM (linux-vm.md E).
  Errno insert_pfn(EffectiveAddress address, FrameNumber frame);

  /// fork(2): the child, which shares private pages until one of the two writes; null if there
  /// is not enough memory. The parent's translations are flushed.
  std::unique_ptr<AddressSpace> fork(Pid child_pid);

  /// exit(2), as far as memory goes: everything is unmapped, with at most one flush.
  void exit();

  /// From now on private pages can be swapped out; `swap` outlives the address space and its
  /// children.
  void use_swap(SwapArea& swap) { swap_ = &swap; }

  /// Takes the private page at `address` out of this process, as Linux's reclaim does for one
  /// page: a page that was used since the last call only loses its accessed bit. It leaves memory
  /// with the last relative that maps it, and is in the swap cache until then. Whether anything
  /// went; false if the page is locked, not there, or the device is full or missing.
  bool swap_out(EffectiveAddress address);

  /// A page-fault exception (DSI or ISI) of user code at `address`.
  FaultOutcome handle_fault(EffectiveAddress address, FaultAccess access);

  /// The file of `mapping`, which is one of this address space, is losing pages [first, end):
  /// none of them stays mapped, private copies included (Linux unmap_mapping_range). A nonlinear
  /// VMA is searched whole, and its file PTEs survive.
  void unmap_file_pages(const FileMapping& mapping, PageOffset first, PageOffset end);

  /// Pages [first, end) of the file of `mapping` were written back: their entries become clean
  /// and read-only, each with a page flush (Linux page_mkclean).
  void clean_file_pages(const FileMapping& mapping, PageOffset first, PageOffset end);

  /// The file is about to be destroyed: its VMAs are gone, without flushing and without taking
  /// time. Not an event of Linux, where a mapping keeps its file.
  void forget(const File& file);

  /// For File::reclaim (Linux page_referenced): whether the mapping used the page since the last
  /// call, or is locked.
  bool age_file_page(const FileMapping& mapping, PageOffset offset);
  /// Takes the page out of the mapping, with a flush, unless the VMA is locked (Linux
  /// try_to_unmap); whether it is out.
  bool unmap_file_page(const FileMapping& mapping, PageOffset offset);

  /// For File::reclaim of nonlinear mappings: unmaps clusters of 32 pages from the VMA's cursor
  /// up to `limit`, or until `budget` pages are unmapped; how many were.
  std::uint64_t unmap_up_to(const FileMapping& mapping, PageCount limit, std::uint64_t budget);
  /// Where the next search of a nonlinear VMA begins, in pages from its start.
  PageCount reclaim_cursor(const FileMapping& mapping) const;
  /// Puts that back to the start.
  void reset_reclaim_cursor(const FileMapping& mapping);

  /// For File: adds up in `counts`, by frame number, how many entries map each frame, wherever
  /// they are. Takes no time.
  void count_mapped(std::unordered_map<std::uint64_t, unsigned>& counts) const;
  /// How often one VMA maps a frame. Takes no time.
  std::uint64_t count_mapped(const FileMapping& mapping, FrameNumber frame) const;

  /// Where the TLB-miss handler starts its walk.
  RealAddress pgd() const { return table_.pgd(); }
  /// The MMU's PID that its flushes carry.
  Pid pid() const { return pid_; }

  /// Whether the process has a PID of the MMU; without one there is nothing to flush. It has one
  /// unless a ContextTable says otherwise, which is the only one to call the other three.
  bool has_context() const { return has_context_; }
  /// A ContextTable gave it this PID.
  void gain_context(Pid pid);
  /// Its PID is gone, and nothing is to be flushed.
  void lose_context() { has_context_ = false; }
  /// The PID goes to another process: its translations are flushed first.
  void yield_context();

  /// Tells the address spaces that map a file apart.
  std::uint32_t number() const { return number_; }
  /// What its page table entries are.
  const pte::Format& format() const { return format_; }
  /// How its kernel behaves.
  const Personality& kernel() const { return kernel_; }
  /// What it has counted since it began.
  const VmCounters& counters() const { return meter_.counters(); }

  /// The VMAs, for iteration in address order.
  const VmaTree& vmas() const { return vmas_; }

  /// The raw entry of an address, 0 if there is no PTE page. Takes no time.
  pte::Raw lookup(EffectiveAddress address) const { return table_.peek(page_of(address)); }

  /// The size of the page that the entry of an address is for: 4 KB, or 4 MB where the PGD leads to
  /// a huge page. Takes no time.
  Bytes page_size(EffectiveAddress address) const { return table_.page_size(page_of(address)); }

  /// The frame of the PTE page for an address, if there is one. Takes no time.
  std::optional<FrameNumber> lookup_table(EffectiveAddress address) const {
    return table_.peek_table(page_of(address));
  }

  /// Present entries now, counted by walking. Takes no time.
  std::uint64_t count_present() const;

  /// The present pages of a VMA, counted by walking. Takes no time.
  Residency residency(const Vma& vma) const;

  /// Checks the whole state against itself; one text for each thing wrong, empty if sound.
  /// Takes no time.
  std::vector<std::string> audit() const;

  /// What changes during a run (decision 13), page table apart, which is in memory. Between system
  /// calls and faults only. Throws std::logic_error for what has no archive: swap, shared anonymous
  /// memory.
  void state(Archive& archive, const KnownFiles& known);

 private:
  friend class Audit;

  /// Pages [start, end), which need not be mapped.
  struct Range {
    VirtualPage start;
    VirtualPage end;
  };

  /// What an unmapping took away.
  struct Zapped {
    std::uint64_t present = 0;  // entries cleared
    bool needs_flush = false;   // of them, any not flushed yet
    bool flushed = false;       // a flush on the way took care of all before
  };

  /// How the kernel faults pages in by itself (Linux FOLL_*).
  struct PrefaultRights {
    bool write = false;  // as a write access
    bool force = false;  // the right to change rights is enough
  };

  /// What came of it: pages that are there now, and why the next one is not.
  struct Prefaulted {
    std::uint64_t pages = 0;
    Errno error = Errno::Ok;
  };

  /// How a file maps its pages into a range by itself (vm_ops->populate).
  struct PopulateRights {
    pte::Protection protection;
    bool nonblock = false;  // only what is in memory
  };

  // mmap.cpp
  Errno check_length(std::uint64_t length, std::uint64_t pgoff) const;
  MmapResult map_and_populate(const MmapRequest& request);
  MmapResult do_mmap(const MmapRequest& request, Vma& vma);
  Vma describe(const MmapRequest& request, VirtualPage start, PageCount pages) const;
  Errno clear_place(Range range);
  Errno map_region(Vma vma);
  void attach_shared_anonymous(Vma& vma);

  // placement.cpp
  MmapResult find_place(const MmapRequest& request, std::uint64_t length) const;
  MmapResult find_fixed_place(EffectiveAddress address, std::uint64_t length, bool noreplace) const;
  bool is_free(std::uint64_t start, std::uint64_t length) const;
  MmapResult first_fit(std::uint64_t length) const;

  // munmap.cpp
  Errno do_munmap(std::uint64_t start, std::uint64_t length);
  Errno split_edges(Range range);
  void unmap_region(Range range);
  void note_unmapped(File* file);
  void forget_unmapped_files();

  // zap.cpp
  template <class ZapOne>
  Zapped zap_spans(Range range, FlushCause cause, const ZapOne& zap_one);
  Zapped zap(Range range, const Vma& vma, FlushCause cause);
  bool zap_entry(VirtualPage page, RealAddress slot, const Vma& vma, bool& dirty_file_page);
  Zapped zap_file_entries(Range range, const Vma& vma, PageOffset first, PageOffset end,
                          FlushCause cause);
  bool zap_file_entry(VirtualPage page, RealAddress slot, const Vma& vma, PageOffset first,
                      PageOffset end, bool& dirty_file_page);
  void flush_early(Zapped& zapped, FlushCause cause);
  void drop_page(FrameNumber frame);

  // rss.cpp
  void enter_rss(FrameNumber frame);
  void leave_rss(FrameNumber frame);
  std::uint64_t* rss_counter(FrameNumber frame);

  // change.cpp
  Errno change_kind(Range range, VmaTree::iterator& vma, const VmaKind& kind);
  Errno split_at(VmaTree::iterator vma, VirtualPage page);
  void note_vma_count();

  // mprotect.cpp
  Errno do_mprotect(Range range, pte::Protection protection);
  Errno protect_vma(Range range, VmaTree::iterator& vma, pte::Protection protection, bool& changed);
  bool change_entries(Range range, const Vma& vma);
  pte::Raw changed_entry(VirtualPage page, pte::Raw entry, const Vma& vma) const;

  // mremap.cpp
  MmapResult do_mremap(const MremapRequest& request);
  MmapResult move_all(const MremapRequest& request);
  MmapResult move_to(const MremapRequest& request);
  Errno clear_for_move(const MremapRequest& request);
  MmapResult move_somewhere(const MremapRequest& request);
  MmapResult resize(const MremapRequest& request);
  bool grow_in_place(VirtualPage old_end, PageCount more);

  // mremap_checks.cpp
  Errno check_arguments(const MremapRequest& request, const MremapRequest& rounded) const;
  Errno check_target(const MremapRequest& request) const;
  Errno check_source(const MremapRequest& request) const;
  bool overlaps(const MremapRequest& request) const;
  bool is_mapped(EffectiveAddress address) const;

  // move.cpp
  MmapResult move_vma(const MremapRequest& request, EffectiveAddress target);
  void drop_account(VirtualPage page);
  void leave_source(Range from);
  void copy_vma(const Vma& source, VirtualPage start, Range to);
  PageCount move_entries(VirtualPage from, VirtualPage to, PageCount pages);
  bool move_span(VirtualPage from, VirtualPage to, PageCount pages);

  // fremap.cpp
  Errno check_range(std::uint64_t start, std::uint64_t size, std::uint64_t pgoff) const;
  Errno do_remap(Range range, PageOffset offset, unsigned flags);
  Errno remap_vma(Range range, VmaTree::iterator vma, PageOffset offset, unsigned flags);
  void prefault_remapped(Range range, const Vma& vma);
  Errno install_file_entry(VirtualPage page, PageOffset offset);

  // fremap_populate.cpp
  Errno remap_by_populating(const RemapRequest& request);
  Errno populate_mapped(Range range, Vma& vma, PageOffset offset, PopulateRights rights);
  Errno populate_page(VirtualPage page, Vma& vma, PageOffset offset, PopulateRights rights);
  Errno leave_absent(VirtualPage page, const Vma& vma, PageOffset offset);
  Errno replace_entry(VirtualPage page, pte::Raw entry, const Vma& vma);
  void populate_by_remapping(const MmapRequest& request, const Vma& vma);
  FaultOutcome fault_by_populating(VirtualPage page, pte::Raw entry, Vma& vma);

  // fremap_emulated.cpp
  Errno remap_as_mapping(Range range, const Vma& vma, PageOffset offset);
  Errno emulate_remap(Range range, PageOffset offset, unsigned flags);
  Errno remap_held(const MmapRequest& request);
  bool covers_alike(VmaTree::const_iterator first, VirtualPage end) const;

  // madvise.cpp
  Errno advise_vma(Range range, VmaTree::iterator& vma, Advice advice);
  Errno discard(Range range, const Vma& vma);
  Errno remove(Range range, const Vma& vma);

  // mlock.cpp
  Errno do_mlock(EffectiveAddress start, std::uint64_t length_bytes, bool locked, Range& range);
  Errno set_locked(Range range, bool locked);
  void set_all_locked(bool locked);

  // msync.cpp
  void sync_vma(Range range, const Vma& vma) const;
  void sync_page_table(Range range, const Vma& vma);

  // mincore.cpp
  MincoreResult do_mincore(Range range);
  bool is_resident(VirtualPage page, const Vma& vma);

  // fork.cpp
  bool inherit(AddressSpace& parent, const Vma& original);
  bool inherit_entries(AddressSpace& parent, const Vma& vma);
  void inherit_entry(AddressSpace& parent, VirtualPage page, RealAddress from, RealAddress to,
                     const Vma& vma);

  // populate.cpp
  void populate_mapping(Range range, bool locked);
  void make_present(Range range);
  Errno populate_vmas(Range range, bool ignore_errors);
  Prefaulted populate_vma(Range range, const Vma& vma);
  Prefaulted prefault(Range range, PrefaultRights rights);
  FaultOutcome prefault_page(VirtualPage page, Vma& vma, bool write);

  // fault.cpp
  FaultOutcome resolve(VirtualPage page, bool write, Vma& vma);
  FaultOutcome fault_anonymous(RealAddress slot, bool write, Vma& vma);
  bool may_take_frame(pte::Raw entry, bool write, const Vma& vma) const;
  static FaultOutcome ended(FaultResult result) { return {result, false}; }

  // fault_file.cpp
  FaultOutcome fault_file(RealAddress slot, PageOffset offset, bool write, Vma& vma);
  FaultOutcome find_file_page(PageOffset offset, const Vma& vma, FrameNumber& frame);
  void read_missing(PageOffset offset, const Vma& vma) const;
  FaultOutcome map_private_copy(RealAddress slot, FrameNumber source, FaultOutcome outcome,
                                const Vma& vma);
  pte::Raw file_entry(FrameNumber frame, const Vma& vma, bool write) const;
  bool notices_first_write(const File& file) const;
  void note_write(FrameNumber frame, const Vma& vma) const;

  // fault_around.cpp
  FaultOutcome fault_linear(VirtualPage page, RealAddress slot, bool around, bool write, Vma& vma);
  bool goes_around(VirtualPage page, bool write, const Vma& vma, bool bare) const;
  bool maps_nothing(VirtualPage page, bool write, const Vma& vma) const;
  std::optional<PageOffset> first_around(VirtualPage page, const Vma& vma) const;
  Range around(VirtualPage page, const Vma& vma) const;
  void fault_around(VirtualPage page, const Vma& vma);
  void map_cached(VirtualPage page, RealAddress slot, const Vma& vma);

  // fault_present.cpp
  FaultOutcome fault_present(VirtualPage page, RealAddress slot, pte::Raw entry, bool write,
                             Vma& vma);
  bool is_own(const Vma& vma, VirtualPage page, pte::Raw entry) const;
  FaultOutcome copy_on_write(VirtualPage page, RealAddress slot, pte::Raw entry, Vma& vma);

  // private_page.cpp
  std::optional<FrameNumber> allocate_private();
  pte::Raw private_entry(FrameNumber frame, const Vma& vma) const;
  void prepare_anon_identity(Vma& vma);

  // pfn.cpp
  Errno map_frames(const Vma& vma);
  FaultOutcome fault_device(VirtualPage page, const Vma& vma);
  void mark_pfn_vma(VmaTree::iterator vma, FrameNumber first);
  Errno install_pfn(VirtualPage page, const Vma& vma, FrameNumber frame);
  pte::Raw special_entry(pte::Raw entry) const;
  std::optional<FrameNumber> normal_page(const Vma& vma, VirtualPage page, pte::Raw entry) const;
  bool is_private_page(const Vma& vma, VirtualPage page, pte::Raw entry) const;

  // hugetlb.cpp
  bool wants_hugetlb(const MmapRequest& request) const;
  Errno check_hugetlb(const MmapRequest& request) const;
  MmapResult find_huge_place(const MmapRequest& request, std::uint64_t length) const;
  Errno map_huge_region(Vma vma);
  static bool can_cut(const Vma& vma, VirtualPage page);
  Zapped zap_huge(Range range, const Vma& vma, FlushCause cause);
  void drop_huge_page(pte::Raw entry);
  void abandon_huge(const Vma& vma);
  void flush_huge_page(VirtualPage page, FlushCause cause);
  bool change_huge_entries(Range range, const Vma& vma);

  // hugetlb_fault.cpp
  FaultOutcome fault_huge(VirtualPage page, bool write, const Vma& vma);
  FaultOutcome fault_huge_missing(VirtualPage page, RealAddress slot, bool write, const Vma& vma);
  FaultOutcome fault_huge_present(VirtualPage page, RealAddress slot, pte::Raw entry, bool write,
                                  const Vma& vma);
  FaultOutcome copy_huge_page(VirtualPage page, RealAddress slot, pte::Raw entry, const Vma& vma);
  void clear_huge_page(FrameNumber frame);
  void preload_huge(VirtualPage page, pte::Raw entry);
  bool inherit_huge(AddressSpace& parent, const Vma& vma);

  // swap.cpp
  std::optional<std::uint64_t> slot_for(FrameNumber frame);
  bool evict(std::uint64_t number);
  bool is_in_swap_cache(FrameNumber frame) const;
  void leave_swap_cache(FrameNumber frame);
  void try_to_free_swap(FrameNumber frame);
  void free_swap_entry(std::uint64_t number);
  FaultOutcome fault_swap(VirtualPage page, RealAddress slot, pte::Raw entry, bool write, Vma& vma);
  std::optional<FrameNumber> read_swap(std::uint64_t number);
  FaultResult map_swapped(VirtualPage page, RealAddress slot, FrameNumber frame, bool write,
                          Vma& vma);
  bool age_entry(VirtualPage page, RealAddress slot);

  // reclaim.cpp
  bool maps_page_of_file(pte::Raw entry, const Vma& vma, PageOffset offset) const;
  std::vector<VirtualPage> places_of(const Vma& vma, PageOffset offset) const;
  std::uint64_t unmap_cluster(Range range, const Vma& vma);

  // rmap.cpp
  void clean_entry(VirtualPage page, RealAddress slot, const Vma& vma);
  void pass_dirty_on(pte::Raw entry, const Vma& vma);

  VmaTree::iterator abandon(VmaTree::iterator at);
  void searched_vmas();
  void set_nodes_aside();
  void flush_page(VirtualPage page, FlushCause cause);
  void flush_pid(FlushCause cause);
  void flush_range(VirtualPage start, PageCount pages, FlushCause cause);
  Errno finished(Errno error);

  const Personality& kernel_;
  const pte::Format& format_;
  FrameAllocator& frames_;
  Hardware& hardware_;
  Pid pid_;
  bool has_context_ = true;
  std::uint32_t number_;
  WorkMeter meter_;
  VmaTree vmas_;
  PageTable table_;
  std::map<const File*, std::shared_ptr<File>> shared_anonymous_;  // MAP_SHARED | MAP_ANONYMOUS
  std::vector<const File*> unmapped_files_;  // of them, those that may be mapped nowhere now
  SwapArea* swap_ = nullptr;
  std::uint32_t next_anon_identity_ = 1;
  bool lock_future_ = false;  // mlockall(MCL_FUTURE): VM_LOCKED in mm->def_flags
};

}  // namespace tessera::vm
