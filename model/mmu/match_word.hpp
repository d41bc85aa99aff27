#pragma once

#include <cstdint>

#include "model/mmu/tlb_entry.hpp"

namespace tessera::mmu {

/// The bits of a match word. EPN stands where it stands in an EA, so that building a key costs
/// no shift; V is a bit that every key has set, so that an invalid entry can never match.
namespace match {
inline constexpr std::uint64_t kValid = std::uint64_t{1} << 63;  ///< v; set in every key
inline constexpr std::uint64_t kAs = std::uint64_t{1} << 62;   ///< AS of an access, TS of an entry
inline constexpr std::uint64_t kGs = std::uint64_t{1} << 61;   ///< GS, and TGS
inline constexpr std::uint64_t kInd = std::uint64_t{1} << 60;  ///< compared by tlbilx T=3 alone
inline constexpr unsigned kPidShift = 32;                      ///< where the PID stands
inline constexpr std::uint64_t kPid = std::uint64_t{0x3FFF} << kPidShift;  ///< PID, and TID
inline constexpr std::uint64_t kEpn = 0xFFFFF000;                          ///< EPN, as in an EA
inline constexpr std::uint64_t kLpid = 0x00000FFF;                         ///< LPID, and TLPID
}  // namespace match

/// The match rule of e500mc-mmu.md 2.2 as two words: an entry hits a key when
/// ((key ^ tag) & mask) == 0. Page size and the TID = 0, TLPID = 0 wildcards live in the mask;
/// the tag keeps the bits they hide, because invalidations compare those exactly.
struct MatchWord {
  std::uint64_t tag = 0;               ///< the entry's fields
  std::uint64_t mask = match::kValid;  ///< which of them a key must equal

  /// The entry matches this key.
  constexpr bool hits(std::uint64_t key) const { return ((key ^ tag) & mask) == 0; }
  /// V of the entry.
  constexpr bool valid() const { return (tag & match::kValid) != 0; }
  /// An indirect entry: no lookup for a translation may see it.
  constexpr bool indirect() const { return (tag & match::kInd) != 0; }
  /// TID = 0: a translation for every PID.
  constexpr bool global() const { return (mask & match::kPid) == 0; }
};

/// What a lookup looks for: a key for each distinct nonzero PID register. A core with one PID
/// register, or software that uses one, has `first` alone: the others then repeat it. Plain
/// members, because an array indexed by a variable would keep the keys out of host registers.
struct MatchKeys {
  std::uint64_t first = 0;   ///< of the first PID register
  std::uint64_t second = 0;  ///< of another one, or `first` again
  std::uint64_t third = 0;   ///< of another one, or `first` again

  /// The keys of a core with one PID register.
  static constexpr MatchKeys single(std::uint64_t key) { return {key, key, key}; }
  /// Each key with more bits set.
  constexpr MatchKeys with(std::uint64_t bits) const {
    return {first | bits, second | bits, third | bits};
  }
};

/// What an invalidation hits (e500mc-mmu.md 3.7, 3.8): the fields in `exact` must be equal, those
/// in `under_mask` only as far as the entry's own mask reaches.
struct Invalidation {
  std::uint64_t key = 0;                ///< what is compared
  std::uint64_t exact = match::kValid;  ///< fields that must be equal
  std::uint64_t under_mask = 0;         ///< fields compared as far as the entry's mask reaches

  /// It takes an entry with this word.
  constexpr bool hits(const MatchWord& word) const {
    return ((key ^ word.tag) & (exact | (under_mask & word.mask))) == 0;
  }
};

/// The match word of an entry.
inline MatchWord match_word_of(const TlbEntry& entry) {
  const std::uint64_t tid = entry.tid().value();
  const std::uint64_t tlpid = entry.tlpid().value();
  MatchWord word;
  word.tag = (entry.valid() ? match::kValid : 0) | (entry.ts() ? match::kAs : 0) |
             (entry.tgs() ? match::kGs : 0) | (entry.indirect ? match::kInd : 0) |
             (tid << match::kPidShift) | entry.ea().value() | tlpid;
  word.mask = match::kValid | match::kAs | match::kGs |
              (match::kEpn & ~(entry.size().value() - 1)) | (tid != 0 ? match::kPid : 0) |
              (tlpid != 0 ? match::kLpid : 0);
  return word;
}

/// Which of four words hit: bit i for word i.
inline std::uint64_t hit_bits_of_four(const MatchWord* words, std::uint64_t key) {
  return std::uint64_t{words[0].hits(key)} | std::uint64_t{words[1].hits(key)} << 1 |
         std::uint64_t{words[2].hits(key)} << 2 | std::uint64_t{words[3].hits(key)} << 3;
}

/// Which of `count` (0..64) words hit: bit i for word i. No branch depends on a comparison, as
/// the way that hits is not predictable; four at a time, as four ways are the common shape.
inline std::uint64_t hit_bits(const MatchWord* words, unsigned count, std::uint64_t key) {
  if (count == 4) return hit_bits_of_four(words, key);
  std::uint64_t bits = 0;
  unsigned i = 0;
  for (; i + 4 <= count; i += 4) bits |= hit_bits_of_four(words + i, key) << i;
  for (; i < count; ++i) bits |= std::uint64_t{words[i].hits(key)} << i;
  return bits;
}

/// hit_bits for keys of which at least two differ; not inlined, to keep the common case short.
std::uint64_t hit_bits_of_several(const MatchWord* words, unsigned count, const MatchKeys& keys);

/// The same for all keys: an entry that several keys hit counts once.
inline std::uint64_t hit_bits(const MatchWord* words, unsigned count, const MatchKeys& keys) {
  if (keys.second != keys.first) return hit_bits_of_several(words, count, keys);
  return hit_bits(words, count, keys.first);
}

/// The lowest bit set; requires bits != 0.
inline unsigned first_bit(std::uint64_t bits) {
  return static_cast<unsigned>(__builtin_ctzll(bits));
}

}  // namespace tessera::mmu
