#include <algorithm>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

namespace {

constexpr PageCount kClusterPages{32};

VirtualPage page_of_offset(const Vma& vma, PageOffset offset) {
  return vma.start + (offset - vma.offset);
}

}  // namespace

// shrink_page_list for one page. Linear mappings are asked whether they used the page, nonlinear
// ones cannot be found by it (linux-vm.md C).
bool File::reclaim(PageOffset offset) {
  const auto frame = cached(offset);
  const bool has_room = is_on_disk() || swap_ != nullptr;
  if (!file_system_->can_reclaim || !frame || !has_room) return false;
  if (!unmap_unused(offset, *frame)) return false;
  if (!is_on_disk()) return move_to_swap(offset, *frame);
  // What is clean is on the disk already.
  if (is_dirty(offset)) store(offset, *frame);
  drop_pages(offset, offset + PageCount(1));
  absent_.insert(offset.value());
  return true;
}

// shmem_writepage: the entry in the tree takes the page's place; if the device is full the page
// stays, unmapped.
bool File::move_to_swap(PageOffset offset, FrameNumber frame) {
  const auto slot = swap_->store(image_of(hardware_, frame));
  if (!slot) return false;
  drop_pages(offset, offset + PageCount(1));
  swapped_.emplace(offset.value(), *slot);
  return true;
}

// The clock goes round twice: what was used lately has lost its mark by then.
bool File::shrink() {
  for (std::size_t tries = 2 * shrinkable_.size(); tries != 0; --tries) {
    auto next = shrinkable_.upper_bound(hand_);
    if (next == shrinkable_.end()) next = shrinkable_.begin();
    hand_ = *next;
    if (reclaim(PageOffset(hand_))) return true;
  }
  return false;
}

bool File::unmap_unused(PageOffset offset, FrameNumber frame) {
  bool used = false;
  for (const FileMapping& mapping : mappings_of(offset)) {
    if (mapping.space->age_file_page(mapping, offset)) used = true;
  }
  if (used) return false;
  bool mapped = false;
  for (const FileMapping& mapping : mappings_of(offset)) {
    if (!mapping.space->unmap_file_page(mapping, offset)) mapped = true;
  }
  unmap_clusters(frame);
  for (const FileMapping& mapping : mappings_.nonlinear()) {
    if (mapping.space->count_mapped(mapping, frame) != 0) mapped = true;
  }
  return !mapped;
}

// try_to_unmap_file: nobody knows where in the nonlinear VMAs the page is, so that pages are
// unmapped cluster by cluster until as many are gone as the page had mappings.
void File::unmap_clusters(FrameNumber frame) {
  const std::vector<FileMapping> mappings = mappings_.nonlinear();
  std::uint64_t budget = 0;
  PageCount cursor(0);
  PageCount size(0);
  for (const FileMapping& mapping : mappings) {
    // The kernel reads the count from the page; looking at all entries gives the same number.
    budget += mapping.space->count_mapped(mapping, frame);
    cursor = std::max(cursor, mapping.space->reclaim_cursor(mapping));
    size = std::max(size, mapping.end - mapping.offset);
  }
  for (cursor = std::max(cursor, kClusterPages); budget != 0; cursor += kClusterPages) {
    for (const FileMapping& mapping : mappings) {
      const std::uint64_t gone = mapping.space->unmap_up_to(mapping, cursor, budget);
      budget -= std::min(budget, gone);
      if (budget == 0) return;
    }
    if (size <= cursor) break;
  }
  if (budget == 0) return;
  for (const FileMapping& mapping : mappings) mapping.space->reset_reclaim_cursor(mapping);
}

bool AddressSpace::age_file_page(const FileMapping& mapping, PageOffset offset) {
  const Vma& vma = *vmas_.containing(mapping.start);
  bool used = false;
  for (const VirtualPage page : places_of(vma, offset)) {
    const auto slot = table_.find(page);
    if (!slot || !maps_page_of_file(table_.load(*slot), vma, offset)) continue;
    if (vma.locked || age_entry(page, *slot)) used = true;
  }
  return used;
}

