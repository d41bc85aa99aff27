#include <algorithm>

#include "sw/vm/address_space.hpp"
#include "sw/vm/rounding.hpp"

namespace tessera::vm {

// move_vma: a VMA of the same kind at the new place, the entries move over, and the old place
// is unmapped. The old range may be shorter than the new one, and empty to duplicate a mapping.
MmapResult AddressSpace::move_vma(const MremapRequest& request, EffectiveAddress target) {
  constexpr std::uint32_t kSplitReserve = 3;
  if (vmas_.size() >= kernel_.max_map_count - kSplitReserve) return {Errno::Enomem, {}};
  const VirtualPage from = page_of(request.old_address);
  const VirtualPage to = page_of(target);
  const PageCount old_pages(request.old_length >> kPageShift);
  const PageCount new_pages(request.new_length >> kPageShift);
  const Vma source = *vmas_.containing(from);
  copy_vma(source, from, {to, to + new_pages});
  const PageCount moved = move_entries(from, to, old_pages);
  if (moved < old_pages) {
    move_entries(to, from, moved);
    do_munmap(target.value(), request.new_length);
    return {Errno::Enomem, {}};
  }

  if (old_pages == PageCount(0)) {
    if (source.account && kernel_.move.duplicating_drops_account) drop_account(from);
  } else if ((request.flags & kMremapDontunmap) != 0) {
    leave_source({from, from + old_pages});
  } else {
    do_munmap(request.old_address.value(), request.old_length);
  }
  if (source.locked && old_pages < new_pages) {
    populate_mapping({to + old_pages, to + new_pages}, true);
  }
  return {Errno::Ok, target};
}

// Linux takes the mark off before it unmaps the source, and puts it back only if that worked.
void AddressSpace::drop_account(VirtualPage page) {
  const auto vma = vmas_.find(page);
  VmaKind kind = vma->second.kind();
  kind.account = false;
  vmas_.set_kind(vma, kind);
}

// copy_vma: private memory without pages yet takes the offsets of its new place, which lets it
// merge there.
void AddressSpace::copy_vma(const Vma& source, VirtualPage start, Range to) {
  Vma copy = source;
  copy.offset = source.linear_offset(start);
  if (source.file == nullptr && source.anon_identity == 0) {
    copy.offset = PageOffset(to.start.value());
  }
  copy.start = to.start;
  copy.end = to.end;
  set_nodes_aside();
  const VmaTree::Merged merged = vmas_.merge(copy, kernel_.merge);
  if (merged.done) {
    meter_.did(KernelWork::VmaAdjust);
    meter_.did(KernelWork::VmaRemove, merged.removed);
  } else {
    vmas_.insert(copy);
    meter_.did(KernelWork::VmaInsert);
  }
  note_vma_count();
}

// move_page_tables. Every entry that is not none moves as it is, file PTEs too (linux-vm.md C).
// Where no frame is left for a PTE page at the new place it stops: the caller moves back what has
// moved (move_vma of mm/mremap.c, all kernels here). Returns how far it came.
PageCount AddressSpace::move_entries(VirtualPage from, VirtualPage to, PageCount pages) {
  bool flush_at_end = false;
  const VirtualPage start = from;
  const VirtualPage end = from + pages;
  while (from < end) {
    const PageCount left = end - from;
    const PageCount span =
        std::min({left, table_.next_span(from) - from, table_.next_span(to) - to});
    if (table_.find(from)) {
      if (!table_.find_or_allocate(to)) break;
      const bool moved = move_span(from, to, span);
      if (kernel_.move.flushes_empty_tables) {
        flush_at_end = true;
      } else if (moved && !kernel_.move.flushes_each_entry) {
        flush_range(from, span, FlushCause::Move);
      }
    }
    from += span;
    to += span;
  }
  if (flush_at_end) flush_pid(FlushCause::Move);
  return from - start;
}

// Both places have PTE pages.
bool AddressSpace::move_span(VirtualPage from, VirtualPage to, PageCount pages) {
  bool moved = false;
  RealAddress old_slot = table_.find(from).value();
  RealAddress new_slot = table_.find(to).value();
  meter_.did(KernelWork::MoveEntry, pages.value());
  for (PageCount done(0); done < pages; done += PageCount(1)) {
    const pte::Raw entry = table_.load(old_slot);
    if (!pte::is_none(format_, entry)) {
      table_.clear(old_slot, entry);
      if (kernel_.move.flushes_each_entry) flush_page(from + done, FlushCause::Move);
      table_.store(new_slot, entry);
      moved = moved || pte::is_present(format_, entry);
    }
    old_slot += table_.entry_bytes();
    new_slot += table_.entry_bytes();
  }
  return moved;
}

// MREMAP_DONTUNMAP: the source stays, without its pages. It is the whole VMA that is no longer
// locked, not just the range, and it is not merged with its neighbours.
void AddressSpace::leave_source(Range from) {
  const auto vma = vmas_.find(from.start);
  VmaKind kind = vma->second.kind();
  kind.locked = false;
  vmas_.set_kind(vma, kind);
  const bool is_all = vma->second.start == from.start && vma->second.end == from.end;
  if (is_all) vma->second.anon_identity = 0;
}

}  // namespace tessera::vm
