#include "sw/vm/free_space.hpp"

#include <stdexcept>

#include "sw/vm/rounding.hpp"

namespace tessera::vm {

FreeSpace::FreeSpace() { holes_.insert({VirtualPage(0), kEndOfPages}); }

void FreeSpace::take(VirtualPage start, VirtualPage end) {
  if (start == end) return;
  if (!is_free(start, end)) throw std::logic_error("free space: the pages are taken already");
  const Hole hole = *containing(start);
  holes_.erase(hole);
  add({hole.start, start});
  add({end, hole.end});
}

void FreeSpace::give(VirtualPage start, VirtualPage end) {
  if (start == end) return;
  Hole joined{start, end};
  const Hole* const below = holes_.last_before({start, start});
  if (below != nullptr && below->end == start) joined.start = below->start;
  const Hole* const above = holes_.find({end, end});
  if (above != nullptr) joined.end = above->end;
  holes_.erase({joined.start, start});
  holes_.erase({end, joined.end});
  holes_.insert(joined);
}

bool FreeSpace::is_free(VirtualPage start, VirtualPage end) const {
  const Hole* const hole = containing(start);
  return hole != nullptr && end <= hole->end;
}

std::optional<VirtualPage> FreeSpace::first_fit(VirtualPage from, PageCount pages) const {
  const Hole* const around = containing(from);
  if (around != nullptr && pages <= around->end - from) return from;
  const Hole* const found = holes_.first({from, from}, pages.value());
  if (found == nullptr) return std::nullopt;
  return found->start;
}

const FreeSpace::Hole* FreeSpace::containing(VirtualPage page) const {
  const VirtualPage next = page + PageCount(1);
  const Hole* const hole = holes_.last_before({next, next});
  return hole != nullptr && page < hole->end ? hole : nullptr;
}

void FreeSpace::add(Hole hole) {
  if (hole.start < hole.end) holes_.insert(hole);
}

}  // namespace tessera::vm
