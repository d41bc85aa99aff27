#pragma once

#include <optional>

#include "model/types/units.hpp"
#include "sw/vm/measured_set.hpp"

namespace tessera::vm {

/// The pages of a 32-bit address space that no VMA covers, as holes of the greatest possible
/// length: what Linux keeps as gaps in its VMA tree (rb_subtree_gap, the maple tree's gaps).
class FreeSpace {
 public:
  /// One hole, all 2^20 pages.
  FreeSpace();

  /// Pages [start, end) are free no longer; nothing happens if there are none. Throws
  /// std::logic_error if one of them was not free.
  void take(VirtualPage start, VirtualPage end);

  /// Pages [start, end), which were taken, are free again.
  void give(VirtualPage start, VirtualPage end);

  /// Whether all of [start, end) is free.
  bool is_free(VirtualPage start, VirtualPage end) const;

  /// The lowest page from `from` on with `pages` (1 or more) free pages from there, in O(log n);
  /// none if there is no such hole. Where the user's part of the address space ends is the
  /// caller's business: the lowest place is also the one that ends lowest.
  std::optional<VirtualPage> first_fit(VirtualPage from, PageCount pages) const;

 private:
  struct Hole {
    VirtualPage start;
    VirtualPage end;
  };
  struct ByStart {
    bool operator()(const Hole& a, const Hole& b) const { return a.start < b.start; }
  };
  struct Length {
    std::uint64_t operator()(const Hole& hole) const { return (hole.end - hole.start).value(); }
  };

  /// The hole that contains `page`; null if it is not free.
  const Hole* containing(VirtualPage page) const;
  void add(Hole hole);

  MeasuredSet<Hole, ByStart, Length> holes_;
};

}  // namespace tessera::vm
