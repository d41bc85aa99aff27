#include "sw/vm/vma_tree.hpp"

#include <iterator>
#include <utility>

namespace tessera::vm {

namespace {

std::uint32_t either_identity(const Vma& left, const Vma& right) {
  return left.anon_identity != 0 ? left.anon_identity : right.anon_identity;
}

}  // namespace

bool continues(const Vma& left, const Vma& right) {
  return left.end == right.start && left.same_kind(right) &&
         left.linear_offset(left.end) == right.offset;
}

bool anon_compatible(const Vma& left, const Vma& right) {
  return left.anon_identity == 0 || right.anon_identity == 0 ||
         left.anon_identity == right.anon_identity;
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

VmaTree::iterator VmaTree::insert(const Vma& vma) { return vmas_.emplace(vma.start, vma).first; }

VmaTree::iterator VmaTree::split(iterator vma, VirtualPage page) {
  Vma upper = vma->second;
  upper.offset = upper.linear_offset(page);
  upper.start = page;
  vma->second.end = page;
  return vmas_.emplace_hint(std::next(vma), page, upper);
}

unsigned VmaTree::merge(const Vma& vma) {
  const auto next = vmas_.lower_bound(vma.start);
  const auto prev = next == vmas_.begin() ? vmas_.end() : std::prev(next);
  const bool with_next =
      next != vmas_.end() && continues(vma, next->second) && anon_compatible(vma, next->second);
  const bool with_prev =
      prev != vmas_.end() && continues(prev->second, vma) && anon_compatible(prev->second, vma);
  if (with_prev) {
    if (!with_next || !anon_compatible(prev->second, next->second)) {
      prev->second.end = vma.end;
      return 1;
    }
    prev->second.end = next->second.end;
    prev->second.anon_identity = either_identity(prev->second, next->second);
    vmas_.erase(next);
    return 2;
  }
  if (!with_next) return 0;
  Vma grown = next->second;
  grown.start = vma.start;
  grown.offset = vma.offset;
  vmas_.emplace_hint(vmas_.erase(next), grown.start, grown);
  return 1;
}

unsigned VmaTree::levels() const {
  unsigned levels = 0;
  for (std::size_t size = vmas_.size(); size != 0; size >>= 1U) ++levels;
  return levels;
}

}  // namespace tessera::vm
