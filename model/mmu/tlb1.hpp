#pragma once

#include <vector>

#include "model/mmu/l2_array.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// TLB1: fully associative, every page size, IPROT (e500mc-mmu.md 1.1, 1.6).
///
/// Software keeps most of it empty, and writes it rarely: the match words of the valid entries
/// are also kept packed, so that a lookup costs as many comparisons as there are valid entries.
/// Indirect entries are kept apart.
class Tlb1 {
 public:
  /// All entries invalid, all bits 0.
  explicit Tlb1(unsigned entries);

  /// The answer to a lookup.
  struct Match {
    bool found = false;     ///< an entry hits
    bool multiple = false;  ///< more than one entry hits
    unsigned index = 0;     ///< the lowest that hits
  };
  /// Which entry hits, indirect ones apart.
  Match lookup(const MatchKeys& keys) const {
    const auto count = static_cast<unsigned>(live_words_.size());
    if (count > kChunk) return lookup_in_chunks(keys);
    Match match;
    note(hit_bits(live_words_.data(), count, keys), 0, match);
    return match;
  }

  /// The same among the indirect entries, which lookup() never sees (docs/walkers.md W3).
  Match lookup_indirect(const MatchKeys& keys) const;

  /// Writes an entry to the index it names.
  void write(const TlbEntry& entry);

  /// Clears V of all entries that it hits, but those that IPROT protects.
  void invalidate(const Invalidation& invalidation);

  /// The entries, for dumps and lookups by index.
  const L2Array& array() const { return array_; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  static constexpr unsigned kChunk = 64;  ///< entries that hit_bits compares at once

  Match lookup_in_chunks(const MatchKeys& keys) const;
  void note(std::uint64_t bits, unsigned base, Match& match) const {
    if (bits == 0) return;
    match.multiple = match.found || (bits & (bits - 1)) != 0;
    if (!match.found) match.index = live_indices_[base + first_bit(bits)];
    match.found = true;
  }
  void pack();

  L2Array array_;
  std::vector<MatchWord> live_words_;  ///< of the valid direct entries, in index order
  std::vector<unsigned> live_indices_;
  std::vector<unsigned> indirect_;  ///< indices of the valid indirect entries, in order
};

}  // namespace tessera::mmu
