#pragma once

#include <map>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// A set of pages of a file, kept as ranges: a hole of a tebibyte takes no more memory than one
/// of a page.
class OffsetRanges {
 public:
  /// Adds pages [first, end); nothing happens if there are none.
  void add(PageOffset first, PageOffset end);

  /// The page is one of them.
  bool contains(PageOffset offset) const;

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  std::map<PageOffset, PageOffset> ranges_;  // first to end; no two overlap or touch
};

}  // namespace tessera::vm
