#include "sw/vm/vma_tree.hpp"

#include <iterator>
#include <utility>

#include "sw/vm/file.hpp"

namespace tessera::vm {

namespace {

// vma_adjust: a VMA that takes over another's pages needs its anon_vma.
void import_identity(Vma& importer, const Vma& exporter) {
  if (importer.anon_identity != 0) return;
  importer.anon_identity = exporter.anon_identity;
  importer.anon_inherited = exporter.anon_inherited;
}

// is_mergeable_anon_vma for the two VMAs a mapping would join.
bool both_may_join(const Vma& left, const Vma& right) {
  return left.anon_identity == 0 || right.anon_identity == 0 ||
         left.anon_identity == right.anon_identity;
}

}  // namespace

bool continues(const Vma& left, const Vma& right) {
  return left.end == right.start && left.kind() == right.kind() && !left.special() &&
         left.linear_offset(left.end) == right.offset;
}

bool anon_may_join(const Vma& wanted, const Vma& neighbour, const MergeRules& rules) {
  if (wanted.anon_identity == neighbour.anon_identity) return true;
  if (neighbour.anon_identity == 0) return !rules.bare_neighbour_refuses;
  return wanted.anon_identity == 0 && !neighbour.anon_inherited;
}

VmaTree::const_iterator VmaTree::find(VirtualPage page) const {
  auto above = vmas_.upper_bound(page);
  if (above != vmas_.begin()) {
    const auto below = std::prev(above);
    if (page < below->second.end) return below;
  }
  return above;
}

VmaTree::iterator VmaTree::find(VirtualPage page) {
  const auto found = std::as_const(*this).find(page);
  return vmas_.erase(found, found);  // the idiom that turns a const_iterator into an iterator
}

const Vma* VmaTree::containing(VirtualPage page) const {
  const auto found = find(page);
  return found != vmas_.end() && found->second.contains(page) ? &found->second : nullptr;
}

Vma* VmaTree::containing(VirtualPage page) {
  const auto found = find(page);
  return found != vmas_.end() && found->second.contains(page) ? &found->second : nullptr;
}

Vma* VmaTree::before(VirtualPage page) {
  const auto above = vmas_.lower_bound(page);
  return above == vmas_.begin() ? nullptr : &std::prev(above)->second;
}

VmaTree::iterator VmaTree::insert(const Vma& vma) {
  free_space_.take(vma.start, vma.end);
  link(vma);
  return vmas_.emplace(vma.start, vma).first;
}

VmaTree::iterator VmaTree::erase(iterator vma) {
  unlink(vma->second);
  free_space_.give(vma->second.start, vma->second.end);
  return vmas_.erase(vma);
}

VmaTree::iterator VmaTree::split(iterator vma, VirtualPage page) {
  Vma upper = vma->second;
  upper.offset = upper.linear_offset(page);
  upper.start = page;
  unlink(vma->second);
  vma->second.end = page;
  link(vma->second);
  link(upper);
  return vmas_.emplace_hint(std::next(vma), page, upper);
}

void VmaTree::set_end(iterator vma, VirtualPage end) {
  if (end < vma->second.end) {
    free_space_.give(end, vma->second.end);
  } else {
    free_space_.take(vma->second.end, end);
  }
  unlink(vma->second);
  vma->second.end = end;
  link(vma->second);
}

void VmaTree::set_offset(iterator vma, PageOffset offset) {
  unlink(vma->second);
  vma->second.offset = offset;
  link(vma->second);
}

void VmaTree::set_kind(iterator vma, const VmaKind& kind) {
  unlink(vma->second);
  vma->second.set_kind(kind);
  link(vma->second);
}

// The cases of Linux vma_merge: "prev" may contain the start of the range (then only "next" can
// take it over), "area" is what lies there now, "next" what comes behind the range.
VmaTree::Merged VmaTree::merge(const Vma& wanted, const MergeRules& rules) {
  const auto area = vmas_.lower_bound(wanted.start);
  const auto prev = area == vmas_.begin() ? vmas_.end() : std::prev(area);
  const bool replaces = area != vmas_.end() && area->second.end == wanted.end;
  const auto next = replaces ? std::next(area) : area;

  const bool with_next = next != vmas_.end() && continues(wanted, next->second) &&
                         anon_may_join(wanted, next->second, rules);
  Vma joined = wanted;
  if (with_next && rules.next_first) joined.anon_identity = next->second.anon_identity;
  const bool with_prev = prev != vmas_.end() && continues(prev->second, wanted) &&
                         anon_may_join(joined, prev->second, rules);
  Merged merged;
  merged.done = with_prev || with_next;
  if (with_prev) {
    const bool both = with_next && (rules.next_first || both_may_join(prev->second, next->second));
    merged.vma = grow_up(prev, both ? next->second.end : wanted.end, merged.removed);
  } else if (with_next) {
    merged.vma = grow_down(next, wanted.start, merged.removed);
  }
  if (merged.done && !(merged.vma->second.kind() == wanted.kind())) {
    set_kind(merged.vma, wanted);
  }
  return merged;
}

// The VMA takes over everything up to `end`; the one that crosses it loses its lower part.
VmaTree::iterator VmaTree::grow_up(iterator vma, VirtualPage end, unsigned& removed) {
  auto above = std::next(vma);
  while (above != vmas_.end() && above->second.end <= end) {
    import_identity(vma->second, above->second);
    above = erase(above);
    ++removed;
  }
  if (above != vmas_.end() && above->second.start < end) {
    import_identity(vma->second, above->second);
    move_start(above, end);
  }
  set_end(vma, end);
  return vma;
}

// The VMA takes over everything down to `start`; the one that crosses it loses its upper part.
VmaTree::iterator VmaTree::grow_down(iterator vma, VirtualPage start, unsigned& removed) {
  auto below = vma == vmas_.begin() ? vmas_.end() : std::prev(vma);
  if (below != vmas_.end() && below->second.start == start) {
    // Linux keeps the VMA below and removes this one: the lower one's anon_vma goes first.
    Vma kept = below->second;
    import_identity(kept, vma->second);
    vma->second.anon_identity = kept.anon_identity;
    vma->second.anon_inherited = kept.anon_inherited;
    erase(below);
    ++removed;
  } else if (below != vmas_.end() && start < below->second.end) {
    import_identity(vma->second, below->second);
    set_end(below, start);
  }
  return move_start(vma, start);
}

VmaTree::iterator VmaTree::move_start(iterator vma, VirtualPage start) {
  Vma moved = vma->second;
  moved.offset =
      start < moved.start ? moved.offset - (moved.start - start) : moved.linear_offset(start);
  moved.start = start;
  erase(vma);
  return insert(moved);
}

void VmaTree::link(const Vma& vma) {
  if (owner_ != nullptr && vma.file != nullptr) vma.file->mappings().add(*owner_, vma);
}

void VmaTree::unlink(const Vma& vma) {
  if (owner_ != nullptr && vma.file != nullptr) vma.file->mappings().remove(*owner_, vma);
}

unsigned VmaTree::levels(unsigned fan_out) const {
  unsigned levels = 0;
  for (std::size_t size = vmas_.size(); size != 0; size /= fan_out) ++levels;
  return levels;
}

}  // namespace tessera::vm
