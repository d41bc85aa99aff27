#pragma once

#include <cstdint>
#include <string_view>

/// What is not compared, each with its reason (tb/golden/mmu-qemu/README.md, "What to mask"). With
/// core `qemu` nothing else is needed; SRR0 and SRR1 belong to the core, not to the MMU.
namespace tessera::replay::masks {

/// dear: QEMU also writes DEAR on ITLB and leaves it stale on ISI and PROG; hardware defines it
/// for data exceptions only.
inline bool dear_counts(std::string_view result) { return result == "DTLB" || result == "DSI"; }

/// dear of dcbz and icbi: QEMU reports the start of the 64-byte line.
inline std::uint32_t dear_bits(std::string_view cache_op) {
  return cache_op == "dcbz" || cache_op == "icbi" ? ~std::uint32_t{0x3F} : ~std::uint32_t{0};
}

/// dcbt, dcbtst, dcba: QEMU translates nothing, so there is nothing to play.
inline bool never_translates(std::string_view cache_op) {
  return cache_op == "dcbt" || cache_op == "dcbtst" || cache_op == "dcba";
}

/// res of a fetch outside RAM: the fetched 0 is an illegal instruction, which the MMU cannot know.
/// val, pa outside RAM: nothing identifies the place (machine.hpp).
inline bool fetch_result_counts(bool in_ram) { return in_ram; }

}  // namespace tessera::replay::masks
