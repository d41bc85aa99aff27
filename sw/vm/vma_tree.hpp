#pragma once

#include <cstddef>
#include <map>

#include "model/types/units.hpp"
#include "sw/vm/free_space.hpp"
#include "sw/vm/vma.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

class AddressSpace;

/// How a kernel merges VMAs (linux-vm.md D3, L).
struct MergeRules {
  /// A neighbour without anon_vma does not take pages of one (until 6.15 its empty chain failed
  /// the test for "not inherited").
  bool bare_neighbour_refuses = false;
  /// The VMA behind is tried first, and the one in front against that one's anon_vma (6.1
  /// mmap_region).
  bool next_first = false;
};

/// What the VMAs are kept in: a red-black tree unless said otherwise.
struct VmaTreeRules {
  /// Nodes, or VMAs, that a node leads to.
  unsigned fan_out = 2;
  /// Before a change, nodes for the worst case are allocated, 1 and 3 for each level, and freed
  /// again after it (mas_preallocate, 6.1 to 6.5).
  bool sets_nodes_aside = false;
};

/// The VMAs of an address space: disjoint, ordered by address, each known to the reverse map of
/// its file. All searches and changes are O(log n).
class VmaTree {
 public:
  /// VMAs by their first page.
  using Map = std::map<VirtualPage, Vma>;
  /// To a VMA that may be changed.
  using iterator = Map::iterator;
  /// To a VMA.
  using const_iterator = Map::const_iterator;

  /// `owner` is what reverse maps are told; null: they are told nothing.
  explicit VmaTree(AddressSpace* owner = nullptr) : owner_(owner) {}

  /// The lowest VMA.
  const_iterator begin() const { return vmas_.begin(); }
  /// Behind the highest.
  const_iterator end() const { return vmas_.end(); }
  /// The lowest VMA.
  iterator begin() { return vmas_.begin(); }
  /// Behind the highest.
  iterator end() { return vmas_.end(); }
  /// How many VMAs there are.
  std::size_t size() const { return vmas_.size(); }

  /// Linux find_vma: the first VMA that ends behind `page`; it may start behind it too.
  iterator find(VirtualPage page);
  /// The same.
  const_iterator find(VirtualPage page) const;

  /// The VMA that contains `page`; null if none does.
  Vma* containing(VirtualPage page);
  /// The same.
  const Vma* containing(VirtualPage page) const;

  /// The neighbours of a gap or VMA: the last VMA that starts before `page`, null if none.
  Vma* before(VirtualPage page);

  /// Adds a VMA that overlaps no other.
  iterator insert(const Vma& vma);

  /// Removes a VMA; the next one.
  iterator erase(iterator vma);

  /// Cuts a VMA in two at `page`, strictly inside; the upper part. Offsets stay true.
  iterator split(iterator vma, VirtualPage page);

  /// Moves a VMA's end up or down, over nothing.
  void set_end(iterator vma, VirtualPage end);

  /// Gives a VMA another offset.
  void set_offset(iterator vma, PageOffset offset);

  /// Gives a VMA another kind.
  void set_kind(iterator vma, const VmaKind& kind);

  /// What came of a merge.
  struct Merged {
    bool done = false;     ///< the neighbours took over
    iterator vma;          ///< the VMA that now covers the range, if done
    unsigned removed = 0;  ///< VMAs that are gone
  };

  /// Linux vma_merge: tries to let neighbours take over `wanted`, which either lies in a gap or
  /// is (part of) one VMA that is about to become of that kind (linux-vm.md D3). If done, all of
  /// `wanted` belongs to one VMA of that kind.
  Merged merge(const Vma& wanted, const MergeRules& rules);

  /// Levels a balanced tree of this many VMAs has if each node leads to `fan_out` others (2 or
  /// more): what one search costs.
  unsigned levels(unsigned fan_out) const;

  /// The pages between the VMAs.
  const FreeSpace& free_space() const { return free_space_; }

  /// What changes during a run (decision 13); reverse maps and free space become those of the VMAs
  /// that are read.
  void state(Archive& archive, const KnownFiles& known);

 private:
  iterator grow_up(iterator vma, VirtualPage end, unsigned& removed);
  iterator grow_down(iterator vma, VirtualPage start, unsigned& removed);
  iterator move_start(iterator vma, VirtualPage start);
  void link(const Vma& vma);
  void unlink(const Vma& vma);

  AddressSpace* owner_;
  Map vmas_;
  FreeSpace free_space_;
};

/// D3: `right` continues `left` without a seam (adjacent, same kind, contiguous offsets).
bool continues(const Vma& left, const Vma& right);

/// D3: whether pages of `wanted`'s anon_vma may join `neighbour`.
bool anon_may_join(const Vma& wanted, const Vma& neighbour, const MergeRules& rules);

}  // namespace tessera::vm
