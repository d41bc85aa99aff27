#pragma once

#include <cstdint>
#include <string_view>

/// What is left out on every core, each with its reason in omission.cpp
/// (tb/golden/mmu-qemu/README.md, "What to mask").
namespace tessera::replay::masks {

/// Does DEAR belong to this result?
inline bool dear_counts(std::string_view result) { return result == "DTLB" || result == "DSI"; }

/// DEAR of these is the start of a 64-byte line.
inline bool dear_is_a_line(std::string_view cache_op) {
  return cache_op == "dcbz" || cache_op == "icbi";
}
inline constexpr std::uint32_t kOffsetInLine = 0x3F;

/// These are played as nothing at all.
inline bool never_translates(std::string_view cache_op) {
  return cache_op == "dcbt" || cache_op == "dcbtst" || cache_op == "dcba";
}

}  // namespace tessera::replay::masks
