#pragma once

#include <cstdint>

/// Bits of the MAS registers (e500mc-mmu.md 1) that stimulus and checker both speak of.
namespace tessera::lockstep {

inline constexpr std::uint32_t kValid = 0x80000000;                ///< MAS1[V]
inline constexpr std::uint32_t kSize4K = 0x00000100;               ///< MAS1[TSIZE] of a 4 KB page
inline constexpr std::uint32_t kVirtualizationFault = 0x40000000;  ///< MAS8[VF]

}  // namespace tessera::lockstep
