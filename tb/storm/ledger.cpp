#include "tb/storm/ledger.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

namespace tessera::storm {

void Ledger::add_file(const vm::File* file, std::uint64_t pages,
                      const vm::FileSystem& file_system) {
  // linux-vm.md A4 row 10c: kernels that account dirty pages give such files VMAs.
  const bool gets_vmas = file_system.accounts_dirty && !kernel_.remap.populates_at_once;
  files_[file] = std::make_shared<MappedFile>(MappedFile{ReferenceFile(pages, false),
                                                         !kernel_.remap.is_emulated && !gets_vmas,
                                                         file_system.punches_holes});
}

Candidates Ledger::live_of(const Cell& cell) {
  if (cell.file == nullptr) return {PageWords{}};
  Candidates all;
  for (const std::uint64_t offset : cell.offsets) {
    for (const PageWords& words : cell.file->contents.at(offset)) add(all, words);
  }
  return all;
}

// What writing to private memory in advance copies.
void Ledger::snapshot(Cell& cell) {
  if (cell.swapped == Swapped::Yes) cell.swapped = Swapped::Maybe;
  if (cell.shared || cell.file == nullptr || !cell.live) return;
  for (const PageWords& words : live_of(cell)) add(cell.copies, words);
}

void Ledger::lose_copies(Cell& cell, bool certainly) {
  cell.live = true;
  if (certainly) {
    cell.copies.clear();
    cell.swapped = Swapped::No;
  } else if (cell.swapped == Swapped::Yes) {
    cell.swapped = Swapped::Maybe;
  }
}

Ledger::Memory Ledger::child_of(const Memory& parent) {
  Memory child = parent;
  child.locks_future = false;
  return child;
}

void Ledger::prefaulted(Process process, EffectiveAddress start, std::uint64_t bytes) {
  auto& cells = processes_[process].cells;
  const VirtualPage end = page_of(start) + PageCount(1 + (bytes >> kPageShift));
  for (auto cell = cells.lower_bound(page_of(start)); cell != cells.end() && cell->first < end;
       ++cell) {
    snapshot(cell->second);
  }
}

void Ledger::prefaulted_all(Process process) {
  for (auto& [page, cell] : processes_[process].cells) snapshot(cell);
}

// Only a page of one's own is ever swapped out.
void Ledger::swapped_out(Process process, EffectiveAddress address) {
  auto& cells = processes_[process].cells;
  const auto found = cells.find(page_of(address));
  if (found == cells.end() || found->second.shared) {
    return complain(process, page_of(address), "a page that is not private was swapped out");
  }
  Cell& cell = found->second;
  cell.swapped = Swapped::Yes;
  if (cell.file == nullptr) return;
  if (cell.copies.empty()) complain(process, page_of(address), "swapped out, but has no copy");
  cell.live = false;
}

// A private copy goes with its page of the file, unless it is in swap (linux-vm.md C,
// zap_pte_range with details). What a kernel without file PTEs maps elsewhere lives on.
void Ledger::lose_pages(const MappedFile& file, std::uint64_t first, std::uint64_t end,
                        bool certainly) {
  const auto inside = [&](std::uint64_t offset) { return first <= offset && offset < end; };
  for (auto& [process, memory] : processes_) {
    for (auto& [page, cell] : memory.cells) {
      if (cell.file.get() != &file) continue;
      const bool any = std::any_of(cell.offsets.begin(), cell.offsets.end(), inside);
      if (cell.offsets.size() > 1 && any && kernel_.remap.forgets_offsets) cell.unchecked = true;
      if (cell.shared || !inside(cell.linear) || cell.swapped == Swapped::Yes) continue;
      lose_copies(cell, certainly && cell.swapped == Swapped::No);
    }
  }
}

void Ledger::truncated(const vm::File* file, std::uint64_t size) {
  MappedFile& cut = *files_.at(file);
  cut.contents.truncate(size);
  lose_pages(cut, size, ~std::uint64_t{0}, true);
}

void Ledger::punched(const vm::File* file, std::uint64_t first, std::uint64_t end,
                     vm::Errno error) {
  if (error != vm::Errno::Ok) return;
  MappedFile& cut = *files_.at(file);
  for (std::uint64_t page = first; page < end; ++page) cut.contents.punch(page, true);
  lose_pages(cut, first, end, true);
}

const std::map<VirtualPage, Ledger::Cell>& Ledger::cells_of(Process process) const {
  static const std::map<VirtualPage, Cell> no_cells;
  const auto found = processes_.find(process);
  return found == processes_.end() ? no_cells : found->second.cells;
}

bool Ledger::may_store(Process process, EffectiveAddress address) const {
  const auto& cells = cells_of(process);
  const auto found = cells.find(page_of(address));
  if (found == cells.end()) return true;  // to be refused
  return !found->second.unchecked && found->second.offsets.size() <= 1;
}

bool Ledger::knows(Process process, EffectiveAddress start, std::uint64_t bytes) const {
  const auto& cells = cells_of(process);
  const VirtualPage end = page_of(start) + PageCount(1 + (bytes >> kPageShift));
  return std::none_of(cells.lower_bound(page_of(start)), cells.lower_bound(end),
                      [](const auto& cell) { return cell.second.unchecked; });
}

void Ledger::store_to(Cell& cell, const PageWords& words) {
  if (cell.shared) {
    cell.file->contents.set(cell.offsets.front(), {words});
  } else {
    cell.live = false;
    cell.copies = {words};
  }
}

// What was seen rules out what it might have been.
void Ledger::settle(Cell& cell, const PageWords& words) {
  const bool is_live = cell.live && has(live_of(cell), words);
  const bool is_copy = has(cell.copies, words);
  if (is_live && is_copy) return;
  cell.copies = is_copy ? Candidates{words} : Candidates{};
  cell.live = is_live;
  if (is_live && cell.file != nullptr && cell.offsets.size() == 1) {
    cell.file->contents.set(cell.offsets.front(), {words});
  }
}

void Ledger::seen(Process process, VirtualPage page, const PageWords& words,
                  const std::optional<Store>& store, bool by_user) {
  auto& cells = processes_[process].cells;
  const auto found = cells.find(page);
  if (found == cells.end()) return complain(process, page, "nothing is mapped there");
  Cell& cell = found->second;
  if (cell.unchecked) return;
  Candidates right = cell.copies;
  if (cell.live) {
    for (const PageWords& live : live_of(cell)) add(right, live);
  }
  if (store) {
    Candidates stored;
    for (PageWords changed : right) {
      changed.at(store->which) = store->word;
      add(stored, changed);
    }
    right = std::move(stored);
  }
  ++checks_;
  if (right.size() == 1) ++exact_;
  if (right.empty()) return complain(process, page, "behind the end of its file");
  if (!has(right, words)) {
    complain(process, page,
             fmt::format("holds {:#x} {:#x}, but should {:#x} {:#x}", words[0], words[1],
                         right.front()[0], right.front()[1]));
  }
  if (by_user) cell.swapped = Swapped::No;
  if (store) return store_to(cell, words);
  settle(cell, words);
}

void Ledger::compare_mapped(Process process, const std::vector<VirtualPage>& mapped) {
  auto cell = processes_[process].cells.begin();
  const auto end = processes_[process].cells.end();
  for (const VirtualPage page : mapped) {
    if (cell == end || cell->first != page) {
      return complain(process, cell == end ? page : std::min(page, cell->first),
                      "mapped, but should not be, or the reverse");
    }
    ++cell;
  }
  ++checks_;
  ++exact_;
  if (cell != end) complain(process, cell->first, "should be mapped");
}

std::optional<VirtualPage> Ledger::page_from(Process process, VirtualPage page) const {
  const auto& cells = cells_of(process);
  const auto found = cells.lower_bound(page);
  return found == cells.end() ? std::nullopt : std::optional(found->first);
}

std::vector<std::string> Ledger::take_complaints() { return std::exchange(complaints_, {}); }

void Ledger::complain(Process process, VirtualPage page, const std::string& text) {
  complaints_.push_back(
      fmt::format("process {}, EA {:#010x}: {}", process, address_of(page).value(), text));
}

}  // namespace tessera::storm
