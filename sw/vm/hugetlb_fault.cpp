#include "model/pte/loader.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/vm/huge_page.hpp"

/// hugetlb_fault and hugetlb_cow. What they cost is our choice: a huge page is cleared and copied
/// like 1,024 small ones.
namespace tessera::vm {

// In the end the translation goes into TLB1 (e500mc-mmu.md 7.3, book3e_hugetlb_preload).
FaultOutcome AddressSpace::fault_huge(VirtualPage page, bool write, const Vma& vma) {
  const VirtualPage first = huge_floor(page);
  const auto slot = table_.find_or_allocate_huge(first);
  if (!slot) return ended(FaultResult::OutOfMemory);
  const pte::Raw entry = table_.load(*slot);
  const FaultOutcome outcome = pte::is_present(format_, entry)
                                   ? fault_huge_present(first, *slot, entry, write, vma)
                                   : fault_huge_missing(first, *slot, write, vma);
  if (outcome.resolved()) preload_huge(first, table_.load(*slot));
  return outcome;
}

// hugetlb_no_page: there is no huge zero page, a read gets a page of its own. An empty pool is
// SIGBUS: the page was never promised.
FaultOutcome AddressSpace::fault_huge_missing(VirtualPage page, RealAddress slot, bool write,
                                              const Vma& vma) {
  bool fresh = true;
  const std::uint64_t index = vma.linear_offset(page).value() / kHugePage.value();
  const auto frame = vma.may_share ? vma.huge->share(index, fresh) : vma.huge->take(index);
  if (!frame) return ended(FaultResult::BusError);
  if (fresh) clear_huge_page(*frame);
  const bool writable = vma.protection.write && (vma.may_share || write);
  const pte::Raw entry = pte::make_present(format_, *frame, vma.protection, writable);
  table_.store(slot, writable ? entry : pte::without_write(format_, entry));
  meter_.did(KernelWork::AnonymousFault);
  ++meter_.counters().huge_pages;
  return {};
}

FaultOutcome AddressSpace::fault_huge_present(VirtualPage page, RealAddress slot, pte::Raw entry,
                                              bool write, const Vma& vma) {
  const bool own = frames_.huge_pool().references(pte::frame_of(format_, entry)) == 1;
  if (write && !vma.may_share && !pte::is_writable(format_, entry) && !own) {
    return copy_huge_page(page, slot, entry, vma);
  }
  const pte::Raw wanted = write ? pte::with_write(format_, pte::with_dirty(format_, entry))
                                : pte::with_accessed(format_, entry);
  if (wanted == entry) return {};
  table_.store(slot, wanted);
  meter_.did(KernelWork::UpgradeFault);
  flush_huge_page(page, FlushCause::Dirty);
  return {};
}

// hugetlb_cow after a fork. Our choice: with an empty pool it is SIGBUS for parent and child
// alike; Linux lets the parent take the child's page away.
FaultOutcome AddressSpace::copy_huge_page(VirtualPage page, RealAddress slot, pte::Raw entry,
                                          const Vma& vma) {
  const std::uint64_t index = vma.linear_offset(page).value() / kHugePage.value();
  const auto copy = vma.huge->take(index);
  if (!copy) return ended(FaultResult::BusError);
  const FrameNumber old = pte::frame_of(format_, entry);
  for (PageCount i(0); i < kHugePage; i += PageCount(1)) {
    hardware_.copy_frame(old + i, *copy + i);
  }
  meter_.did(KernelWork::CopyFault, kHugePage.value());
  table_.clear(slot, entry);
  flush_huge_page(page, FlushCause::CopyOnWrite);
  table_.store(slot, pte::make_present(format_, *copy, vma.protection, true));
  frames_.huge_pool().release(old);
  return {};
}

void AddressSpace::clear_huge_page(FrameNumber frame) {
  for (PageCount i(0); i < kHugePage; i += PageCount(1)) hardware_.fill_frame(frame + i, 0);
  meter_.did(KernelWork::PageClear, kHugePage.value());
}

void AddressSpace::preload_huge(VirtualPage page, pte::Raw entry) {
  if (!has_context_) return;
  ++meter_.counters().huge_preloads;
  hardware_.preload_huge({address_of(page), pid_, kHugePageShift, pte::load(format_, entry)});
}

// copy_hugetlb_page_range: private pages become read-only for both, and what was promised stays
// the parent's.
bool AddressSpace::inherit_huge(AddressSpace& parent, const Vma& vma) {
  const bool copies_on_write = !vma.shared && vma.may_write;
  for (VirtualPage page = vma.start; page < vma.end; page += kHugePage) {
    const auto source = parent.table_.find(page);
    pte::Raw entry = source ? parent.table_.load(*source) : 0;
    if (!pte::is_present(format_, entry)) continue;
    const auto target = table_.find_or_allocate_huge(page);
    if (!target) return false;
    meter_.did(KernelWork::CopyEntry);
    if (copies_on_write) {
      entry = pte::without_write(format_, entry);
      parent.table_.store(*source, entry);
    }
    table_.store(*target, entry);
    frames_.huge_pool().add_reference(pte::frame_of(format_, entry));
    ++meter_.counters().huge_pages;
  }
  return true;
}

}  // namespace tessera::vm
