#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// handle_pte_fault, the lower half (linux-vm.md B1): DIRTY and ACCESSED are software's.
FaultOutcome AddressSpace::fault_present(VirtualPage page, RealAddress slot, pte::Raw entry,
                                         bool write, Vma& vma) {
  if (write && !vma.shared && !pte::is_writable(format_, entry) && !is_own(entry)) {
    return copy_on_write(page, slot, entry, vma);
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
  return {};
}

// reuse_swap_page: a private page that nobody else maps need not be copied.
bool AddressSpace::is_own(pte::Raw entry) const {
  const FrameNumber frame = pte::frame_of(format_, entry);
  return frames_.is_anonymous(frame) && frames_.references(frame) == 1;
}

// do_wp_page: the old page is the zero page, page cache, or shared with a relative.
FaultOutcome AddressSpace::copy_on_write(VirtualPage page, RealAddress slot, pte::Raw entry,
                                         Vma& vma) {
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
  leave_rss(old);
  drop_page(old);
  return {};
}

}  // namespace tessera::vm
