#pragma once

#include <cstdint>
#include <vector>

#include "sw/machine/accounting/page_history.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// A fully associative TLB of pages, the least recently used of which goes first. It keeps
/// PageHistory::in_shadow and node; the pages must outlive it. Everything but the invalidation of
/// a PID takes the same time whatever the size.
class ShadowTlb {
 public:
  /// Empty; `entries` is 1 or more.
  explicit ShadowTlb(std::uint32_t entries);

  /// The page was looked up or written: it is in, and the most recent one.
  void use(PageHistory& page);

  /// An invalidation took the page, if it was in.
  void invalidate(PageHistory& page);

  /// An invalidation took all pages of a PID; of every PID.
  void invalidate_pid(Pid pid);
  void invalidate_all();

  /// What changes during a run (decision 13), but for the pages, which then tell by hold() where
  /// they are. Throws ArchiveError if they do not fit.
  void state(Archive& archive);
  void hold(Archive& archive, PageHistory& page);
  /// Throws ArchiveError unless it is a shadow of so many entries that hangs together.
  void check(Archive& archive, std::size_t entries) const;

 private:
  struct Node {
    PageHistory* page = nullptr;
    std::uint32_t newer = 0;
    std::uint32_t older = 0;
  };

  /// Node 0 stands between the oldest and the newest entry: a ring.
  static constexpr std::uint32_t kRing = 0;

  void unlink(std::uint32_t node);
  void link_as_newest(std::uint32_t node);
  std::uint32_t free_node();
  template <class Predicate>
  void invalidate_if(Predicate doomed);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> free_;
};

}  // namespace tessera::machine
