#pragma once

#include <cstdint>
#include <optional>

/// The generator's memory (tb/golden/mmu-qemu/README.md, "State before op 0"): RAM that identifies
/// itself, so that a loaded value tells the real address it came from.
namespace tessera::replay {

inline constexpr std::uint64_t kRamBegin = 0x10000000;
inline constexpr std::uint64_t kRamEnd = 0x20000000;

inline bool in_identifying_ram(std::uint64_t pa) { return pa >= kRamBegin && pa < kRamEnd; }

/// The number of the frame, as the instruction in its upper half delivers it.
inline std::uint32_t frame_tag(std::uint64_t pa) {
  return static_cast<std::uint32_t>(pa >> 12) & 0xFFFF;
}

/// The aligned word at `pa`: its own address in the lower half of a page, `li r3,tag` and `sc` in
/// turn in the upper half.
inline std::uint32_t word_at(std::uint64_t pa) {
  constexpr std::uint32_t kLi = 0x38600000;
  constexpr std::uint32_t kSc = 0x44000002;
  const std::uint64_t aligned = pa & ~std::uint64_t{3};
  if ((aligned & 0x800) == 0) return static_cast<std::uint32_t>(aligned);
  return (aligned & 4) == 0 ? kLi | frame_tag(aligned) : kSc;
}

/// The byte at `pa`, big-endian.
inline std::uint32_t byte_at(std::uint64_t pa) {
  return (word_at(pa) >> (24 - 8 * (pa & 3))) & 0xFF;
}

}  // namespace tessera::replay
