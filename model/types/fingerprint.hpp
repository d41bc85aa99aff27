#pragma once

#include <cstdint>
#include <string_view>

namespace tessera {

/// Where a fingerprint begins: that of nothing.
inline constexpr std::uint64_t kNoFingerprint = 0xcbf29ce484222325;

/// A number that changes with the text and with what came before: FNV-1a, 64 bits. Texts of equal
/// length that differ in one byte never have the same.
inline std::uint64_t fingerprint(std::string_view text, std::uint64_t before = kNoFingerprint) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t print = before;
  for (const char letter : text) {
    print = (print ^ static_cast<unsigned char>(letter)) * kPrime;
  }
  return print;
}

}  // namespace tessera