// Where a VMA may map a page of its file: at its linear place, or anywhere if the kernel keeps no
// record of what it remapped.
std::vector<VirtualPage> AddressSpace::places_of(const Vma& vma, PageOffset offset) const {
  if (!kernel_.remap.forgets_offsets) return {page_of_offset(vma, offset)};
  std::vector<VirtualPage> places;
  for (VirtualPage page = vma.start; page < vma.end; page += PageCount(1)) {
    if (maps_page_of_file(table_.peek(page), vma, offset)) places.push_back(page);
  }
  return places;
}

// try_to_unmap_one.
bool AddressSpace::unmap_file_page(const FileMapping& mapping, PageOffset offset) {
  const Vma& vma = *vmas_.containing(mapping.start);
  for (const VirtualPage page : places_of(vma, offset)) {
    const auto slot = table_.find(page);
    const pte::Raw entry = slot ? table_.load(*slot) : 0;
    if (!slot || !maps_page_of_file(entry, vma, offset)) continue;
    if (vma.locked) return false;
    table_.clear(*slot, entry);
    pass_dirty_on(entry, vma);
    leave_rss(pte::frame_of(format_, entry));
    flush_page(page, FlushCause::Reclaim);
  }
  return true;
}

bool AddressSpace::maps_page_of_file(pte::Raw entry, const Vma& vma, PageOffset offset) const {
  return pte::is_present(format_, entry) &&
         vma.file->cached(offset) == pte::frame_of(format_, entry);
}

// Clusters from the VMA's cursor on, which moves along; the number of pages unmapped.
std::uint64_t AddressSpace::unmap_up_to(const FileMapping& mapping, PageCount limit,
                                        std::uint64_t budget) {
  Vma& vma = *vmas_.containing(mapping.start);
  std::uint64_t gone = 0;
  while (vma.reclaim_cursor < limit && vma.reclaim_cursor < vma.pages()) {
    const PageCount next = vma.reclaim_cursor + kClusterPages;
    if (!vma.locked) {
      gone += unmap_cluster(
          {vma.start + vma.reclaim_cursor, vma.start + std::min(next, vma.pages())}, vma);
    }
    vma.reclaim_cursor = next;
    if (gone >= budget) return gone;
  }
  vma.reclaim_cursor = limit;
  return gone;
}

// try_to_unmap_cluster: a page used lately stays and is only marked; the offset is remembered
// unless it is the linear one.
std::uint64_t AddressSpace::unmap_cluster(Range range, const Vma& vma) {
  std::uint64_t gone = 0;
  for (VirtualPage page = range.start; page < range.end; page += PageCount(1)) {
    const auto slot = table_.find(page);
    const pte::Raw entry = slot ? table_.load(*slot) : 0;
    if (!pte::is_present(format_, entry) || age_entry(page, *slot)) continue;
    table_.clear(*slot, entry);
    pass_dirty_on(entry, vma);
    leave_rss(pte::frame_of(format_, entry));
    flush_page(page, FlushCause::Reclaim);
    const PageOffset linear = vma.linear_offset(page);
    const PageOffset offset = vma.file->index_of(pte::frame_of(format_, entry)).value_or(linear);
    if (offset != linear) table_.store(*slot, pte::pgoff_to_pte(format_, offset));
    ++gone;
  }
  return gone;
}

std::uint64_t AddressSpace::count_mapped(const FileMapping& mapping, FrameNumber frame) const {
  const Vma& vma = *vmas_.containing(mapping.start);
  std::uint64_t count = 0;
  for (VirtualPage page = vma.start; page < vma.end; page += PageCount(1)) {
    const pte::Raw entry = table_.peek(page);
    if (pte::is_present(format_, entry) && pte::frame_of(format_, entry) == frame) ++count;
  }
  return count;
}

void AddressSpace::count_mapped(std::unordered_map<std::uint64_t, unsigned>& counts) const {
  table_.visit([&](VirtualPage, pte::Raw entry) {
    if (pte::is_present(format_, entry)) ++counts[pte::frame_of(format_, entry).value()];
  });
}

PageCount AddressSpace::reclaim_cursor(const FileMapping& mapping) const {
  return vmas_.containing(mapping.start)->reclaim_cursor;
}

void AddressSpace::reset_reclaim_cursor(const FileMapping& mapping) {
  vmas_.containing(mapping.start)->reclaim_cursor = PageCount(0);
}

}  // namespace tessera::vm
