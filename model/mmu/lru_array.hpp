#pragma once

#include <cstdint>
#include <vector>

#include "model/mmu/match_word.hpp"
#include "model/mmu/page.hpp"
#include "model/mmu/use_order.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// Storage of one L1 array: sets x ways with true LRU in each set (e500mc-mmu.md 1.1). A hit is a
/// use, whatever its permissions say, and so is a fill. An invalidation leaves the order of the
/// others alone; its own place in it no longer matters, as invalid ways are refilled first.
class LruArray {
 public:
  /// Empty, way 0 the oldest of each set. `ways` 0 makes an array that never hits.
  LruArray(unsigned sets, unsigned ways);

  /// The page that hits in `set`, lowest way first, or nullptr. A hit is a use.
  const Page* lookup(unsigned set, const MatchKeys& keys) {
    const unsigned base = base_of(set);
    const std::uint64_t bits = hit_bits(words_.data() + base, reach_, keys);
    if (bits == 0) return nullptr;
    const unsigned way = first_bit(bits);
    order_.use(base, way);
    return &pages_[base + way];
  }

  /// What lookup() would return; it is no use.
  const Page* peek(unsigned set, const MatchKeys& keys) const {
    const unsigned base = base_of(set);
    const std::uint64_t bits = hit_bits(words_.data() + base, reach_, keys);
    return bits == 0 ? nullptr : &pages_[base + first_bit(bits)];
  }

  /// Puts an entry into the lowest invalid way of `set`, or else into the least recently used.
  void fill(unsigned set, const MatchWord& word, const Page& page) {
    if (order_.ways() == 0) return;
    const unsigned base = base_of(set);
    const unsigned way = order_.oldest(base);
    words_[base + way] = word;
    pages_[base + way] = page;
    order_.use(base, way);
    reach_ = way < reach_ ? reach_ : way + 1;
  }

  /// Drops every entry of which `doomed(word)` holds.
  template <class Predicate>
  void drop_if(Predicate doomed) {
    for (unsigned base = 0; base < words_.size(); base += order_.ways()) drop_from(base, doomed);
  }
  /// Drops every entry of one set of which `doomed(word)` holds.
  template <class Predicate>
  void drop_in_set_if(unsigned set, Predicate doomed) {
    drop_from(base_of(set), doomed);
  }

  /// All words, set by set, valid or not: for audits.
  const std::vector<MatchWord>& words() const { return words_; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  unsigned base_of(unsigned set) const { return set * order_.ways(); }

  template <class Predicate>
  void drop_from(unsigned base, Predicate doomed) {
    for (unsigned way = 0; way < reach_; ++way) {
      if (!doomed(words_[base + way])) continue;
      words_[base + way].tag &= ~match::kValid;
      order_.forget(base, way);
    }
  }

  unsigned reach_ = 0;  ///< no way from here on was ever filled, so a lookup may stop short of it
  UseOrder order_;
  std::vector<MatchWord> words_;
  std::vector<Page> pages_;
};

}  // namespace tessera::mmu
