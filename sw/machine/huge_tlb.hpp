#pragma once

#include <cstdint>

#include "model/mmu/mas.hpp"
#include "sw/machine/kernel_layout.hpp"

/// What a kernel with huge pages keeps, and how it writes TLB1 (e500mc-mmu.md 5.5), for the miss
/// handler and for the preload alike.
namespace tessera::machine {

/// Words of the kernel; where they stand is our choice, each on a cache line of its own.
inline constexpr EffectiveAddress kThreadInfo = kPageOffset + Bytes(0x610000);
inline constexpr EffectiveAddress kPerCpuOffset = kPageOffset + Bytes(0x620000);
inline constexpr EffectiveAddress kNextTlbcamIdx = kPageOffset + Bytes(0x630040);
inline constexpr EffectiveAddress kTlbcamIndex = kPageOffset + Bytes(0x640080);
inline constexpr Bytes kThreadInfoPointer{0x44};  ///< in the thread: where the thread_info is
inline constexpr Bytes kTaskCpu{0x48};            ///< in the thread: the number of its CPU
inline constexpr Bytes kThreadInfoCpu{0x08};      ///< in the thread_info: likewise

/// TLB1CFG[NENTRY].
constexpr std::uint32_t cams_of(std::uint32_t tlb1cfg) { return tlb1cfg & 0xFFFU; }

/// MAS0 for entry `cam` of TLB1.
constexpr std::uint32_t select_cam(std::uint32_t cam) {
  return mmu::mas0::kTlbsel.at(1) | mmu::mas0::kEsel.at(cam);
}

/// MAS1[TSIZE], half steps and all, of a page of 2^shift bytes.
constexpr std::uint32_t tsize_of(unsigned shift) { return shift - 10; }

}  // namespace tessera::machine
