#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

/// What mremap refuses.
namespace tessera::vm {

// `rounded` has its lengths in whole pages, `request` as the caller gave them.
Errno AddressSpace::check_arguments(const MremapRequest& request,
                                    const MremapRequest& rounded) const {
  const unsigned known =
      kMremapMaymove | kMremapFixed | (kernel_.move.knows_dontunmap ? kMremapDontunmap : 0);
  if ((request.flags & ~known) != 0) return Errno::Einval;
  const bool maymove = has(request.flags, kMremapMaymove);
  if (has(request.flags, kMremapFixed) && !maymove) return Errno::Einval;
  if (has(request.flags, kMremapDontunmap)) {
    const MremapRequest& lengths = kernel_.move.dontunmap_compares_bytes ? request : rounded;
    if (!maymove || lengths.old_length != lengths.new_length) return Errno::Einval;
  }
  if (!is_page_aligned(request.old_address)) return Errno::Einval;
  return rounded.new_length == 0 ? Errno::Einval : Errno::Ok;
}

// mremap_to. The move splits up to three VMAs before it can fail.
Errno AddressSpace::check_target(const MremapRequest& request) const {
  const std::uint64_t task_size = kernel_.task_size.value();
  const std::uint64_t to = request.new_address.value();
  if (to != page_floor(to)) return Errno::Einval;
  if (request.new_length > task_size || to > task_size - request.new_length) return Errno::Einval;
  if (overlaps(request)) return Errno::Einval;
  const bool full = vmas_.size() + 2 >= kernel_.max_map_count - 3;
  return full && kernel_.move.checks_map_count_first ? Errno::Enomem : Errno::Ok;
}

bool AddressSpace::overlaps(const MremapRequest& request) const {
  const std::uint64_t from = request.old_address.value();
  const std::uint64_t to = request.new_address.value();
  const bool target_ends_behind = kernel_.word(to + request.new_length) > from;
  const bool source_ends_behind = kernel_.word(from + request.old_length) > to;
  if (kernel_.move.empty_source_overlaps_nothing) return target_ends_behind && source_ends_behind;
  return (to <= from && target_ends_behind) || (from <= to && source_ends_behind);
}

bool AddressSpace::is_mapped(EffectiveAddress address) const {
  return vmas_.containing(page_of(address)) != nullptr;
}

// vma_to_resize: one VMA must hold all of the old range.
Errno AddressSpace::check_source(const MremapRequest& request) const {
  const Vma* vma = vmas_.containing(page_of(request.old_address));
  if (vma == nullptr) return Errno::Efault;
  // Not even moved: so until 5.15, and later too here, which is our choice.
  if (vma->hugetlb()) return Errno::Einval;
  // Without pages to take along, only a shared mapping can be had twice (linux-vm.md L).
  if (request.old_length == 0 && !vma->may_share && kernel_.move.duplicates_only_shared) {
    return Errno::Einval;
  }
  if (request.old_length > bytes_before(vma->end) - request.old_address.value()) {
    return Errno::Efault;
  }
  if (request.new_length <= request.old_length) return Errno::Ok;
  if (vma->special()) return Errno::Efault;  // VM_DONTEXPAND (linux-vm.md E)
  const PageOffset offset = vma->linear_offset(page_of(request.old_address));
  const std::uint64_t end = kernel_.word(offset.value() + (request.new_length >> kPageShift));
  return end < offset.value() ? Errno::Einval : Errno::Ok;
}

}  // namespace tessera::vm
