#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "model/types/units.hpp"
#include "sw/vm/huge_pool.hpp"

namespace tessera {
class Archive;
}

namespace tessera::vm {

/// A file on a hugetlbfs, with the pages that are promised to it: a named one, which lives as long
/// as somebody holds it, or the nameless one behind one anonymous mapping of huge pages. Pages of a
/// shared mapping stay in it.
class HugeFile {
 public:
  /// A file of `pages` huge pages, all of them promised if `promised`; null if the pool has not
  /// enough for that. The pool outlives it.
  static std::shared_ptr<HugeFile> make(HugePool& pool, std::uint64_t pages, bool promised);

  /// The file without pages and promises that a child's private memory has: Linux keeps
  /// promises to the process that mapped the memory, but not to its children.
  static std::shared_ptr<HugeFile> without_promises(HugePool& pool);

  /// A file without pages and promises; `pool` outlives it. make() is for others to call.
  explicit HugeFile(HugePool& pool) : pool_(pool) {}
  HugeFile(const HugeFile&) = delete;
  HugeFile& operator=(const HugeFile&) = delete;
  /// Gives back pages and promises.
  ~HugeFile();

  /// Page `index` for the private mapping alone, promised or not; none if the pool is empty.
  std::optional<FrameNumber> take(std::uint64_t index);

  /// Huge pages it has, holes among them.
  std::uint64_t pages() const { return shared_.size(); }

  /// The file has at least `pages` huge pages now, new ones being holes.
  void extend(std::uint64_t pages);

  /// Promises what of the shared pages [first, end) is neither there nor promised
  /// (hugetlb_reserve_pages), beyond the file's end only if it `extends`; false, and nothing has
  /// changed, if the pool has not enough.
  bool reserve(std::uint64_t first, std::uint64_t end, bool extends);

  /// Page `index` of the shared mapping, with a reference for the entry that will map it; `fresh`
  /// says whether it must be cleared first. None beyond the end, or if the pool is empty.
  std::optional<FrameNumber> share(std::uint64_t index, bool& fresh);

  /// Page `index`, in the file from now on, without any entry that maps it; its contents are the
  /// caller's to write. None beyond the end, or if the pool is empty.
  std::optional<FrameNumber> fill(std::uint64_t index);

  /// The mapping lost pages [first, end) for good: a private one has no claim to them any more
  /// (hugetlb_vm_op_close).
  void forget(std::uint64_t first, std::uint64_t end);

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  HugePool& pool_;
  std::vector<bool> promised_;
  std::vector<std::optional<FrameNumber>> shared_;
};

}  // namespace tessera::vm
