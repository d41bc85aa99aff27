#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

namespace {

// The part of a VMA that linearly maps offsets [first, end), end exclusive; may be empty.
VirtualPage bounded_page_of(const Vma& vma, PageOffset offset) {
  if (offset <= vma.offset) return vma.start;
  const PageCount in = offset - vma.offset;
  return vma.pages() <= in ? vma.end : vma.start + in;
}

}  // namespace

void AddressSpace::unmap_file_pages(const FileMapping& mapping, PageOffset first, PageOffset end) {
  const Vma& vma = *vmas_.containing(mapping.start);
  Range range{vma.start, vma.end};
  if (!vma.nonlinear) range = {bounded_page_of(vma, first), bounded_page_of(vma, end)};
  const Zapped zapped = zap_file_entries(range, vma, first, end, FlushCause::Truncate);
  if (zapped.needs_flush) flush_pid(FlushCause::Truncate);
}

void AddressSpace::clean_file_pages(const FileMapping& mapping, PageOffset first, PageOffset end) {
  const Vma& vma = *vmas_.containing(mapping.start);
  if (!vma.shared || kernel_.file_fault.ignores_first_write) return;
  const Range range{bounded_page_of(vma, first), bounded_page_of(vma, end)};
  for (VirtualPage page = range.start; page < range.end;) {
    const VirtualPage span_end = std::min(table_.next_span(page), range.end);
    const auto slot = table_.find(page);
    if (!slot) {
      page = span_end;
      continue;
    }
    for (RealAddress entry = *slot; page < span_end; page += PageCount(1)) {
      clean_entry(page, entry, vma);
      entry += table_.entry_bytes();
    }
  }
}

// page_mkclean_one: the next write faults, so that the page is known to be dirty again.
void AddressSpace::clean_entry(VirtualPage page, RealAddress slot, const Vma& vma) {
  const pte::Raw entry = table_.load(slot);
  if (!pte::is_present(format_, entry)) return;
  if (!pte::is_dirty(format_, entry) && !pte::is_writable(format_, entry)) return;
  table_.clear(slot, entry);
  flush_page(page, FlushCause::Clean);
  pass_dirty_on(entry, vma);
  table_.store(slot, pte::without_dirty(format_, pte::without_write(format_, entry)));
}

// set_page_dirty: an entry that goes, or becomes clean, tells its file what it knew.
void AddressSpace::pass_dirty_on(pte::Raw entry, const Vma& vma) {
  if (vma.file == nullptr || !pte::is_dirty(format_, entry)) return;
  if (const auto offset = vma.file->index_of(pte::frame_of(format_, entry))) {
    vma.file->mark_dirty(*offset);
  }
}

}  // namespace tessera::vm
