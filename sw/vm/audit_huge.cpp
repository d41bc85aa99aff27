#include "sw/vm/audit.hpp"
#include "sw/vm/huge_page.hpp"

/// VMAs of huge pages, and the entries in them.
namespace tessera::vm {

void Audit::check_huge_vma(const Vma& vma) {
  if (vma.file != nullptr) complain(vma.start, "VMA of huge pages with a file of small ones");
  const bool whole = offset_in_huge_page(vma.start) == PageCount(0) &&
                     offset_in_huge_page(vma.end) == PageCount(0) &&
                     vma.offset.value() % kHugePage.value() == 0;
  if (!whole) complain(vma.start, "VMA of huge pages ends inside one");
  if (vma.locked || vma.account || vma.anon_identity != 0) {
    complain(vma.start, "VMA of huge pages is locked, charged for, or has an anon_vma");
  }
}

void Audit::check_huge_entry(VirtualPage page, pte::Raw entry, const Vma& vma) {
  const pte::Format& format = space_.format_;
  const HugePool& pool = space_.frames_.huge_pool();
  const FrameNumber frame = pte::frame_of(format, entry);
  if (offset_in_huge_page(page) != PageCount(0)) return complain(page, "small entry in huge page");
  if (!pte::is_present(format, entry)) return complain(page, "huge page that is not present");
  ++huge_entries_;
  if (!pool.has(frame)) return complain(page, "huge page that is not one of the pool");
  if (pool.references(frame) == 0) complain(page, "maps a free huge page");
  const bool writable = pte::is_writable(format, entry);
  if (writable && !vma.protection.write) complain(page, "writable huge page in a VMA that is not");
  if (writable && !vma.shared && pool.references(frame) > 1) {
    complain(page, "private mapping may write a huge page it shares");
  }
  const VirtualPage last = page + (kHugePage - PageCount(1));
  const bool led_to = pte::frame_of(format, space_.table_.peek(last)) == frame + (last - page);
  if (!led_to) complain(page, "not all PGD entries lead to the huge page's entry");
}

}  // namespace tessera::vm
