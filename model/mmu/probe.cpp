#include "model/mmu/probe.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace tessera::mmu {

namespace {

constexpr std::uint32_t kSmallestPageMask = 0xFFF;

const L2Array& array_of(const Mmu& mmu, const L2Match& match) {
  return match.array == TlbArray::Tlb0 ? mmu.tlb0().array() : mmu.tlb1().array();
}

bool same(const Page& a, const Page& b) {
  return std::tie(a.frame, a.offset_mask, a.permissions, a.wimge) ==
         std::tie(b.frame, b.offset_mask, b.permissions, b.wimge);
}

}  // namespace

Probe::Probe(const Mmu& mmu, const Access& access)
    : mmu_(mmu),
      l1_(access.kind == AccessKind::Fetch ? mmu.l1_instruction() : mmu.l1_data()),
      access_(access),
      sample_(mmu.sample(access)),
      match_(mmu.lookup_l2(access.ea, sample_.keys)),
      page_(l1_.peek(access.ea, sample_.keys)) {
  if (page_ == nullptr && match_.found && !match_.multiple) {
    page_ = &array_of(mmu, match_).page(match_.index);
  }
}

bool Probe::walks() const {
  if (page_ != nullptr || match_.found) return false;
  return mmu_.may_walk(access_, mmu_.lookup_indirect(sample_.keys));
}

Walk Probe::walk() const {
  return mmu_.begin_walk(access_, sample_, mmu_.lookup_indirect(sample_.keys));
}

/// Does any EA of the block hit this word? Not of an indirect entry, as it never answers.
bool Probe::is_reached(const MatchWord& word, std::uint64_t block_mask) const {
  if (word.indirect()) return false;
  const std::uint64_t compared = word.mask & ~(match::kEpn & block_mask);
  const std::array keys{sample_.keys.first, sample_.keys.second, sample_.keys.third};
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::uint64_t key) { return ((key ^ word.tag) & compared) == 0; });
}

unsigned Probe::entries_reached(const L2Array& array, std::uint64_t block_mask) const {
  unsigned count = 0;
  for (unsigned i = 0; i < array.size(); ++i) {
    count += is_reached(array.word(i), block_mask) ? 1 : 0;
  }
  return count;
}

bool Probe::has_other(const LruArray& array, const MatchWord& word,
                      std::uint64_t block_mask) const {
  return std::any_of(array.words().begin(), array.words().end(), [&](const MatchWord& other) {
    const bool copy = other.tag == word.tag && other.mask == word.mask;
    return !copy && is_reached(other, block_mask);
  });
}

/// Nothing but the entry of `word` and its copies answers in the block.
bool Probe::is_alone(const MatchWord& word, std::uint64_t block_mask) const {
  const unsigned entries = entries_reached(mmu_.tlb0().array(), block_mask) +
                           entries_reached(mmu_.tlb1().array(), block_mask);
  return entries == 1 && !has_other(l1_.array_4k(), word, block_mask) &&
         !has_other(l1_.vsp(), word, block_mask);
}

Bytes Probe::lasting() const {
  if (!match_.found || match_.multiple) return Bytes(0);
  const L2Array& array = array_of(mmu_, match_);
  if (!same(*page_, array.page(match_.index))) return Bytes(0);  // L1 has outlived L2
  const MatchWord& word = array.word(match_.index);
  const std::uint32_t page_mask = array.page(match_.index).offset_mask;
  for (const std::uint32_t block_mask : {page_mask, page_mask & kSmallestPageMask}) {
    if (is_alone(word, block_mask)) return Bytes(std::uint64_t{block_mask} + 1);
  }
  return Bytes(0);
}

}  // namespace tessera::mmu
