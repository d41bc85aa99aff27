#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

Errno AddressSpace::munmap(EffectiveAddress start, std::uint64_t length_bytes) {
  meter_.did(KernelWork::SystemCall);
  return finished(do_munmap(start.value(), kernel_.word(length_bytes)));
}

// linux-vm.md D2.
Errno AddressSpace::do_munmap(std::uint64_t start, std::uint64_t length) {
  const std::uint64_t task_size = kernel_.task_size.value();
  if (start != page_floor(start) || start > task_size || length > task_size - start) {
    return Errno::Einval;
  }
  length = page_align(kernel_, length);
  if (length == 0) return Errno::Einval;
  const Range range{page_at(start), page_at(start + length)};

  searched_vmas();
  const auto vma = vmas_.find(range.start);
  if (vma == vmas_.end() || range.end <= vma->second.start) return Errno::Ok;
  meter_.did(KernelWork::MunmapBase);
  set_nodes_aside();
  const Errno split = split_edges(range);
  if (split != Errno::Ok) return split;
  unmap_region(range);
  return Errno::Ok;
}

// After this no VMA crosses the range's ends. Only a cut strictly inside one VMA is refused at
// the limit: it alone leaves more VMAs behind than there were.
Errno AddressSpace::split_edges(Range range) {
  auto vma = vmas_.find(range.start);
  if (vma->second.start < range.start) {
    if (range.end < vma->second.end && vmas_.size() >= kernel_.max_map_count) {
      return Errno::Enomem;
    }
    if (!can_cut(vma->second, range.start)) return Errno::Einval;
    set_nodes_aside();
    vmas_.split(vma, range.start);
    meter_.did(KernelWork::VmaSplit);
    note_vma_count();
  }
  const auto last = vmas_.find(range.end);
  if (last != vmas_.end() && last->second.start < range.end) {
    if (!can_cut(last->second, range.end)) return Errno::Einval;
    set_nodes_aside();
    vmas_.split(last, range.end);
    meter_.did(KernelWork::VmaSplit);
    note_vma_count();
  }
  return Errno::Ok;
}

void AddressSpace::unmap_region(Range range) {
  bool needs_flush = false;
  auto vma = vmas_.find(range.start);
  const VirtualPage first = vma->second.start;
  VirtualPage last = first;
  while (vma != vmas_.end() && vma->second.start < range.end) {
    const Vma& gone = vma->second;
    const Zapped zapped = zap({gone.start, gone.end}, gone, FlushCause::Unmap);
    needs_flush = zapped.needs_flush || (needs_flush && !zapped.flushed);
    last = gone.end;
    File* const file = gone.file;
    vma = vmas_.erase(vma);
    note_unmapped(file);
    meter_.did(KernelWork::VmaRemove);
  }
  note_vma_count();
  const Vma* below = vmas_.before(range.start);
  const VirtualPage floor = below == nullptr ? VirtualPage(0) : below->end;
  const VirtualPage ceiling = vma == vmas_.end() ? kEndOfPages : vma->second.start;
  const std::optional<Pid> pid = has_context_ ? std::optional(pid_) : std::nullopt;
  const unsigned freed = table_.release(first, last, floor, ceiling, pid);
  // The gather flushes once, and only if something was there (linux-vm.md D7).
  if (needs_flush || freed != 0) flush_pid(FlushCause::Unmap);
}

// A shared anonymous file goes with the last VMA of the last process that maps it, but not before
// the system call is over: the call may be about to map it again.
void AddressSpace::note_unmapped(File* file) {
  if (file != nullptr && shared_anonymous_.count(file) != 0) unmapped_files_.push_back(file);
}

void AddressSpace::forget_unmapped_files() {
  for (const File* file : unmapped_files_) {
    const auto owned = shared_anonymous_.find(file);
    if (owned != shared_anonymous_.end() && !file->mappings().has_any_of(*this)) {
      shared_anonymous_.erase(owned);
    }
  }
  unmapped_files_.clear();
}

}  // namespace tessera::vm
