#include "model/mmu/match_word.hpp"

namespace tessera::mmu {

std::uint64_t hit_bits_of_several(const MatchWord* words, unsigned count, const MatchKeys& keys) {
  return hit_bits(words, count, keys.first) | hit_bits(words, count, keys.second) |
         hit_bits(words, count, keys.third);
}

}  // namespace tessera::mmu
