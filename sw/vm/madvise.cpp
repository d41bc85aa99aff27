#include <algorithm>
#include <limits>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

namespace {

void set_advice(VmaKind& kind, Advice advice) {
  kind.random_read = advice == Advice::Random;
  kind.sequential_read = advice == Advice::Sequential;
}

}  // namespace

// Holes are passed over and reported in the end; anything else ends the walk.
Errno AddressSpace::madvise(EffectiveAddress start, std::uint64_t length_bytes, Advice advice) {
  meter_.did(KernelWork::SystemCall);
  if (!is_page_aligned(start)) return finished(Errno::Einval);
  const std::uint64_t length = page_align(kernel_, length_bytes);
  if (kernel_.word(length_bytes) != 0 && length == 0) return finished(Errno::Einval);
  const std::uint64_t end = kernel_.word(start.value() + length);
  if (end < start.value()) return finished(Errno::Einval);
  searched_vmas();
  Range range{page_of(start), page_at(end)};
  Errno hole = Errno::Ok;
  for (auto vma = vmas_.find(range.start); range.start < range.end; ++vma) {
    if (vma == vmas_.end() || range.end <= vma->second.start) return finished(Errno::Enomem);
    if (range.start < vma->second.start) {
      hole = Errno::Enomem;
      range.start = vma->second.start;
    }
    const Range part{range.start, std::min(range.end, vma->second.end)};
    const Errno error = advise_vma(part, vma, advice);
    if (error != Errno::Ok) return finished(error);
    range.start = std::max(part.end, vma->second.end);
  }
  return finished(hole);
}

// `vma` becomes the VMA that covers `range` afterwards.
Errno AddressSpace::advise_vma(Range range, VmaTree::iterator& vma, Advice advice) {
  if (advice == Advice::DontNeed) return discard(range, vma->second);
  if (advice == Advice::Remove && !kernel_.knows_madvise_remove) return Errno::Einval;
  if (advice == Advice::Remove) return remove(range, vma->second);
  if (advice == Advice::WillNeed) return vma->second.file == nullptr ? Errno::Ebadf : Errno::Ok;
  VmaKind kind = vma->second.kind();
  set_advice(kind, advice);
  if (kind == vma->second.kind()) return Errno::Ok;
  const Errno error = change_kind(range, vma, kind);
  return error == Errno::Enomem ? Errno::Eagain : error;
}

// madvise_dontneed: a nonlinear VMA keeps its offsets (linux-vm.md C).
Errno AddressSpace::discard(Range range, const Vma& vma) {
  if (vma.locked || vma.pfn_map || vma.hugetlb()) return Errno::Einval;
  const PageOffset end_of_files(std::numeric_limits<std::uint64_t>::max());
  const Zapped zapped =
      vma.nonlinear ? zap_file_entries(range, vma, PageOffset(0), end_of_files, FlushCause::Discard)
                    : zap(range, vma, FlushCause::Discard);
  if (zapped.needs_flush) flush_pid(FlushCause::Discard);
  return Errno::Ok;
}

// madvise_remove: a hole in the file, so that everyone loses the pages.
Errno AddressSpace::remove(Range range, const Vma& vma) {
  if (vma.locked || vma.nonlinear || vma.file == nullptr) return Errno::Einval;
  if (!vma.shared || !vma.protection.write) return Errno::Eacces;
  return vma.file->punch_hole(vma.linear_offset(range.start), vma.linear_offset(range.end));
}

}  // namespace tessera::vm
