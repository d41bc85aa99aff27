#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// handle_pte_fault, the lower half (linux-vm.md B1): DIRTY and ACCESSED are software's.
FaultOutcome AddressSpace::fault_present(VirtualPage page, RealAddress slot, pte::Raw entry,
                                         bool write, Vma& vma) {
  // The VMA allows what remap_file_pages took away: the kernel (2.5.42) would let the process
  // fault for ever (linux-vm.md A1).
  const bool denied = kernel_.remap.takes_protection && !pte::is_user(format_, entry);
  if (denied) return ended(FaultResult::AccessError);
  if (write && !vma.shared && !pte::is_writable(format_, entry)) {
    if (!is_own(vma, page, entry)) return copy_on_write(page, slot, entry, vma);
    try_to_free_swap(pte::frame_of(format_, entry));
  }
  const pte::Raw wanted = write ? pte::with_write(format_, pte::with_dirty(format_, entry))
                                : pte::with_accessed(format_, entry);
  if (wanted == entry) {
    if (write) flush_page(page, FlushCause::Spurious);
    return {};
  }
  table_.store(slot, wanted);
  meter_.did(KernelWork::UpgradeFault);
  flush_page(page, FlushCause::Dirty);
  if (write && vma.shared && vma.file != nullptr) note_write(pte::frame_of(format_, entry), vma);
  return {};
}

// reuse_swap_page: a private page that nobody else maps, or would find in the swap cache, need not
// be copied.
bool AddressSpace::is_own(const Vma& vma, VirtualPage page, pte::Raw entry) const {
  if (!is_private_page(vma, page, entry)) return false;
  const FrameNumber frame = pte::frame_of(format_, entry);
  const unsigned references = frames_.references(frame);
  if (!is_in_swap_cache(frame)) return references == 1;
  return references == 2 && swap_->users(*swap_->slot_of(frame)) == 0;
}

// do_wp_page: the old page is the zero page, page cache, shared with a relative, or none at all,
// which is copied through its address (linux-vm.md E).
FaultOutcome AddressSpace::copy_on_write(VirtualPage page, RealAddress slot, pte::Raw entry,
                                         Vma& vma) {
  const bool counted = normal_page(vma, page, entry).has_value();
  prepare_anon_identity(vma);
  const auto copy = allocate_private();
  if (!copy) return ended(FaultResult::OutOfMemory);
  const FrameNumber old = pte::frame_of(format_, entry);
  hardware_.copy_frame(old, *copy);
  meter_.did(KernelWork::CopyFault);
  table_.clear(slot, entry);
  flush_page(page, FlushCause::CopyOnWrite);
  table_.store(slot, private_entry(*copy, vma));
  enter_rss(*copy);
  if (counted) {
    leave_rss(old);
    drop_page(old);
  }
  return {};
}

}  // namespace tessera::vm
