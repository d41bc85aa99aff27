#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// The huge pages that were set aside at boot (Linux struct hstate without overcommitment). One
/// that is reserved is still free, but goes only to whom it was promised.
class HugePool {
 public:
  /// Takes over `count` huge pages, the first at `first`.
  HugePool(FrameNumber first, std::uint64_t count);

  /// Promises that many free pages more; false, and no promise, if there are not enough.
  bool reserve(std::uint64_t pages);

  /// Takes that many promises back.
  void unreserve(std::uint64_t pages) { reserved_ -= pages; }

  /// A huge page with one reference, by its first frame; `promised`: one of the reserved ones.
  std::optional<FrameNumber> allocate(bool promised);

  /// One more entry, or its file, holds the huge page.
  void add_reference(FrameNumber page) { ++references_[index_of(page)]; }

  /// How many hold it; 0 if it is free.
  unsigned references(FrameNumber page) const { return references_[index_of(page)]; }

  /// Drops one reference, and with the last one the page is free again.
  void release(FrameNumber page);

  /// Where the first page begins.
  FrameNumber first() const { return first_; }

  /// Whether a frame is the first of one of the pool's pages.
  bool has(FrameNumber page) const;

  /// HugePages_Total, _Free and _Rsvd of /proc/meminfo.
  std::uint64_t total() const { return references_.size(); }
  /// Pages that nobody has, promised ones included.
  std::uint64_t free() const { return free_.size(); }
  /// Free pages that are promised to a file.
  std::uint64_t reserved() const { return reserved_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  std::size_t index_of(FrameNumber page) const;

  FrameNumber first_;
  std::vector<unsigned> references_;
  std::vector<std::uint64_t> free_;  // last in, first out
  std::uint64_t reserved_ = 0;
};

}  // namespace tessera::vm
