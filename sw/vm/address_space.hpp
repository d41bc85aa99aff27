#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/pte/entry.hpp"
#include "sw/vm/counters.hpp"
#include "sw/vm/file.hpp"
#include "sw/vm/frame_allocator.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/page_table.hpp"
#include "sw/vm/personality.hpp"
#include "sw/vm/system_calls.hpp"
#include "sw/vm/vma_tree.hpp"
#include "sw/vm/work_meter.hpp"

namespace tessera::vm {

/// One process as the kernel's memory management sees it (Linux mm_struct): VMAs, page table,
/// system calls and page faults.
class AddressSpace {
 public:
  /// All references outlive the address space. `pid` is what the flushes carry (the MMU's PID).
  /// Throws std::bad_alloc if lowmem has no room for the PGD.
  AddressSpace(const Personality& kernel, const pte::Format& format, FrameAllocator& frames,
               Hardware& hardware, Pid pid);
  AddressSpace(const AddressSpace&) = delete;
  AddressSpace& operator=(const AddressSpace&) = delete;
  ~AddressSpace() = default;

  /// mmap(2). Errors in the order of linux-vm.md D1 "3.6 order": EBADF, EINVAL (length 0),
  /// ENOMEM (length wraps), EOVERFLOW, ENOMEM (map_count, no room), EINVAL (unaligned fixed),
  /// EACCES, EINVAL (map type), ENOMEM (unmapping failed).
  MmapResult mmap(const MmapRequest& request);

  /// munmap(2): EINVAL, or ENOMEM if a VMA must be split at max_map_count (linux-vm.md D2).
  Errno munmap(EffectiveAddress start, std::uint64_t length_bytes);

  /// remap_file_pages(2): `size` in bytes, `pgoff` in pages, `prot` must be 0, of `flags` only
  /// kMapNonblock counts. EINVAL for anything wrong, ENOMEM if no PTE page can be had
  /// (linux-vm.md A4). The kernel sees the low 32 bits of size and pgoff.
  Errno remap_file_pages(EffectiveAddress start, std::uint64_t size, unsigned prot,
                         std::uint64_t pgoff, unsigned flags);

  /// A page-fault exception (DSI or ISI) of user code at `address`.
  FaultOutcome handle_fault(EffectiveAddress address, FaultAccess access);

  /// Where the TLB-miss handler starts its walk.
  RealAddress pgd() const { return table_.pgd(); }
  Pid pid() const { return pid_; }
  const pte::Format& format() const { return format_; }
  const Personality& kernel() const { return kernel_; }
  const VmCounters& counters() const { return meter_.counters(); }

  /// The VMAs, for iteration in address order.
  const VmaTree& vmas() const { return vmas_; }

  /// The raw entry of an address, 0 if there is no PTE page. Takes no time.
  pte::Raw lookup(EffectiveAddress address) const { return table_.peek(page_of(address)); }

  /// Present entries now, counted by walking. Takes no time.
  std::uint64_t count_present() const;

  /// Checks the whole state against itself; one text for each thing wrong, empty if sound.
  /// Takes no time.
  std::vector<std::string> audit() const;

 private:
  friend class Audit;

  // mmap.cpp
  MmapResult do_mmap(const MmapRequest& request);
  MmapResult find_place(const MmapRequest& request, std::uint32_t length) const;
  bool is_free(std::uint64_t start, std::uint64_t length) const;
  MmapResult first_fit(std::uint32_t length) const;
  Vma describe(const MmapRequest& request, VirtualPage start, PageCount pages);
  Errno map_region(const Vma& vma);

  // munmap.cpp
  Errno do_munmap(std::uint32_t start, std::uint32_t length);
  Errno split_edges(VirtualPage start, VirtualPage end);
  void unmap_region(VirtualPage start, VirtualPage end);
  std::uint64_t zap(const Vma& vma);
  bool zap_entry(VirtualPage page, RealAddress slot, const Vma& vma);
  void note_vma_count();

  // fremap.cpp
  Errno do_remap(std::uint32_t start, std::uint32_t size, std::uint32_t pgoff, unsigned flags);
  Errno check_range(std::uint32_t start, std::uint32_t size, std::uint32_t pgoff) const;
  Errno install_file_entry(VirtualPage page, PageOffset offset);

  // populate.cpp
  void prefault(VirtualPage start, VirtualPage end);
  bool prefault_page(VirtualPage page, Vma& vma, bool write);

  // fault.cpp
  FaultResult resolve(VirtualPage page, bool write, Vma& vma);
  FaultResult fault_file(RealAddress slot, PageOffset offset, bool write, Vma& vma);
  FaultResult fault_private_write(RealAddress slot, PageOffset offset, Vma& vma);
  FaultResult fault_anonymous(RealAddress slot, bool write, Vma& vma);

  // fault_present.cpp
  FaultResult fault_present(VirtualPage page, RealAddress slot, pte::Raw entry, bool write,
                            Vma& vma);
  FaultResult copy_on_write(VirtualPage page, RealAddress slot, pte::Raw entry, Vma& vma);

  // private_page.cpp
  std::optional<FrameNumber> allocate_private(Vma& vma);
  pte::Raw private_entry(FrameNumber frame, const Vma& vma) const;
  bool is_private_copy(FrameNumber frame, VirtualPage page, const Vma& vma) const;
  void prepare_anon_identity(Vma& vma);

  void searched_vmas();
  void flush_page(VirtualPage page, FlushCause cause);
  void flush_pid(FlushCause cause);

  const Personality& kernel_;
  const pte::Format& format_;
  FrameAllocator& frames_;
  Hardware& hardware_;
  Pid pid_;
  WorkMeter meter_;
  VmaTree vmas_;
  PageTable table_;
  std::vector<std::unique_ptr<File>> shared_anonymous_;  // MAP_SHARED | MAP_ANONYMOUS
  std::uint32_t next_anon_identity_ = 1;
};

}  // namespace tessera::vm
