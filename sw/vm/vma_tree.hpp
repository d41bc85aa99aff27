#pragma once

#include <cstddef>
#include <map>

#include "model/types/units.hpp"
#include "sw/vm/vma.hpp"

namespace tessera::vm {

/// The VMAs of an address space: disjoint, ordered by address. All searches are O(log n).
class VmaTree {
 public:
  using Map = std::map<VirtualPage, Vma>;
  using iterator = Map::iterator;
  using const_iterator = Map::const_iterator;

  const_iterator begin() const { return vmas_.begin(); }
  const_iterator end() const { return vmas_.end(); }
  iterator end() { return vmas_.end(); }
  std::size_t size() const { return vmas_.size(); }

  /// Linux find_vma: the first VMA that ends behind `page`; it may start behind it too.
  iterator find(VirtualPage page);
  const_iterator find(VirtualPage page) const;

  /// The VMA that contains `page`; null if none does.
  Vma* containing(VirtualPage page);
  const Vma* containing(VirtualPage page) const;

  /// The neighbours of a gap or VMA: the last VMA that starts before `page`, null if none.
  Vma* before(VirtualPage page);

  /// Adds a VMA that overlaps no other.
  iterator insert(const Vma& vma);

  /// Removes a VMA; the next one.
  iterator erase(iterator vma) { return vmas_.erase(vma); }

  /// Cuts a VMA in two at `page`, strictly inside; the upper part. Offsets stay true.
  iterator split(iterator vma, VirtualPage page);

  /// Tries to extend neighbours over the new mapping instead of adding a VMA (linux-vm.md D3).
  /// The number of neighbours that took part: 0 (nothing done; insert it), 1, or 2 (both, and
  /// one VMA is gone).
  unsigned merge(const Vma& vma);

  /// Levels a balanced tree of this many VMAs has: what one search costs.
  unsigned levels() const;

 private:
  Map vmas_;
};

/// D3: `right` continues `left` without a seam (adjacent, same kind, contiguous offsets).
bool continues(const Vma& left, const Vma& right);

/// D3: anon_vmas that may share one VMA (one of them may be absent).
bool anon_compatible(const Vma& left, const Vma& right);

}  // namespace tessera::vm
