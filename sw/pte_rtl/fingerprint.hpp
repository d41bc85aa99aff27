#pragma once

#include <cstdint>
#include <string_view>

namespace tessera::pte_rtl {

/// Where a fingerprint begins: that of nothing.
constexpr std::uint64_t kNoFingerprint = 0xcbf29ce484222325;

/// A number that changes with the text and with what came before: FNV-1a, 64 bits.
std::uint64_t fingerprint(std::string_view text, std::uint64_t before);

}  // namespace tessera::pte_rtl
