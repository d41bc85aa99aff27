#pragma once

#include <cstdint>

namespace tessera::mmu {

/// A field of a 32-bit register: its bits in place, and how far they stand from bit 63.
struct Field {
  std::uint32_t mask;  ///< its bits, in place
  unsigned shift;      ///< how far its lowest bit stands from bit 63, the lowest of the register

  /// The field's value, right-aligned.
  constexpr std::uint32_t of(std::uint32_t word) const { return (word & mask) >> shift; }

  /// `word` with the field replaced; bits of `value` that do not fit are dropped.
  constexpr std::uint32_t put(std::uint32_t word, std::uint32_t value) const {
    return (word & ~mask) | ((value << shift) & mask);
  }

  /// The field alone, in place.
  constexpr std::uint32_t at(std::uint32_t value) const { return put(0, value); }

  /// `word` with the field copied from `other`, which holds it at the same place.
  constexpr std::uint32_t copy(std::uint32_t word, std::uint32_t other) const {
    return (word & ~mask) | (other & mask);
  }
};

}  // namespace tessera::mmu
