#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

// What mprotect, mlock and madvise have in common: `range` lies in `vma` and becomes of another
// kind. Neighbours may take it over, otherwise it is cut out; `vma` is then what covers it.
Errno AddressSpace::change_kind(Range range, VmaTree::iterator& vma, const VmaKind& kind) {
  Vma wanted = vma->second;
  wanted.offset = wanted.linear_offset(range.start);
  wanted.start = range.start;
  wanted.end = range.end;
  wanted.set_kind(kind);
  const VmaTree::Merged merged = vmas_.merge(wanted, kernel_.merge);
  if (merged.done) {
    set_nodes_aside();
    vma = merged.vma;
    meter_.did(KernelWork::VmaAdjust);
    meter_.did(KernelWork::VmaRemove, merged.removed);
    note_vma_count();
    return Errno::Ok;
  }
  if (vma->second.start < range.start) {
    const Errno split = split_at(vma, range.start);
    if (split != Errno::Ok) return split;
    ++vma;
  }
  if (range.end < vma->second.end) {
    const Errno split = split_at(vma, range.end);
    if (split != Errno::Ok) return split;
  }
  vmas_.set_kind(vma, kind);
  return Errno::Ok;
}

// split_vma: refused at max_map_count, and inside a huge page.
Errno AddressSpace::split_at(VmaTree::iterator vma, VirtualPage page) {
  if (vmas_.size() >= kernel_.max_map_count) return Errno::Enomem;
  if (!can_cut(vma->second, page)) return Errno::Einval;
  set_nodes_aside();
  vmas_.split(vma, page);
  meter_.did(KernelWork::VmaSplit);
  note_vma_count();
  return Errno::Ok;
}

void AddressSpace::note_vma_count() {
  VmCounters& counters = meter_.counters();
  counters.vmas = vmas_.size();
  counters.vmas_peak = std::max(counters.vmas_peak, counters.vmas);
  counters.vma_bytes = counters.vmas * kernel_.vma_bytes;
}

}  // namespace tessera::vm
