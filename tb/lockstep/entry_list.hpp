#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/mmu/parameters.hpp"

namespace tessera::lockstep {

/// The five words of an L2 entry (docs/pins.md 8).
struct EntryWords {
  std::uint32_t mas1 = 0;
  std::uint32_t mas2 = 0;
  std::uint32_t mas3 = 0;
  std::uint32_t mas7 = 0;
  std::uint32_t mas8 = 0;
};

/// The cycles in which something is there, both ends included; at first none. What an edge k does
/// is seen from cycle k + 1 on.
struct Presence {
  static constexpr std::uint64_t kStill = ~std::uint64_t{0};

  std::uint64_t first = 1;
  std::uint64_t last = 0;

  bool in(std::uint64_t cycle) const { return first <= cycle && cycle <= last; }
  void begin(std::uint64_t edge) { *this = {edge + 1, kStill}; }
  void end(std::uint64_t edge) { last = last < edge ? last : edge; }
};

/// What a translation or a tlbsx looks for; PIDs that a core lacks are 0. Entries are either
/// direct or indirect (docs/walkers.md W3).
struct SearchContext {
  std::uint32_t ea = 0;
  bool as = false;
  bool gs = false;
  std::array<std::uint32_t, 3> pids{};
  std::uint32_t lpid = 0;
  bool indirect = false;
};

/// What an invalidation compares: only what is given, and all of that must be equal.
struct Doomed {
  std::optional<bool> tlb1;
  std::optional<std::uint32_t> ea;  ///< under the entry's own page mask
  std::optional<std::uint32_t> tid;
  std::optional<std::uint32_t> lpid;
  std::optional<bool> gs;
  std::optional<bool> indirect;
  bool tid0_passes = false;
};

/// A valid entry that tlbwe or reset has written, and when it was where.
struct ListedEntry {
  ListedEntry(bool in_tlb1, unsigned at, const EntryWords& stored, bool is_indirect);

  EntryWords words;
  bool tlb1 = false;
  unsigned place = 0;        ///< TLB0: set x ways + way; TLB1: index
  std::uint64_t offset = 0;  ///< page size - 1
  std::uint32_t epn = 0;
  std::uint32_t page_mask = 0;  ///< bits of the EPN that count
  std::uint32_t tid = 0;
  std::uint32_t tlpid = 0;
  bool ts = false;
  bool tgs = false;
  bool iprot = false;
  bool indirect = false;
  Presence l2;
  std::array<Presence, 2> l1;  ///< may have a copy in the L1 of the I port, of the D port

  bool matches(const SearchContext& context) const;
  bool matches(const Doomed& doomed) const;
};

/// Everything that L2 holds, and what L1 may hold of it, as a plain list: no sets, no LRU, no
/// capacity. What a cycle sees of an edge is said by Presence: so an edge may be told in any order.
class EntryList {
 public:
  explicit EntryList(const mmu::Parameters& parameters);

  /// The state of docs/pins.md 3, from cycle edge + 1 on.
  void reset(std::uint64_t edge);

  /// tlbwe, or the end of a walk: the entry before, if valid, ends, and back-invalidation does with
  /// the copies what BACKINV_MATCH says.
  void write(bool tlb1, unsigned place, const EntryWords& words, std::uint64_t edge);

  /// Copies end whatever IPROT says, L2 entries only without it.
  void invalidate(const Doomed& doomed, std::uint64_t edge);

  /// The copies of all entries end, or of those with TID != 0.
  void flush_l1(bool non_global_only, std::uint64_t edge);

  /// What tlbre reads in that cycle; V cleared if the entry has been invalidated.
  EntryWords words(bool tlb1, unsigned place, std::uint64_t cycle) const;

  /// A valid entry stands there in that cycle.
  bool valid(bool tlb1, unsigned place, std::uint64_t cycle) const;

  /// A copy of the valid entry there comes into the L1 of a port (0: I, 1: D).
  void begin_copy(bool tlb1, unsigned place, unsigned port, std::uint64_t edge);

  /// L2 entries that match in that cycle, in search order: TLB0 by way, TLB1 by index.
  const std::vector<ListedEntry*>& matches(const SearchContext& context, std::uint64_t cycle);

  /// The same of the copies that the L1 of a port (0: I, 1: D) may hold, in no order.
  const std::vector<ListedEntry*>& copies(const SearchContext& context, unsigned port,
                                          std::uint64_t cycle);

 private:
  void drop_copies_under(const ListedEntry& victim, std::uint64_t edge);
  void forget(std::uint64_t edge);

  mmu::Parameters parameters_;
  std::vector<EntryWords> tlb0_words_;
  std::vector<EntryWords> tlb1_words_;
  std::vector<ListedEntry> entries_;
  std::vector<ListedEntry*> found_;
};

}  // namespace tessera::lockstep
