#include "sw/vm/address_space.hpp"
#include "sw/vm/huge_file.hpp"
#include "sw/vm/huge_page.hpp"
#include "sw/vm/rounding.hpp"

/// VM_HUGETLB: mapping and unmapping (linux-vm.md C, D1; e500mc-mmu.md 7.3).
namespace tessera::vm {

namespace {

// One of 2^22 bytes, or of the default size.
bool asks_for_known_size(unsigned flags) {
  const unsigned shift = flags >> kMapHugeShift & kMapHugeMask;
  return shift == 0 || shift == kHugePageShift;
}

bool on_hugetlbfs(const MmapRequest& request) {
  return !has(request.flags, kMapAnonymous) && request.huge_file != nullptr;
}

// huge_index: which page of its file.
std::uint64_t huge_index(const Vma& vma, VirtualPage page) {
  return vma.linear_offset(page).value() / kHugePage.value();
}

}  // namespace

bool AddressSpace::wants_hugetlb(const MmapRequest& request) const {
  return (kernel_.hugetlb.knows_flag && has(request.flags, kMapHugetlb)) || on_hugetlbfs(request);
}

// linux-vm.md D1 row 2. Of a file on a hugetlbfs only whole huge pages are mapped, and shared:
// our choice; Linux maps them privately too, and from 3.10 on rounds the length up.
Errno AddressSpace::check_hugetlb(const MmapRequest& request) const {
  if (!has_huge_pages(kernel_, format_)) return Errno::Einval;
  if (on_hugetlbfs(request)) {
    const bool whole =
        is_huge_aligned(request.length_bytes) && request.page_offset % kHugePage.value() == 0;
    return whole && has(request.flags, kMapShared) ? Errno::Ok : Errno::Einval;
  }
  const bool known = asks_for_known_size(request.flags);
  return known && has(request.flags, kMapAnonymous) ? Errno::Ok : Errno::Einval;
}

// hugetlb_get_unmapped_area: a hint is rounded up, and a gap must hold the range wherever in it
// the first boundary lies (D1 row 9). Our choice, for want of a document: an unaligned fixed
// address is EINVAL before it is looked at as too high.
MmapResult AddressSpace::find_huge_place(const MmapRequest& request, std::uint64_t length) const {
  const std::uint64_t wanted = request.address.value();
  const bool noreplace =
      has(request.flags, kMapFixedNoreplace) && kernel_.mmap.knows_fixed_noreplace;
  if (has(request.flags, kMapFixed) || noreplace) {
    if (!is_huge_aligned(wanted)) return failed(Errno::Einval);
    return find_fixed_place(request.address, length, noreplace);
  }
  const std::uint64_t hint = huge_align(kernel_, wanted);
  if (hint != 0 && is_free(hint, length)) {
    return {Errno::Ok, EffectiveAddress(static_cast<std::uint32_t>(hint))};
  }
  const MmapResult gap = first_fit(length + bytes_of(kHugePage - PageCount(1)).value());
  if (!gap.ok()) return gap;
  const std::uint64_t place = huge_align(kernel_, gap.address.value());
  return {Errno::Ok, EffectiveAddress(static_cast<std::uint32_t>(place))};
}

// mmap_region and hugetlbfs_file_mmap: what was there is gone even if the pool has not enough
// pages (D1 rows 23, 26). Never locked, never charged for, never merged. Without a file the offset
// of the call is ignored as for other anonymous memory: our choice.
Errno AddressSpace::map_huge_region(Vma vma) {
  const Errno cleared = clear_place({vma.start, vma.end});
  if (cleared != Errno::Ok) return cleared;
  const std::uint64_t pages = vma.pages().value() / kHugePage.value();
  if (vma.hugetlb()) {
    const std::uint64_t first = vma.offset.value() / kHugePage.value();
    const bool writes = vma.may_write && vma.protection.write;
    if (!vma.noreserve && !vma.huge->reserve(first, first + pages, writes)) return Errno::Enomem;
    if (writes) vma.huge->extend(first + pages);
  } else {
    vma.huge = HugeFile::make(frames_.huge_pool(), pages, !vma.noreserve);
    if (!vma.hugetlb()) return Errno::Enomem;
    vma.offset = PageOffset(0);
  }
  vma.locked = false;
  set_nodes_aside();
  vmas_.insert(vma);
  meter_.did(KernelWork::VmaInsert);
  note_vma_count();
  return Errno::Ok;
}

// __split_vma: a VMA of huge pages is cut between them only.
bool AddressSpace::can_cut(const Vma& vma, VirtualPage page) {
  return !vma.hugetlb() || offset_in_huge_page(page) == PageCount(0);
}

// __unmap_hugepage_range: each page is flushed by itself, so that the gather has nothing to do
// (e500mc-mmu.md 7.3).
AddressSpace::Zapped AddressSpace::zap_huge(Range range, const Vma& vma, FlushCause cause) {
  Zapped zapped;
  for (VirtualPage page = range.start; page < range.end; page += kHugePage) {
    const auto slot = table_.find(page);
    meter_.did(KernelWork::ZapEntry);
    const pte::Raw entry = slot ? table_.load(*slot) : 0;
    if (!pte::is_present(format_, entry)) continue;
    table_.clear(*slot, entry);
    meter_.did(KernelWork::ZapPage);
    flush_huge_page(page, cause);
    drop_huge_page(entry);
    ++zapped.present;
  }
  if (!vma.may_share) vma.huge->forget(huge_index(vma, range.start), huge_index(vma, range.end));
  return zapped;
}

void AddressSpace::drop_huge_page(pte::Raw entry) {
  frames_.huge_pool().release(pte::frame_of(format_, entry));
  --meter_.counters().huge_pages;
}

// What ~AddressSpace does without flushing.
void AddressSpace::abandon_huge(const Vma& vma) {
  for (VirtualPage page = vma.start; page < vma.end; page += kHugePage) {
    const pte::Raw entry = table_.peek(page);
    if (pte::is_present(format_, entry)) drop_huge_page(entry);
  }
}

// flush_tlb_page: flush_hugetlb_page, and then the 4 KB form (e500mc-mmu.md 7.3).
void AddressSpace::flush_huge_page(VirtualPage page, FlushCause cause) {
  flush_page(page, cause);
  flush_page(page, cause);
}

// hugetlb_change_protection: whether any entry was present.
bool AddressSpace::change_huge_entries(Range range, const Vma& vma) {
  bool any = false;
  for (VirtualPage page = range.start; page < range.end; page += kHugePage) {
    const auto slot = table_.find(page);
    meter_.did(KernelWork::ProtectEntry);
    const pte::Raw entry = slot ? table_.load(*slot) : 0;
    if (!pte::is_present(format_, entry)) continue;
    const pte::Raw changed = pte::with_protection(format_, entry, vma.protection);
    const bool writable = vma.shared && vma.protection.write;
    table_.store(*slot, writable ? changed : pte::without_write(format_, changed));
    any = true;
  }
  return any;
}

}  // namespace tessera::vm
