#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

// The caller decides where the mapping goes, or at least that it goes.
bool is_moved_anyway(const MremapRequest& request) {
  return has(request.flags, kMremapFixed) || has(request.flags, kMremapDontunmap);
}

}  // namespace

MmapResult AddressSpace::mremap(const MremapRequest& request) {
  meter_.did(KernelWork::SystemCall);
  const MmapResult result = do_mremap(request);
  finished(result.error);
  return result;
}

// Linux sys_mremap. From here on lengths are whole pages.
MmapResult AddressSpace::do_mremap(const MremapRequest& request) {
  MremapRequest rounded = request;
  rounded.old_length = page_align(kernel_, request.old_length);
  rounded.new_length = page_align(kernel_, request.new_length);
  const Errno arguments = check_arguments(request, rounded);
  if (arguments != Errno::Ok) return failed(arguments);
  if (kernel_.move.checks_arguments_first && is_moved_anyway(rounded)) {
    const Errno target = check_target(rounded);
    if (target != Errno::Ok) return failed(target);
  }
  const bool whole = has(rounded.flags, kMremapFixed) && rounded.old_length == rounded.new_length;
  if (whole && kernel_.move.may_span_vmas) return move_all(rounded);
  if (kernel_.move.looks_up_first && !is_mapped(rounded.old_address)) {
    return failed(Errno::Efault);
  }
  return is_moved_anyway(rounded) ? move_to(rounded) : resize(rounded);
}

// remap_move (6.17): VMA by VMA, as far apart as they were. What was moved before one fails
// stays moved.
MmapResult AddressSpace::move_all(const MremapRequest& request) {
  const VirtualPage start = page_of(request.old_address);
  const VirtualPage end = start + PageCount(request.old_length >> kPageShift);
  if (!is_mapped(request.old_address)) return failed(Errno::Efault);
  for (VirtualPage done = start; done < end;) {
    const auto vma = vmas_.find(done);
    if (vma == vmas_.end() || end <= vma->second.start) break;
    const VirtualPage first = std::max(vma->second.start, done);
    done = std::min(vma->second.end, end);
    MremapRequest part = request;
    part.old_address = address_of(first);
    part.new_address = request.new_address + bytes_of(first - start);
    part.old_length = bytes_of(done - first).value();
    part.new_length = part.old_length;
    const MmapResult moved = move_to(part);
    if (!moved.ok()) return moved;
  }
  return {Errno::Ok, request.new_address};
}

// mremap_to: what lies at the target goes first. Until 6.17 that happens whatever becomes of the
// rest.
MmapResult AddressSpace::move_to(const MremapRequest& request) {
  MremapRequest rest = request;
  rest.old_length = std::min(request.old_length, request.new_length);
  const Errno before =
      kernel_.move.checks_arguments_first ? check_source(rest) : check_target(request);
  if (before != Errno::Ok) return failed(before);
  const Errno cleared = clear_for_move(request);
  if (cleared != Errno::Ok) return failed(cleared);
  const Errno source = check_source(rest);
  if (source != Errno::Ok) return failed(source);
  if (has(rest.flags, kMremapFixed)) return move_vma(rest, rest.new_address);
  return move_somewhere(rest);
}

// What lies at the target, and what the mapping loses by shrinking.
Errno AddressSpace::clear_for_move(const MremapRequest& request) {
  if (has(request.flags, kMremapFixed)) {
    const Errno unmapped = do_munmap(request.new_address.value(), request.new_length);
    if (unmapped != Errno::Ok) return unmapped;
  }
  if (request.old_length <= request.new_length) return Errno::Ok;
  return do_munmap(request.old_address.value() + request.new_length,
                   request.old_length - request.new_length);
}

MmapResult AddressSpace::move_somewhere(const MremapRequest& request) {
  const MmapResult place = first_fit(request.new_length);
  return place.ok() ? move_vma(request, place.address) : place;
}

// The rest of sys_mremap: shrink, grow in place, or grow somewhere else. Equal lengths are not
// looked at any further, and before 5.16 there need not even be a mapping.
MmapResult AddressSpace::resize(const MremapRequest& request) {
  const std::uint64_t start = request.old_address.value();
  if (request.old_length >= request.new_length) {
    const std::uint64_t less = request.old_length - request.new_length;
    const Errno cut = do_munmap(start + request.new_length, less);
    if (cut != Errno::Ok && less != 0) return failed(cut);
    return {Errno::Ok, request.old_address};
  }
  const Errno source = check_source(request);
  if (source != Errno::Ok) return failed(source);

  const VirtualPage old_end = page_at(start + request.old_length);
  const PageCount more((request.new_length - request.old_length) >> kPageShift);
  const Vma& vma = *vmas_.containing(page_of(request.old_address));
  if (vma.end == old_end && grow_in_place(old_end, more)) return {Errno::Ok, request.old_address};
  if (!has(request.flags, kMremapMaymove)) return failed(Errno::Enomem);
  return move_somewhere(request);
}

// vma_expandable: nothing in the way. The new part of a locked VMA is populated.
bool AddressSpace::grow_in_place(VirtualPage old_end, PageCount more) {
  if (!is_free(bytes_before(old_end), bytes_of(more).value())) return false;
  auto vma = vmas_.find(old_end - PageCount(1));
  const VirtualPage end = old_end + more;
  if (kernel_.move.growing_merges) {
    Vma grown = vma->second;
    grown.offset = grown.linear_offset(old_end);
    grown.start = old_end;
    grown.end = end;
    const VmaTree::Merged merged = vmas_.merge(grown, kernel_.merge);
    if (!merged.done) return false;
    vma = merged.vma;
    meter_.did(KernelWork::VmaRemove, merged.removed);
    note_vma_count();
  } else {
    vmas_.set_end(vma, end);
  }
  set_nodes_aside();
  meter_.did(KernelWork::VmaAdjust);
  if (vma->second.locked) populate_mapping({old_end, end}, true);
  return true;
}

}  // namespace tessera::vm
