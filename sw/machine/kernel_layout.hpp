#pragma once

#include "model/types/units.hpp"

namespace tessera::machine {

/// Where the kernel's own things are. Lowmem is mapped at PAGE_OFFSET by large protected TLB1
/// entries, so that none of them ever takes a TLB miss (e500mc-mmu.md 5.1, 5.5).
inline constexpr EffectiveAddress kPageOffset{0xC0000000U};
inline constexpr Bytes kLowmemLimit{768ULL << 20};
inline constexpr Bytes kBoltedPage{256ULL << 20};

/// Frames from 0 on that hold the kernel image and its static data.
inline constexpr Bytes kKernelImage{8ULL << 20};

/// Exception vectors and handlers: one large page, entered at every exception.
inline constexpr EffectiveAddress kKernelText = kPageOffset + Bytes(0x3000);

/// The running thread's structure; SPRG_THREAD points to it.
inline constexpr EffectiveAddress kThread = kPageOffset + Bytes(0x600000);
inline constexpr Bytes kThreadPgdir{0x40};      ///< kernel address of the PGD
inline constexpr Bytes kThreadNormsave{0x240};  ///< where the miss handler saves registers

/// The kernel's own page table: all zeros, since only lowmem is mapped.
inline constexpr EffectiveAddress kSwapperPgd = kPageOffset + Bytes(0x500000);

/// Of a core whose walker reads through indirect entries: which entry of TLB1 is next, the first
/// that takes turns, and the number of all (Linux struct tlb_core_data).
inline constexpr EffectiveAddress kTlbCoreData = kPageOffset + Bytes(0x610000);
inline constexpr Bytes kEselNext{0};
inline constexpr Bytes kEselMax{4};
inline constexpr Bytes kEselFirst{8};

/// What one PTE page of 64-bit entries maps, and MAS1[TSIZE] of an entry that points to it.
inline constexpr Bytes kIndirectSpan{2ULL << 20};
inline constexpr std::uint32_t kIndirectTsize = 11;

/// Kernel address of a frame of lowmem, and back.
constexpr EffectiveAddress kernel_address(RealAddress ra) {
  return kPageOffset + Bytes(ra.value());
}
constexpr RealAddress real_address(EffectiveAddress kernel) {
  return RealAddress((kernel - kPageOffset).value());
}

}  // namespace tessera::machine
