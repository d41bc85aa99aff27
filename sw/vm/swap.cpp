#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// Not modelled: the swap cache (a page read back leaves its slot at once), and pages that a
// relative maps too, which stay in memory.
bool AddressSpace::swap_out(EffectiveAddress address) {
  const VirtualPage page = page_of(address);
  const Vma* vma = vmas_.containing(page);
  const auto slot = table_.find(page);
  if (swap_ == nullptr || vma == nullptr || vma->locked || vma->shared || !slot) {
    return false;
  }
  const pte::Raw entry = table_.load(*slot);
  if (!pte::is_present(format_, entry) || !is_own(*vma, page, entry)) return false;
  if (age_entry(page, *slot)) return false;
  const FrameNumber frame = pte::frame_of(format_, entry);
  const auto number = swap_->store(image_of(hardware_, frame));
  if (!number) return false;
  table_.clear(*slot, entry);
  leave_rss(frame);
  ++meter_.counters().swapped;
  flush_page(page, FlushCause::Reclaim);
  table_.store(*slot, pte::slot_to_pte(format_, *number));
  frames_.release(frame);
  return true;
}

// do_swap_page: a read maps the page clean and read-only, so that the next write is noticed.
FaultOutcome AddressSpace::fault_swap(RealAddress slot, pte::Raw entry, bool write, Vma& vma) {
  if (swap_ == nullptr) return ended(FaultResult::BusError);  // an entry that is nothing
  prepare_anon_identity(vma);
  const auto frame = allocate_private();
  if (!frame) return ended(FaultResult::OutOfMemory);
  const std::uint64_t number = pte::pte_to_slot(format_, entry);
  restore(hardware_, *frame, swap_->image(number));
  swap_->release(number);
  const pte::Raw mapped = pte::make_present(format_, *frame, vma.protection, write);
  table_.store(slot, write ? mapped : pte::without_write(format_, mapped));
  enter_rss(*frame);
  --meter_.counters().swapped;
  meter_.did(KernelWork::AnonymousFault);
  return {FaultResult::Resolved, true};
}

// Whether the page was used since this was last asked (ptep_clear_flush_young).
bool AddressSpace::age_entry(VirtualPage page, RealAddress slot) {
  const pte::Raw entry = table_.load(slot);
  if (!pte::is_present(format_, entry) || !pte::is_accessed(format_, entry)) return false;
  table_.store(slot, pte::without_accessed(format_, entry));
  flush_page(page, FlushCause::Reclaim);
  return true;
}

}  // namespace tessera::vm
