#include <algorithm>
#include <utility>

#include "tb/storm/ledger.hpp"

/// What system calls do to the contents of pages.
namespace tessera::storm {

namespace {

std::uint64_t pages_in(std::uint64_t bytes) {
  return (bytes + kPageBytes.value() - 1) >> kPageShift;
}

VirtualPage after(VirtualPage page, std::uint64_t pages) { return page + PageCount(pages); }

}  // namespace

Ledger::Cell Ledger::linear_cell(const Cell& base, std::uint64_t linear) {
  Cell cell;
  cell.file = base.file;
  cell.shared = base.shared;
  cell.linear = linear;
  cell.offsets = {linear};
  return cell;
}

void Ledger::drop_unmapped(Memory& memory, VirtualPage start, std::uint64_t pages,
                           const IsMapped& is_mapped) {
  auto cell = memory.cells.lower_bound(start);
  while (cell != memory.cells.end() && cell->first < after(start, pages)) {
    cell = is_mapped(cell->first) ? std::next(cell) : memory.cells.erase(cell);
  }
}

void Ledger::mapped(Process process, const vm::MmapRequest& request, const vm::MmapResult& result,
                    const IsMapped& is_mapped) {
  Memory& memory = processes_[process];
  const std::uint64_t pages = pages_in(request.length_bytes);
  if (!result.ok()) return drop_unmapped(memory, page_of(request.address), pages, is_mapped);
  Cell base;
  base.shared = vm::has(request.flags, vm::kMapShared);
  std::uint64_t first = request.page_offset;
  if (!vm::has(request.flags, vm::kMapAnonymous)) {
    base.file = files_.at(request.file);
  } else {
    first = 0;
    if (base.shared) {
      base.file = std::make_shared<MappedFile>(
          MappedFile{ReferenceFile(pages, true), !kernel_.remap.is_emulated, true});
    }
  }
  const bool faults_in = memory.locks_future || vm::has(request.flags, vm::kMapPopulate) ||
                         vm::has(request.flags, vm::kMapLocked);
  for (std::uint64_t i = 0; i < pages; ++i) {
    Cell cell = linear_cell(base, first + i);
    if (faults_in) snapshot(cell);
    memory.cells.insert_or_assign(after(page_of(result.address), i), std::move(cell));
  }
}

void Ledger::unmapped(Process process, EffectiveAddress start, std::uint64_t bytes, vm::Errno error,
                      const IsMapped& is_mapped) {
  Memory& memory = processes_[process];
  const std::uint64_t pages = pages_in(bytes);
  if (error != vm::Errno::Ok) return drop_unmapped(memory, page_of(start), pages, is_mapped);
  memory.cells.erase(memory.cells.lower_bound(page_of(start)),
                     memory.cells.lower_bound(after(page_of(start), pages)));
}

void Ledger::moved(Process process, const vm::MremapRequest& request, const vm::MmapResult& result,
                   const IsMapped& is_mapped) {
  Memory& memory = processes_[process];
  const std::uint64_t old_pages = pages_in(request.old_length);
  const std::uint64_t new_pages = pages_in(request.new_length);
  const bool whole = vm::has(request.flags, vm::kMremapFixed) && old_pages == new_pages;
  const bool spans = whole && kernel_.move.may_span_vmas;
  if (!result.ok()) return failed_move(memory, request, spans, is_mapped);
  const VirtualPage from = page_of(request.old_address);
  const VirtualPage to = page_of(result.address);
  if (to != from) return move_cells(memory, request, to, spans);
  auto& cells = memory.cells;
  if (new_pages <= old_pages) {
    cells.erase(cells.lower_bound(after(from, new_pages)),
                cells.lower_bound(after(from, old_pages)));
    return;
  }
  const Cell last = cells.at(after(from, old_pages - 1));
  for (std::uint64_t i = old_pages; i < new_pages; ++i) {
    Cell grown = linear_cell(last, last.linear + i - old_pages + 1);
    snapshot(grown);
    cells.insert_or_assign(after(from, i), std::move(grown));
  }
}

// `gaps_stay`: between VMAs that move together the target is left alone (linux-vm.md L, 6.18).
void Ledger::move_cells(Memory& memory, const vm::MremapRequest& request, VirtualPage target,
                        bool gaps_stay) {
  auto& cells = memory.cells;
  const VirtualPage from = page_of(request.old_address);
  const std::uint64_t old_pages = pages_in(request.old_length);
  const std::uint64_t new_pages = pages_in(request.new_length);
  const Cell first = cells[from];
  std::map<std::uint64_t, Cell> taken;
  for (std::uint64_t i = 0; i < old_pages; ++i) {
    const auto cell = cells.find(after(from, i));
    if (cell == cells.end()) continue;
    if (i < new_pages) taken[i] = cell->second;
    if (!vm::has(request.flags, vm::kMremapDontunmap)) {
      cells.erase(cell);
    } else if (!cell->second.shared) {
      lose_copies(cell->second, true);
    }
  }
  for (std::uint64_t i = 0; i < new_pages; ++i) {
    const auto cell = taken.find(i);
    if (cell != taken.end()) {
      cells.insert_or_assign(after(target, i), cell->second);
    } else if (!gaps_stay) {
      const Cell& base = taken.empty() ? first : taken.rbegin()->second;
      const std::uint64_t ahead = taken.empty() ? i : i - taken.rbegin()->first;
      Cell grown = linear_cell(base, base.linear + ahead);
      snapshot(grown);
      cells.insert_or_assign(after(target, i), std::move(grown));
    }
  }
}

// What was to make room is gone, perhaps; of several VMAs the first may have moved.
void Ledger::failed_move(Memory& memory, const vm::MremapRequest& request, bool may_be_partial,
                         const IsMapped& is_mapped) {
  const VirtualPage from = page_of(request.old_address);
  const VirtualPage to = page_of(request.new_address);
  const std::uint64_t old_pages = pages_in(request.old_length);
  const std::uint64_t new_pages = pages_in(request.new_length);
  const bool has_target = vm::has(request.flags, vm::kMremapFixed);
  drop_unmapped(memory, from, old_pages, is_mapped);
  if (!has_target) return;
  drop_unmapped(memory, to, new_pages, is_mapped);
  if (!may_be_partial) return;
  for (std::uint64_t i = 0; i < new_pages; ++i) {
    for (const VirtualPage page : {after(from, i), after(to, i)}) {
      if (is_mapped(page)) memory.cells[page].unchecked = true;
    }
  }
}

void Ledger::remap_cell(Cell& cell, const std::shared_ptr<MappedFile>& file, std::uint64_t offset,
                        bool certainly) const {
  std::vector<std::uint64_t> offsets{offset};
  if (!certainly) offsets = cell.offsets;
  const auto may_show = [&](std::uint64_t page) {
    if (std::find(offsets.begin(), offsets.end(), page) == offsets.end()) offsets.push_back(page);
  };
  may_show(offset);
  cell.file = file;
  if (certainly && !kernel_.remap.forgets_offsets) cell.unchecked = false;
  if (!file->is_native && certainly) cell.linear = offset;
  // Such a kernel goes back to the linear page when it takes a page out of memory (A1).
  if (kernel_.remap.forgets_offsets) may_show(cell.linear);
  cell.offsets = std::move(offsets);
}

void Ledger::remapped(Process process, EffectiveAddress start, std::uint64_t bytes,
                      std::uint64_t pgoff, unsigned flags, vm::Errno error,
                      const IsMapped& is_mapped) {
  if (error == vm::Errno::Einval) return;
  Memory& memory = processes_[process];
  const std::uint64_t pages = bytes >> kPageShift;
  const VirtualPage first = page_of(start);
  const auto source = memory.cells.find(first);
  if (source == memory.cells.end()) return;
  const std::shared_ptr<MappedFile> file = source->second.file;
  if (error != vm::Errno::Ok) drop_unmapped(memory, first, pages, is_mapped);
  const bool skips = kernel_.remap.forgets_offsets && vm::has(flags, vm::kMapNonblock);
  for (std::uint64_t i = 0; i < pages; ++i) {
    const auto cell = memory.cells.find(after(first, i));
    if (cell == memory.cells.end()) continue;
    if (file == nullptr) cell->second.unchecked = true;
    if (file == nullptr) continue;
    remap_cell(cell->second, file, pgoff + i, error == vm::Errno::Ok && !skips);
  }
}

void Ledger::advised(Process process, EffectiveAddress start, std::uint64_t bytes,
                     vm::Advice advice, vm::Errno error) {
  if (offset_in_page(start) != Bytes(0)) return;
  Memory& memory = processes_[process];
  const VirtualPage first = page_of(start);
  const std::uint64_t pages = pages_in(bytes);
  if (advice == vm::Advice::Remove) return remove(memory, first, pages, error);
  if (advice != vm::Advice::DontNeed) return;
  // ENOMEM tells of holes; what is mapped was done all the same.
  const bool certainly = error == vm::Errno::Ok || error == vm::Errno::Enomem;
  for (auto at = memory.cells.lower_bound(first);
       at != memory.cells.end() && at->first < after(first, pages); ++at) {
    Cell& cell = at->second;
    if (!cell.shared) {
      lose_copies(cell, certainly);
    } else if (kernel_.remap.forgets_offsets && certainly) {
      cell.offsets = {cell.linear};
      cell.unchecked = false;
    }
  }
}

void Ledger::remove(Memory& memory, VirtualPage start, std::uint64_t pages, vm::Errno error) {
  if (!kernel_.knows_madvise_remove) return;
  const bool certainly = error == vm::Errno::Ok || error == vm::Errno::Enomem;
  std::vector<std::pair<std::shared_ptr<MappedFile>, std::uint64_t>> gone;
  for (auto at = memory.cells.lower_bound(start);
       at != memory.cells.end() && at->first < after(start, pages); ++at) {
    const Cell& cell = at->second;
    if (cell.shared && cell.file->punches_holes) gone.emplace_back(cell.file, cell.linear);
  }
  for (const auto& [file, page] : gone) {
    file->contents.punch(page, certainly);
    lose_pages(*file, page, page + 1, certainly);
  }
}

}  // namespace tessera::storm
