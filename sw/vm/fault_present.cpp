#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// handle_pte_fault, the lower half (linux-vm.md B1): DIRTY and ACCESSED are software's.
FaultResult AddressSpace::fault_present(VirtualPage page, RealAddress slot, pte::Raw entry,
                                        bool write, Vma& vma) {
  if (write && !vma.shared && !pte::is_writable(format_, entry)) {
    return copy_on_write(page, slot, entry, vma);
  }
  const pte::Raw wanted = write ? pte::with_write(format_, pte::with_dirty(format_, entry))
                                : pte::with_accessed(format_, entry);
  if (wanted == entry) {
    if (write) flush_page(page, FlushCause::Spurious);
    return FaultResult::Resolved;
  }
  table_.store(slot, wanted);
  meter_.did(KernelWork::UpgradeFault);
  flush_page(page, FlushCause::Dirty);
  return FaultResult::Resolved;
}

// do_wp_page: the old page is the zero page or page cache, never a page of one's own (those are
// mapped writable), so it is always copied.
FaultResult AddressSpace::copy_on_write(VirtualPage page, RealAddress slot, pte::Raw entry,
                                        Vma& vma) {
  const auto copy = allocate_private(vma);
  if (!copy) return FaultResult::OutOfMemory;
  hardware_.copy_frame(pte::frame_of(format_, entry), *copy);
  meter_.did(KernelWork::CopyFault);
  table_.clear(slot, entry);
  flush_page(page, FlushCause::CopyOnWrite);
  table_.store(slot, private_entry(*copy, vma));
  return FaultResult::Resolved;
}

}  // namespace tessera::vm
