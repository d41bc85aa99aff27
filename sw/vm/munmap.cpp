#include <algorithm>
#include <iterator>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

Errno AddressSpace::munmap(EffectiveAddress start, std::uint64_t length_bytes) {
  ++meter_.counters().mapping_calls;
  meter_.did(KernelWork::SystemCall);
  const Errno error = do_munmap(start.value(), as_word(length_bytes));
  if (error != Errno::Ok) ++meter_.counters().mapping_calls_failed;
  return error;
}

// linux-vm.md D2.
Errno AddressSpace::do_munmap(std::uint32_t start, std::uint32_t length) {
  const std::uint32_t task_size = kernel_.task_size.value();
  if (start != page_floor(start) || start > task_size || length > task_size - start) {
    return Errno::Einval;
  }
  length = page_ceiling(length);
  if (length == 0) return Errno::Einval;
  const VirtualPage first = page_of(EffectiveAddress(start));
  const VirtualPage end = first + PageCount(length >> kPageShift);

  searched_vmas();
  const auto vma = vmas_.find(first);
  if (vma == vmas_.end() || end <= vma->second.start) return Errno::Ok;
  meter_.did(KernelWork::MunmapBase);
  const Errno split = split_edges(first, end);
  if (split != Errno::Ok) return split;
  unmap_region(first, end);
  return Errno::Ok;
}

// After this no VMA crosses `start` or `end`. Only a cut strictly inside one VMA is refused at
// the limit: it alone leaves more VMAs behind than there were.
Errno AddressSpace::split_edges(VirtualPage start, VirtualPage end) {
  auto vma = vmas_.find(start);
  if (vma->second.start < start) {
    if (end < vma->second.end && vmas_.size() >= kernel_.max_map_count) return Errno::Enomem;
    vmas_.split(vma, start);
    meter_.did(KernelWork::VmaSplit);
    note_vma_count();
  }
  const auto last = vmas_.find(end);
  if (last != vmas_.end() && last->second.start < end) {
    vmas_.split(last, end);
    meter_.did(KernelWork::VmaSplit);
    note_vma_count();
  }
  return Errno::Ok;
}

void AddressSpace::unmap_region(VirtualPage start, VirtualPage end) {
  std::uint64_t cleared = 0;
  auto vma = vmas_.find(start);
  const VirtualPage first = vma->second.start;
  VirtualPage last = first;
  while (vma != vmas_.end() && vma->second.start < end) {
    cleared += zap(vma->second);
    last = vma->second.end;
    vma = vmas_.erase(vma);
    meter_.did(KernelWork::VmaRemove);
  }
  note_vma_count();
  const Vma* below = vmas_.before(start);
  const VirtualPage floor = below == nullptr ? VirtualPage(0) : below->end;
  const VirtualPage ceiling = vma == vmas_.end() ? page_of(kernel_.task_size) : vma->second.start;
  const unsigned freed = table_.release(first, last, floor, ceiling);
  // The gather flushes once, and only if something was there (linux-vm.md D7).
  if (cleared != 0 || freed != 0) flush_pid(FlushCause::Unmap);
}

// The number of present entries cleared.
std::uint64_t AddressSpace::zap(const Vma& vma) {
  std::uint64_t cleared = 0;
  for (VirtualPage page = vma.start; page < vma.end;) {
    const VirtualPage span_end = std::min(table_.next_span(page), vma.end);
    const auto slot = table_.find(page);
    if (!slot) {
      page = span_end;
      continue;
    }
    meter_.did(KernelWork::ZapEntry, (span_end - page).value());
    for (RealAddress entry = *slot; page < span_end; page += PageCount(1)) {
      if (zap_entry(page, entry, vma)) ++cleared;
      entry += table_.entry_bytes();
    }
  }
  return cleared;
}

bool AddressSpace::zap_entry(VirtualPage page, RealAddress slot, const Vma& vma) {
  const pte::Raw entry = table_.load(slot);
  if (pte::is_none(format_, entry)) return false;
  table_.clear(slot, entry);
  if (!pte::is_present(format_, entry)) return false;
  meter_.did(KernelWork::ZapPage);
  const FrameNumber frame = pte::frame_of(format_, entry);
  if (is_private_copy(frame, page, vma)) frames_.release(frame);
  return true;
}

}  // namespace tessera::vm
