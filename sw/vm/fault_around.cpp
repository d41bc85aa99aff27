#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// do_read_fault: the pages around come along if they are in the cache, and with them perhaps
// the one that was asked for (linux-vm.md D6, L).
FaultOutcome AddressSpace::fault_linear(VirtualPage page, RealAddress slot, bool write, Vma& vma) {
  const FileFaultRules& rules = kernel_.file_fault;
  const bool around = !write && PageCount(1) < rules.fault_around;
  if (around) {
    fault_around(page, vma);
    if (pte::is_present(format_, table_.load(slot))) return {};
  }
  const FaultOutcome outcome = fault_file(slot, vma.linear_offset(page), write, vma);
  if (around && outcome.major && rules.fault_around_after_major) fault_around(page, vma);
  return outcome;
}

// do_fault_around: a window from the aligned block's start, or the VMA's, cut to the VMA and
// the page-table page; filemap_map_pages cuts it to the file.
void AddressSpace::fault_around(VirtualPage page, const Vma& vma) {
  const auto window = static_cast<std::uint32_t>(kernel_.file_fault.fault_around.value());
  const VirtualPage block(page.value() & ~(window - 1));
  const VirtualPage start = std::max(block, vma.start);
  const VirtualPage end = std::min({start + PageCount(window), vma.end, table_.next_span(start)});
  auto slot = *table_.find_or_allocate(start);
  for (VirtualPage at = start; at < end; at += PageCount(1)) {
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
}

}  // namespace tessera::vm
