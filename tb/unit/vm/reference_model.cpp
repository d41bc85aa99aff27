#include "tb/unit/vm/reference_model.hpp"

#include <algorithm>
#include <set>

namespace tessera::vm::test {

ReferenceModel::ReferenceModel(std::uint32_t first_page, std::uint32_t pages_in_span)
    : first_page_(first_page),
      pages_in_span_(pages_in_span),
      table_((1U << 20U) / pages_in_span, false) {}

void ReferenceModel::map(std::uint32_t at, std::uint32_t count, Kind kind, std::uint32_t pgoff,
                         bool populate) {
  unmap(at, count);
  const std::uint32_t vma = next_vma_++;
  for (std::uint32_t i = 0; i < count; ++i) {
    Page& page = pages_[at + i];
    page = Page();
    page.mapped = true;
    page.kind = kind;
    page.vma = vma;
    page.linear = page.pgoff = kind.file < 0 ? first_page_ + at + i : pgoff + i;
  }
  const std::uint32_t end = at + count;
  if (end < kPages && joins(pages_[end - 1], pages_[end])) relabel(end, vma);
  if (at > 0 && joins(pages_[at - 1], pages_[at])) relabel(at, pages_[at - 1].vma);
  if (populate) prefault(at, count);
}

void ReferenceModel::unmap(std::uint32_t at, std::uint32_t count) {
  const bool cleared = any_present(at, count);
  const bool freed = free_tables(at, count);
  for (std::uint32_t i = at; i < at + count; ++i) pages_[i] = Page();
  if (cleared || freed) ++pid_flushes_;
  const std::uint32_t end = at + count;
  if (end >= kPages || at == 0) return;
  if (pages_[end].mapped && pages_[at - 1].mapped && pages_[end].vma == pages_[at - 1].vma) {
    relabel(end, next_vma_++);
  }
}

bool ReferenceModel::any_present(std::uint32_t at, std::uint32_t count) {
  return std::any_of(pages_.begin() + at, pages_.begin() + at + count,
                     [](const Page& page) { return page.present; });
}

// A PTE page goes if the unmapped pages touch it and nobody mapped lies in its span.
bool ReferenceModel::free_tables(std::uint32_t at, std::uint32_t count) {
  bool freed = false;
  std::set<std::uint32_t> touched;
  for (std::uint32_t i = at; i < at + count; ++i) {
    if (pages_[i].mapped) touched.insert(span_of(i));
  }
  // All spans between the first and the last VMA count as touched, holes too.
  if (touched.empty()) return false;
  for (std::uint32_t span = *touched.begin(); span <= *touched.rbegin(); ++span) {
    bool used = false;
    for (std::uint32_t i = 0; i < kPages; ++i) {
      if (span_of(i) == span && pages_[i].mapped && (i < at || i >= at + count)) used = true;
    }
    if (used || !table_[span]) continue;
    table_[span] = false;
    freed = true;
  }
  return freed;
}

Errno ReferenceModel::remap(std::uint32_t at, std::uint32_t count, std::uint32_t pgoff,
                            bool nonblock) {
  const Page first = pages_[at];
  for (std::uint32_t i = at; i < at + count; ++i) {
    if (i >= kPages || !pages_[i].mapped || pages_[i].vma != first.vma) return Errno::Einval;
  }
  if (!first.kind.shared) return Errno::Einval;
  if (!first.nonlinear && pgoff == first.linear) return Errno::Ok;
  for (Page& page : pages_) {
    if (page.mapped && page.vma == first.vma) page.nonlinear = true;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    Page& page = pages_[at + i];
    if (page.present) ++page_flushes_;
    page.present = page.dirty = false;
    page.pgoff = pgoff + i;
    table_[span_of(at + i)] = true;
  }
  if (!nonblock) prefault(at, count);
  return Errno::Ok;
}

void ReferenceModel::prefault(std::uint32_t at, std::uint32_t count) {
  for (std::uint32_t i = at; i < at + count; ++i) {
    const Page& page = pages_[i];
    const bool write = !page.kind.shared && page.kind.writable;
    if (page.present && (!write || page.copy)) continue;
    if (!fault_in(i, write)) return;
    ++faults_;
  }
}

bool ReferenceModel::in_file(const Page& page) const {
  return page.kind.file < 0 || page.pgoff < kFilePages;
}

// One successful trip into the fault handler; whether it costs a flush depends on what was there.
bool ReferenceModel::fault_in(std::uint32_t at, bool write) {
  Page& page = pages_[at];
  table_[span_of(at)] = true;
  if (!page.present && !in_file(page)) return false;
  if (page.present) ++page_flushes_;
  if (write && !page.kind.shared) {
    const auto file = static_cast<std::size_t>(std::max(page.kind.file, 0));
    page.copy = page.kind.file < 0 ? 0 : data_[file][page.pgoff];
  }
  page.present = true;
  page.dirty = write;
  return true;
}

ReferenceModel::Value ReferenceModel::read(std::uint32_t at) {
  Page& page = pages_[at];
  if (!page.mapped) return {FaultResult::MapError, 0, 0};
  if (!page.present) {
    if (!fault_in(at, false)) return {FaultResult::BusError, 0, 0};
    ++faults_;
  }
  if (page.kind.file < 0) return {FaultResult::Resolved, 0, page.copy.value_or(0)};
  const auto file = static_cast<std::size_t>(page.kind.file);
  return {FaultResult::Resolved, first_word(page.kind.file, page.pgoff),
          page.copy.value_or(data_[file][page.pgoff])};
}

FaultResult ReferenceModel::write(std::uint32_t at, std::uint32_t value) {
  Page& page = pages_[at];
  if (!page.mapped) return FaultResult::MapError;
  if (!page.kind.writable) return FaultResult::AccessError;
  if (!page.present || !page.dirty) {
    if (!fault_in(at, true)) return FaultResult::BusError;
    ++faults_;
  }
  if (page.kind.shared) {
    data_[static_cast<std::size_t>(page.kind.file)][page.pgoff] = value;
  } else {
    page.copy = value;
  }
  return FaultResult::Resolved;
}

bool ReferenceModel::joins(const Page& left, const Page& right) const {
  return left.mapped && right.mapped && left.kind == right.kind &&
         left.nonlinear == right.nonlinear && left.linear + 1 == right.linear;
}

// All pages of the VMA that begins or continues at `from` get a new number.
void ReferenceModel::relabel(std::uint32_t from, std::uint32_t vma) {
  const std::uint32_t old = pages_[from].vma;
  for (std::uint32_t i = from; i < kPages && pages_[i].mapped && pages_[i].vma == old; ++i) {
    pages_[i].vma = vma;
  }
}

std::uint32_t ReferenceModel::shared_vmas() const {
  std::set<std::uint32_t> seen;
  for (const Page& page : pages_) {
    if (page.mapped && page.kind.shared) seen.insert(page.vma);
  }
  return static_cast<std::uint32_t>(seen.size());
}

std::uint64_t ReferenceModel::present_pages() const {
  return static_cast<std::uint64_t>(
      std::count_if(pages_.begin(), pages_.end(), [](const Page& page) { return page.present; }));
}

std::uint32_t ReferenceModel::tables() const {
  return static_cast<std::uint32_t>(std::count(table_.begin(), table_.end(), true));
}

}  // namespace tessera::vm::test
