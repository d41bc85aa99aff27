#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

// linux-vm.md A4 row 10c: mmap_region with the flags of the VMA. Nothing is prefaulted here but
// what is locked.
Errno AddressSpace::remap_as_mapping(Range range, const Vma& vma, PageOffset offset) {
  Vma mapping = vma;
  mapping.start = range.start;
  mapping.end = range.end;
  mapping.offset = offset;
  mapping.anon_identity = 0;
  const bool locked = vma.locked && !kernel_.remap.prefaults_like_mmap;
  const Errno error = map_region(mapping);
  if (error == Errno::Ok && locked) populate_mapping(range, true);
  return error;
}

// linux-vm.md A6, A7: a mmap of the VMA's file, with its rights but none of its other flags.
Errno AddressSpace::emulate_remap(Range range, PageOffset offset, unsigned flags) {
  const auto found = vmas_.find(range.start);
  if (found == vmas_.end() || !found->second.contains(range.start)) return Errno::Einval;
  const Vma& vma = found->second;
  if (!vma.shared || vma.hugetlb() || !covers_alike(found, range.end)) return Errno::Einval;
  if (kernel_.remap.linear_is_no_op && offset == vma.linear_offset(range.start)) {
    return Errno::Ok;
  }
  MmapRequest request;
  request.address = address_of(range.start);
  request.length_bytes = bytes_of(range.end - range.start).value();
  request.protection = vma.protection.index();
  request.flags = kMapShared | kMapFixed | kMapPopulate | (flags & kMapNonblock) |
                  (vma.locked ? kMapLocked : 0);
  request.file = vma.file;
  request.page_offset = offset.value();
  request.description = vma.description;
  return remap_held(request);
}

// Linux get_file: shared anonymous memory outlives the moment in which nothing maps it.
Errno AddressSpace::remap_held(const MmapRequest& request) {
  const auto owned = shared_anonymous_.find(request.file);
  if (owned == shared_anonymous_.end()) return map_and_populate(request).error;
  const std::shared_ptr<File> held = owned->second;
  const Errno error = map_and_populate(request).error;
  if (held->mappings().has_any_of(*this)) shared_anonymous_.emplace(held.get(), held);
  return error;
}

// Whether the range ends in this VMA, or in VMAs that continue it with the same file and flags.
bool AddressSpace::covers_alike(VmaTree::const_iterator first, VirtualPage end) const {
  for (auto vma = first; vma->second.end < end;) {
    if (!kernel_.remap.may_span_vmas) return false;
    const VirtualPage joint = vma->second.end;
    ++vma;
    if (vma == vmas_.end() || vma->second.start != joint) return false;
    if (!(vma->second.kind() == first->second.kind())) return false;
  }
  return true;
}

}  // namespace tessera::vm
