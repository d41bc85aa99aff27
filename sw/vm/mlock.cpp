#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

Errno AddressSpace::mlock(EffectiveAddress start, std::uint64_t length_bytes) {
  meter_.did(KernelWork::SystemCall);
  Range range;
  const Errno error = do_mlock(start, length_bytes, true, range);
  if (error != Errno::Ok) return finished(error);
  return finished(populate_vmas(range, false));
}

Errno AddressSpace::munlock(EffectiveAddress start, std::uint64_t length_bytes) {
  meter_.did(KernelWork::SystemCall);
  Range range;
  return finished(do_mlock(start, length_bytes, false, range));
}

// Any range of bytes will do: it is extended to whole pages.
Errno AddressSpace::do_mlock(EffectiveAddress start, std::uint64_t length_bytes, bool locked,
                             Range& range) {
  const std::uint64_t first = page_floor(start.value());
  const std::uint64_t length =
      page_align(kernel_, kernel_.word(length_bytes + offset_in_page(start).value()));
  const std::uint64_t end = kernel_.word(first + length);
  range = {page_at(first), page_at(end)};
  if (end < first) return Errno::Einval;
  return set_locked(range, locked);
}

// do_mlock of Linux: stops at the first hole; what comes before stays changed.
Errno AddressSpace::set_locked(Range range, bool locked) {
  searched_vmas();
  auto vma = vmas_.find(range.start);
  for (VirtualPage start = range.start; start < range.end; ++vma) {
    if (vma == vmas_.end() || vma->second.start > start) return Errno::Enomem;
    const Range part{start, std::min(range.end, vma->second.end)};
    VmaKind kind = vma->second.kind();
    kind.locked = locked;
    if (!(kind == vma->second.kind()) && !kind.special()) {
      const Errno error = change_kind(part, vma, kind);
      if (error != Errno::Ok) return error;
    }
    start = std::max(part.end, vma->second.end);
  }
  return Errno::Ok;
}

Errno AddressSpace::mlockall(unsigned flags) {
  meter_.did(KernelWork::SystemCall);
  if (flags == 0 || (flags & ~(kMclCurrent | kMclFuture)) != 0) return finished(Errno::Einval);
  lock_future_ = (flags & kMclFuture) != 0;
  if ((flags & kMclCurrent) == 0) return finished(Errno::Ok);
  set_all_locked(true);
  // Its errors are ignored, as those of the prefault are.
  populate_vmas({VirtualPage(0), page_of(kernel_.task_size)}, true);
  return finished(Errno::Ok);
}

Errno AddressSpace::munlockall() {
  meter_.did(KernelWork::SystemCall);
  lock_future_ = false;
  set_all_locked(false);
  return finished(Errno::Ok);
}

void AddressSpace::set_all_locked(bool locked) {
  for (auto vma = vmas_.begin(); vma != vmas_.end(); ++vma) {
    VmaKind kind = vma->second.kind();
    kind.locked = locked;
    if (kind == vma->second.kind() || kind.special()) continue;
    change_kind({vma->second.start, vma->second.end}, vma, kind);
  }
}

}  // namespace tessera::vm
