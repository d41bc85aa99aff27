#pragma once

#include <cstdint>
#include <vector>

#include "model/mmu/match_word.hpp"
#include "model/mmu/page.hpp"

namespace tessera::mmu {

/// Storage of one L1 array: sets x ways with true LRU in each set (e500mc-mmu.md 1.1). Use stamps
/// stand for the order: the way used longest ago has the smallest, an invalid one has 0. A hit is
/// a use, whatever its permissions say, and so is a fill. An invalidation leaves the order of the
/// others alone; its own place in it no longer matters, as invalid ways are refilled first.
class LruArray {
 public:
  /// Empty, way 0 the oldest of each set. `ways` 0 makes an array that never hits.
  LruArray(unsigned sets, unsigned ways);

  /// The page that hits in `set`, lowest way first, or nullptr. A hit is a use.
  const Page* lookup(unsigned set, const MatchKeys& keys) {
    const unsigned base = set * ways_;
    const std::uint64_t bits = hit_bits(words_.data() + base, reach_, keys);
    if (bits == 0) return nullptr;
    const unsigned slot = base + first_bit(bits);
    stamps_[slot] = ++clock_;
    return &pages_[slot];
  }

  /// Puts an entry into the lowest invalid way of `set`, or else into the least recently used.
  void fill(unsigned set, const MatchWord& word, const Page& page) {
    if (ways_ == 0) return;
    const unsigned slot = victim(set);
    words_[slot] = word;
    pages_[slot] = page;
    stamps_[slot] = ++clock_;
    const unsigned way = slot - set * ways_;
    reach_ = way < reach_ ? reach_ : way + 1;
  }

  /// Drops every entry of which `doomed(word)` holds.
  template <class Predicate>
  void drop_if(Predicate doomed) {
    for (unsigned i = 0; i < words_.size(); ++i) drop_one_if(i, doomed);
  }
  /// Drops every entry of one set of which `doomed(word)` holds.
  template <class Predicate>
  void drop_in_set_if(unsigned set, Predicate doomed) {
    for (unsigned way = 0; way < reach_; ++way) drop_one_if(set * ways_ + way, doomed);
  }

  /// All words, set by set, valid or not: for audits.
  const std::vector<MatchWord>& words() const { return words_; }

 private:
  template <class Predicate>
  void drop_one_if(unsigned slot, Predicate doomed) {
    if (!doomed(words_[slot])) return;
    words_[slot].tag &= ~match::kValid;
    stamps_[slot] = 0;
  }
  unsigned victim(unsigned set) const {
    const unsigned begin = set * ways_;
    unsigned oldest = begin;
    std::uint64_t least = stamps_[begin];
    for (unsigned i = begin + 1; i < begin + ways_; ++i) {
      const bool older = stamps_[i] < least;  // selected, not branched on: it is not predictable
      least = older ? stamps_[i] : least;
      oldest = older ? i : oldest;
    }
    return oldest;
  }

  unsigned ways_;
  unsigned reach_ = 0;  ///< no way from here on was ever filled, so a lookup may stop short of it
  std::uint64_t clock_ = 0;
  std::vector<MatchWord> words_;
  std::vector<Page> pages_;
  std::vector<std::uint64_t> stamps_;
};

}  // namespace tessera::mmu
