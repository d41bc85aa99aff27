#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// do_read_fault: the pages around come along if they are in the cache, and with them perhaps
// the one that was asked for (linux-vm.md D6, L).
FaultOutcome AddressSpace::fault_linear(VirtualPage page, RealAddress slot, bool around, bool write,
                                        Vma& vma) {
  if (around) {
    fault_around(page, vma);
    if (pte::is_present(format_, table_.load(slot))) return {};
  }
  const FaultOutcome outcome = fault_file(slot, vma.linear_offset(page), write, vma);
  if (around && outcome.major && kernel_.file_fault.fault_around_after_major) {
    fault_around(page, vma);
  }
  return outcome;
}

// `bare`: there is no page table yet. The exception for shmem is the kernel's
// (filemap_map_pages, 6.18).
bool AddressSpace::goes_around(VirtualPage page, bool write, const Vma& vma, bool bare) const {
  const FileFaultRules& rules = kernel_.file_fault;
  if (write || rules.fault_around == PageCount(1)) return false;
  const bool is_shmem = !vma.file->file_system().faults_read_pages;
  if (!bare || is_shmem || !rules.last_page_needs_table_to_come_along) return true;
  const auto first = first_around(page, vma);
  return !first || vma.file->contains(*first + PageCount(1));
}

// Whether a fault without a page table leaves none behind: it is beyond the end of the file, and
// nothing comes along.
bool AddressSpace::maps_nothing(VirtualPage page, bool write, const Vma& vma) const {
  if (vma.file == nullptr || vma.file->contains(vma.linear_offset(page))) return false;
  return !goes_around(page, write, vma, true) || !first_around(page, vma);
}

// The first page of the window that is in the cache.
std::optional<PageOffset> AddressSpace::first_around(VirtualPage page, const Vma& vma) const {
  const Range window = around(page, vma);
  for (VirtualPage at = window.start; at < window.end; at += PageCount(1)) {
    const PageOffset offset = vma.linear_offset(at);
    if (vma.file->contains(offset) && vma.file->is_cached(offset)) return offset;
  }
  return std::nullopt;
}

// do_fault_around: a window from the aligned block's start, or the VMA's, cut to the VMA and
// the page-table page; filemap_map_pages cuts it to the file.
AddressSpace::Range AddressSpace::around(VirtualPage page, const Vma& vma) const {
  const auto window = static_cast<std::uint32_t>(kernel_.file_fault.fault_around.value());
  const VirtualPage block(page.value() & ~(window - 1));
  const VirtualPage start = std::max(block, vma.start);
  return {start, std::min({start + PageCount(window), vma.end, table_.next_span(start)})};
}

void AddressSpace::fault_around(VirtualPage page, const Vma& vma) {
  const Range window = around(page, vma);
  auto slot = *table_.find_or_allocate(window.start);
  for (VirtualPage at = window.start; at < window.end; at += PageCount(1)) {
    map_cached(at, slot, vma);
    slot += table_.entry_bytes();
  }
}

void AddressSpace::map_cached(VirtualPage page, RealAddress slot, const Vma& vma) {
  const PageOffset offset = vma.linear_offset(page);
  if (!vma.file->contains(offset) || !vma.file->is_cached(offset)) return;
  if (!pte::is_none(format_, table_.load(slot))) return;
  bool fresh = false;
  const auto frame = vma.file->page(offset, fresh);
  if (!frame) return;
  meter_.did(KernelWork::MapAround);
  table_.store(slot, file_entry(*frame, vma, false));
  enter_rss(*frame);
}

}  // namespace tessera::vm
