#pragma once

#include <cstdint>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte_rtl {

/// The words that a decoder is shown, each made from its number alone: any part of the sequence
/// can be run by anybody, at any time.
class WordSequence {
 public:
  /// All 2^32 words of a 32-bit format if `random_words` is at least that. Otherwise the corners,
  /// which are words with up to three bits set or clear, and then so many random ones.
  WordSequence(const pte::Layout& layout, std::uint64_t random_words, std::uint64_t seed);

  std::uint64_t size() const { return size_; }

  /// Every word that the format has is in it.
  bool exhaustive() const { return exhaustive_; }

  /// Word number `index`, from 0 to size() - 1.
  pte::Raw operator[](std::uint64_t index) const;

 private:
  pte::Raw random_word(std::uint64_t index) const;

  pte::Raw mask_;
  pte::KernelTests tests_;
  std::uint64_t seed_;
  std::uint64_t size_;
  bool exhaustive_;
  std::vector<pte::Raw> corners_;
};

}  // namespace tessera::pte_rtl
