#include "sw/pte_rtl/word_sequence.hpp"

#include <algorithm>

namespace tessera::pte_rtl {

namespace {

using pte::Raw;

constexpr Raw kAllOf32Bits = Raw{1} << 32;

/// Words with up to three bits set, each followed by its complement.
std::vector<Raw> corners_of(unsigned width, Raw mask) {
  std::vector<Raw> corners{0, mask};
  const auto add = [&](Raw word) {
    corners.push_back(word);
    corners.push_back(~word & mask);
  };
  for (unsigned a = 0; a < width; ++a) {
    for (unsigned b = a; b < width; ++b) {
      // c = b gives the words of one and of two bits
      for (unsigned c = b; c < (a == b ? b + 1 : width); ++c) {
        add(Raw{1} << a | Raw{1} << b | Raw{1} << c);
      }
    }
  }
  return corners;
}

/// splitmix64's output function (Steele, Lea, Flood: Fast splittable pseudorandom number
/// generators, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

WordSequence::WordSequence(const pte::Layout& layout, std::uint64_t random_words,
                           std::uint64_t seed)
    : mask_(pte::word_mask(layout)),
      tests_(layout.tests),
      seed_(mixed(seed)),
      size_(kAllOf32Bits),
      exhaustive_(layout.width == 32 && random_words >= kAllOf32Bits) {
  if (exhaustive_) return;
  corners_ = corners_of(layout.width, mask_);
  size_ = corners_.size() + random_words;
}

/// Evenly distributed words are hardly ever empty, and half of them present. So only each fourth is
/// one; the others are not present, or sparse, or empty but for one bit.
Raw WordSequence::random_word(std::uint64_t index) const {
  constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;
  const Raw even = mixed(seed_ + index * kGolden);
  const Raw other = mixed(even + kGolden);
  switch (index % 4) {
    case 0:
      return even;
    case 1:
      return even & ~tests_.present;
    case 2:
      return even & other;
    default:
      return (even & tests_.none_ignores) | Raw{1} << (other % 64);
  }
}

Raw WordSequence::operator[](std::uint64_t index) const {
  if (exhaustive_) return index;
  if (index < corners_.size()) return corners_[index];
  return random_word(index) & mask_;
}

}  // namespace tessera::pte_rtl
