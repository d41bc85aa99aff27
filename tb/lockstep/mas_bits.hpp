#pragma once

#include <cstdint>

/// Bits of the MAS registers (e500mc-mmu.md 3.3) that stimulus and checker both speak of.
namespace tessera::lockstep {

inline constexpr std::uint32_t kValid = 0x80000000;                ///< MAS1[V]
inline constexpr std::uint32_t kSize4K = 0x00000100;               ///< MAS1[TSIZE] of a 4 KB page
inline constexpr std::uint32_t kVirtualizationFault = 0x40000000;  ///< MAS8[VF]

inline constexpr std::uint32_t kIndirect = 0x00002000;      ///< MAS1[IND]
inline constexpr std::uint32_t kSize2M = 11U << 7;          ///< MAS1[TSIZE] of 5 bits
inline constexpr std::uint32_t kTlb1 = 0x10000000;          ///< MAS0[TLBSEL]
inline constexpr std::uint32_t kMas4Indirect = 0x00008000;  ///< MAS4[INDD]
inline constexpr std::uint32_t kMas6Indirect = 0x00000002;  ///< MAS6[SIND]

}  // namespace tessera::lockstep
