#pragma once

#include <vector>

#include "model/mmu/match_word.hpp"
#include "model/mmu/page.hpp"
#include "model/mmu/tlb_entry.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// Storage common to TLB0 and TLB1: each entry as software wrote it, and beside it, derived, what
/// a lookup needs. Indices are flat; TLB0 counts set * ways + way.
class L2Array {
 public:
  /// So many entries, all invalid, all bits 0.
  explicit L2Array(unsigned entries) : words_(entries), pages_(entries), entries_(entries) {}

  /// How many entries it has.
  unsigned size() const { return static_cast<unsigned>(entries_.size()); }
  /// The entry at an index, as software wrote it; index < size().
  const TlbEntry& entry(unsigned index) const { return entries_[index]; }
  /// What a lookup compares of it.
  const MatchWord& word(unsigned index) const { return words_[index]; }
  /// What a hit on it yields.
  const Page& page(unsigned index) const { return pages_[index]; }
  /// The words of all entries, by index.
  const MatchWord* words() const { return words_.data(); }

  /// Writes an entry at an index, whatever place the entry itself names.
  void write(unsigned index, const TlbEntry& entry) {
    words_[index] = match_word_of(entry);
    pages_[index] = page_of(entry);
    entries_[index] = entry;
  }

  /// Clears V of one entry, if `invalidation` hits it and IPROT does not protect it. All other
  /// bits stay readable (e500mc-mmu.md 1.6, 3.6).
  void invalidate(unsigned index, const Invalidation& invalidation);

  /// Appends all valid entries in index order.
  void append_valid(std::vector<TlbEntry>& to) const;

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  std::vector<MatchWord> words_;
  std::vector<Page> pages_;
  std::vector<TlbEntry> entries_;
};

}  // namespace tessera::mmu
