#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

// unmap_vmas for one VMA or part of it, span of a page-table page by span: whether the gather has
// to flush at its end. `zap_one` says whether an entry was there, and whether it was a file's and
// dirty.
template <class ZapOne>
AddressSpace::Zapped AddressSpace::zap_spans(Range range, FlushCause cause, const ZapOne& zap_one) {
  Zapped zapped;
  for (VirtualPage page = range.start; page < range.end;) {
    const VirtualPage span_end = std::min(table_.next_span(page), range.end);
    const auto slot = table_.find(page);
    if (!slot) {
      page = span_end;
      continue;
    }
    meter_.did(KernelWork::ZapEntry, (span_end - page).value());
    bool dirty_file_page = false;
    for (RealAddress entry = *slot; page < span_end; page += PageCount(1)) {
      if (zap_one(page, entry, dirty_file_page)) {
        ++zapped.present;
        zapped.needs_flush = true;
      }
      entry += table_.entry_bytes();
    }
    if (dirty_file_page) flush_early(zapped, cause);
  }
  return zapped;
}

AddressSpace::Zapped AddressSpace::zap(Range range, const Vma& vma, FlushCause cause) {
  if (vma.hugetlb()) return zap_huge(range, vma, cause);
  return zap_spans(range, cause, [&](VirtualPage page, RealAddress slot, bool& dirty_file_page) {
    return zap_entry(page, slot, vma, dirty_file_page);
  });
}

// zap_pte_range for one entry: a page without struct page is only unmapped (linux-vm.md E).
bool AddressSpace::zap_entry(VirtualPage page, RealAddress slot, const Vma& vma,
                             bool& dirty_file_page) {
  const pte::Raw entry = table_.load(slot);
  if (pte::is_none(format_, entry)) return false;
  table_.clear(slot, entry);
  if (pte::is_swap(format_, entry)) {
    free_swap_entry(pte::pte_to_slot(format_, entry));
    --meter_.counters().swapped;
  }
  if (!pte::is_present(format_, entry)) return false;
  meter_.did(KernelWork::ZapPage);
  const auto frame = normal_page(vma, page, entry);
  if (!frame) return true;
  const bool zero = *frame == frames_.zero_page();
  if (!zero && !frames_.is_anonymous(*frame) && pte::is_dirty(format_, entry)) {
    dirty_file_page = true;
    pass_dirty_on(entry, vma);
  }
  leave_rss(*frame);
  drop_page(*frame);
  return true;
}

// zap_pte_range with details (linux-vm.md C): only pages [first, end) of the file, private
// copies too; a nonlinear VMA remembers the offset of what it loses, and entries that are not
// present stay.
AddressSpace::Zapped AddressSpace::zap_file_entries(Range range, const Vma& vma, PageOffset first,
                                                    PageOffset end, FlushCause cause) {
  return zap_spans(range, cause, [&](VirtualPage page, RealAddress slot, bool& dirty_file_page) {
    return zap_file_entry(page, slot, vma, first, end, dirty_file_page);
  });
}

bool AddressSpace::zap_file_entry(VirtualPage page, RealAddress slot, const Vma& vma,
                                  PageOffset first, PageOffset end, bool& dirty_file_page) {
  const pte::Raw entry = table_.load(slot);
  if (!pte::is_present(format_, entry)) return false;
  const PageOffset linear = vma.linear_offset(page);
  PageOffset offset = linear;
  if (vma.nonlinear) {
    offset = vma.file->index_of(pte::frame_of(format_, entry)).value_or(linear);
    if (offset < first || end <= offset) return false;
  }
  zap_entry(page, slot, vma, dirty_file_page);
  if (offset != linear) table_.store(slot, pte::pgoff_to_pte(format_, offset));
  return true;
}

// zap_pte_range with force_flush: the gather has nothing left to flush.
void AddressSpace::flush_early(Zapped& zapped, FlushCause cause) {
  if (!kernel_.zap.dirty_file_pages_flush_early) return;
  flush_pid(cause);
  zapped.needs_flush = false;
  zapped.flushed = true;
}

// free_page_and_swap_cache.
void AddressSpace::drop_page(FrameNumber frame) {
  if (!frames_.is_anonymous(frame)) return;
  const bool was_last = frames_.references(frame) == 2;
  frames_.release(frame);
  if (was_last) try_to_free_swap(frame);
}

}  // namespace tessera::vm
