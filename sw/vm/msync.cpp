#include <algorithm>
#include <limits>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

// Holes are passed over and reported in the end.
Errno AddressSpace::msync(EffectiveAddress start, std::uint64_t length_bytes, unsigned flags) {
  meter_.did(KernelWork::SystemCall);
  if ((flags & ~(kMsAsync | kMsInvalidate | kMsSync)) != 0) return finished(Errno::Einval);
  if (!is_page_aligned(start)) return finished(Errno::Einval);
  if ((flags & kMsAsync) != 0 && (flags & kMsSync) != 0) return finished(Errno::Einval);
  const std::uint64_t end = kernel_.word(start.value() + page_align(kernel_, length_bytes));
  if (end < start.value()) return finished(Errno::Enomem);
  searched_vmas();
  Range range{page_of(start), page_at(end)};
  Errno hole = Errno::Ok;
  for (auto vma = vmas_.find(range.start); range.start < range.end; ++vma) {
    if (vma == vmas_.end() || range.end <= vma->second.start) return finished(Errno::Enomem);
    if (range.start < vma->second.start) hole = Errno::Enomem;
    if ((flags & kMsInvalidate) != 0 && vma->second.locked) return finished(Errno::Ebusy);
    const Range part{std::max(range.start, vma->second.start),
                     std::min(range.end, vma->second.end)};
    if (kernel_.sync.walks_page_table) {
      sync_page_table(part, vma->second);
    }
    if ((flags & kMsSync) != 0) sync_vma(part, vma->second);
    range.start = vma->second.end;
  }
  return finished(hole);
}

// filemap_sync: the dirty marks go from the entries to the pages, whatever the file system, and
// what was dirty stays writable.
void AddressSpace::sync_page_table(Range range, const Vma& vma) {
  if (vma.file == nullptr || !vma.shared) return;
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    const auto slot = table_.find(page);
    const pte::Raw entry = slot ? table_.load(*slot) : 0;
    if (!pte::is_present(format_, entry) || !pte::is_dirty(format_, entry)) continue;
    pass_dirty_on(entry, vma);
    table_.store(*slot, pte::without_dirty(format_, entry));
    flush_page(page, FlushCause::Clean);
  }
  flush_pid(FlushCause::Clean);
}

// vfs_fsync: a nonlinear VMA's pages are not known by their place, so all of the file is
// written (linux-vm.md C).
void AddressSpace::sync_vma(Range range, const Vma& vma) const {
  if (vma.file == nullptr || !vma.shared) return;
  if (kernel_.sync.only_the_range && !vma.nonlinear) {
    vma.file->write_back(vma.linear_offset(range.start), vma.linear_offset(range.end));
  } else {
    vma.file->write_back(PageOffset(0), PageOffset(std::numeric_limits<std::uint64_t>::max()));
  }
}

}  // namespace tessera::vm
