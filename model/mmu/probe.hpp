#pragma once

#include "model/mmu/engine.hpp"
#include "model/mmu/match_word.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/permissions.hpp"
#include "model/mmu/walk.hpp"

namespace tessera::mmu {

/// What an access would find, without the access: nothing is used, filled, counted or reported, and
/// no time passes. For debuggers, and for who wants to keep a translation. Holds until the MMU
/// changes, which an access does too.
class Probe {
 public:
  /// Looks up `access`. With MultiHit::Assert several matches throw, as they do in an access.
  Probe(const Mmu& mmu, const Access& access);

  /// The page that would answer, whether it permits the access or not; nullptr: a TLB error, a
  /// machine check or a walk. An indirect entry is no page.
  const Page* page() const { return page_; }

  /// Would the access become a walk of the hardware walker? Then it has no page yet.
  bool walks() const;

  /// That walk, before its first load. Requires walks().
  Walk walk() const;

  /// Would an access of this kind, which uses the same port, be permitted? Requires a page.
  bool permits(AccessKind kind) const { return allows(*page_, kind, sample_.pr); }

  /// Size of the aligned block around the EA in which one L2 entry answers every access of this
  /// context and port, until an instruction, a snoop or a walk that writes TLB0 changes that: the
  /// page, or its 4 KB where the rest of the page overlaps with others; 0 where what answers also
  /// depends on what L1 happens to hold.
  Bytes lasting() const;

 private:
  bool is_reached(const MatchWord& word, std::uint64_t block_mask) const;
  bool is_alone(const MatchWord& word, std::uint64_t block_mask) const;
  unsigned entries_reached(const L2Array& array, std::uint64_t block_mask) const;
  bool has_other(const LruArray& array, const MatchWord& word, std::uint64_t block_mask) const;

  const Mmu& mmu_;
  const L1Tlb& l1_;
  Access access_;
  Sample sample_;
  L2Match match_;
  const Page* page_ = nullptr;
};

}  // namespace tessera::mmu
