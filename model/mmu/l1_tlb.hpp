#pragma once

#include "model/mmu/lru_array.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/set_index.hpp"
#include "model/mmu/tlb_entry.hpp"
#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// The L1 TLB of one port: a set-associative array of 4 KB pages that came from TLB0, and a fully
/// associative one of any size that came from TLB1 (VSP); a subset of L2 (e500mc-mmu.md 1.1),
/// unless BackinvMatch::None. Both are searched at once; if both hit, the 4 KB array answers (our
/// choice: software sees this only after writing overlapping entries).
class L1Tlb {
 public:
  /// Empty arrays of these sizes. Requires parameters without a validation_error.
  explicit L1Tlb(const Parameters& parameters)
      : index_(parameters.l1_4k_sets),
        backinv_(parameters.backinv_match),
        array_4k_(parameters.l1_4k_sets, parameters.l1_4k_ways),
        vsp_(1, parameters.l1_vsp_entries) {}

  /// The page that hits, or nullptr. The answer is used (LRU).
  const Page* lookup(EffectiveAddress ea, const MatchKeys& keys) {
    const Page* page = array_4k_.lookup(set_of(ea.value()), keys);
    return page != nullptr ? page : vsp_.lookup(0, keys);
  }

  /// What lookup() would return; it is no use.
  const Page* peek(EffectiveAddress ea, const MatchKeys& keys) const {
    const Page* page = array_4k_.peek(set_of(ea.value()), keys);
    return page != nullptr ? page : vsp_.peek(0, keys);
  }

  /// Takes a copy of an L2 entry that hit for `ea`. Which array: by the L2 array it came from,
  /// not by its size (e500mc-mmu.md 1.1).
  void fill(TlbArray from, EffectiveAddress ea, const MatchWord& word, const Page& page) {
    if (from == TlbArray::Tlb0) {
      array_4k_.fill(set_of(ea.value()), word, page);
    } else {
      vsp_.fill(0, word, page);
    }
  }

  /// A valid L2 entry is being overwritten: drops its copies (e500mc-mmu.md 1.4), or not.
  void back_invalidate(const MatchWord& victim);

  /// Drops the copies of entries of `from` that an invalidation hits. IPROT is not known here:
  /// copies of protected entries go too, and come back from L2.
  void invalidate(TlbArray from, const Invalidation& invalidation);

  /// Drops all entries.
  void flush();

  /// Drops the entries with TID != 0.
  void flush_non_global();

  /// For audits.
  const LruArray& array_4k() const { return array_4k_; }
  /// The fully associative array, for audits.
  const LruArray& vsp() const { return vsp_; }

  /// What changes while it runs (decision 13).
  void state(Archive& archive);

 private:
  unsigned set_of(std::uint64_t ea) const {
    return index_.of(static_cast<unsigned>(ea >> kPageShift));
  }
  template <class Predicate>
  void drop_if(Predicate doomed) {
    array_4k_.drop_if(doomed);
    vsp_.drop_in_set_if(0, doomed);
  }
  template <class Predicate>
  void drop_under_victim_if(const MatchWord& victim, Predicate doomed);

  SetIndex index_;
  BackinvMatch backinv_;
  LruArray array_4k_;
  LruArray vsp_;
};

}  // namespace tessera::mmu
