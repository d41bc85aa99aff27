#include "sw/vm/offset_ranges.hpp"

#include <algorithm>
#include <iterator>

namespace tessera::vm {

void OffsetRanges::add(PageOffset first, PageOffset end) {
  if (end <= first) return;
  auto at = ranges_.upper_bound(first);
  if (at != ranges_.begin() && first <= std::prev(at)->second) --at;
  while (at != ranges_.end() && at->first <= end) {
    first = std::min(first, at->first);
    end = std::max(end, at->second);
    at = ranges_.erase(at);
  }
  ranges_.emplace_hint(at, first, end);
}

bool OffsetRanges::contains(PageOffset offset) const {
  const auto above = ranges_.upper_bound(offset);
  return above != ranges_.begin() && offset < std::prev(above)->second;
}

}  // namespace tessera::vm
