#include "sw/vm/address_space.hpp"

/// Private pages on their way to the swap device and back: the swap cache (decision 12). It holds a
/// reference to each of its frames.
namespace tessera::vm {

// shrink_page_list for one mapping of a page; relatives that map it too are asked by themselves.
bool AddressSpace::swap_out(EffectiveAddress address) {
  const VirtualPage page = page_of(address);
  const Vma* vma = vmas_.containing(page);
  const auto slot = table_.find(page);
  if (swap_ == nullptr || vma == nullptr || vma->locked || vma->shared || !slot) return false;
  const pte::Raw entry = table_.load(*slot);
  if (pte::is_none(format_, entry)) return false;
  if (pte::is_swap(format_, entry)) return evict(pte::pte_to_slot(format_, entry));
  if (!pte::is_present(format_, entry) || !is_private_page(*vma, page, entry)) return false;
  if (age_entry(page, *slot)) return false;
  const FrameNumber frame = pte::frame_of(format_, entry);
  const auto number = slot_for(frame);
  if (!number) return false;
  table_.clear(*slot, entry);
  leave_rss(frame);
  ++meter_.counters().swapped;
  flush_page(page, FlushCause::Reclaim);
  swap_->duplicate(*number);
  table_.store(*slot, pte::slot_to_pte(format_, *number));
  frames_.release(frame);
  evict(*number);
  return true;
}

// add_to_swap, unless a relative's mapping has brought it there.
std::optional<std::uint64_t> AddressSpace::slot_for(FrameNumber frame) {
  if (const auto known = swap_->slot_of(frame)) return known;
  const auto number = swap_->add(frame);
  if (number) frames_.add_reference(frame);
  return number;
}

// pageout and __remove_mapping: a page that nobody maps any more goes, once the device has it.
bool AddressSpace::evict(std::uint64_t number) {
  const auto frame = swap_->cached(number);
  if (!frame || frames_.references(*frame) != 1) return false;
  if (swap_->is_dirty(number)) swap_->write(number, image_of(hardware_, *frame));
  leave_swap_cache(*frame);
  return true;
}

bool AddressSpace::is_in_swap_cache(FrameNumber frame) const {
  return swap_ != nullptr && swap_->slot_of(frame).has_value();
}

void AddressSpace::leave_swap_cache(FrameNumber frame) {
  swap_->leave(swap_->slot_of(frame).value());
  frames_.release(frame);
}

// try_to_free_swap: the slot of a page in memory, if no entry names it.
void AddressSpace::try_to_free_swap(FrameNumber frame) {
  if (!is_in_swap_cache(frame)) return;
  if (swap_->users(*swap_->slot_of(frame)) == 0) leave_swap_cache(frame);
}

// free_swap_and_cache: with the last entry goes the page in memory, unless somebody maps it.
void AddressSpace::free_swap_entry(std::uint64_t number) {
  const auto frame = swap_->cached(number);
  swap_->release(number);
  if (frame && frames_.references(*frame) == 1) try_to_free_swap(*frame);
}

// do_swap_page: a page that is still in the swap cache, because a relative has read it back or maps
// it yet, needs no device.
FaultOutcome AddressSpace::fault_swap(VirtualPage page, RealAddress slot, pte::Raw entry,
                                      bool write, Vma& vma) {
  if (swap_ == nullptr) return ended(FaultResult::BusError);  // an entry that is nothing
  prepare_anon_identity(vma);
  const std::uint64_t number = pte::pte_to_slot(format_, entry);
  const bool major = !swap_->cached(number);
  const auto frame = major ? read_swap(number) : swap_->cached(number);
  if (!frame) return ended(FaultResult::OutOfMemory);
  frames_.add_reference(*frame);
  swap_->release(number);
  enter_rss(*frame);
  --meter_.counters().swapped;
  if (vma.locked || swap_->is_half_full()) try_to_free_swap(*frame);
  meter_.did(KernelWork::AnonymousFault);
  const FaultResult result = map_swapped(page, slot, *frame, write, vma);
  return {result, result == FaultResult::Resolved && major};
}

// read_swap_cache_async: the cache has the only reference.
std::optional<FrameNumber> AddressSpace::read_swap(std::uint64_t number) {
  const auto frame = allocate_private();
  if (!frame) return std::nullopt;
  restore(hardware_, *frame, swap_->image(number));
  swap_->enter(number, *frame);
  return frame;
}

// A read maps the page clean and read-only, so that the next write is noticed.
FaultResult AddressSpace::map_swapped(VirtualPage page, RealAddress slot, FrameNumber frame,
                                      bool write, Vma& vma) {
  const pte::Raw entry =
      pte::without_write(format_, pte::make_present(format_, frame, vma.protection, false));
  table_.store(slot, entry);
  if (!write) return FaultResult::Resolved;
  if (!is_own(vma, page, entry)) return copy_on_write(page, slot, entry, vma).result;
  try_to_free_swap(frame);
  table_.store(slot, private_entry(frame, vma));
  return FaultResult::Resolved;
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
