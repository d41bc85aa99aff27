#pragma once

#include <array>
#include <cstdint>

#include "model/mmu/parameters.hpp"

namespace tessera::mmu {

/// Where the page tables of a HardwareWalker::Tablewalk are (docs/walkers.md W1).
struct WalkRegisters {
  std::uint32_t control = 0;     ///< WALKCTL
  std::uint32_t pgd = 0;         ///< WALKPGD: a frame number
  std::uint32_t kernel_pgd = 0;  ///< WALKKPGD: a frame number
  std::uint32_t base = 0;        ///< WALKBASE: the EA of real address 0
};

/// The MMU's read-write registers; all 0 after reset (e500mc-mmu.md 3.1). The same structure
/// holds, as masks, which bits of each a core implements.
struct Registers {
  std::array<std::uint32_t, 9> mas{};  ///< MAS0..MAS8
  std::array<std::uint32_t, 3> pid{};  ///< PID0..PID2
  std::uint32_t lpidr = 0;             ///< LPIDR
  std::uint32_t eplc = 0;              ///< EPLC
  std::uint32_t epsc = 0;              ///< EPSC
  std::uint32_t epcr = 0;              ///< EPCR
  WalkRegisters walk;                  ///< what a hardware walker has
};

/// The bits that mtspr can set on this core (e500mc-mmu.md 3.3); 0 for a register it lacks.
Registers writable_bits(const Parameters& parameters);

/// Configuration registers, as the sizes and the walker imply them (e500mc-mmu.md 3.2,
/// docs/walkers.md W1). Fields too narrow for an
/// unreal size read all ones.
std::uint32_t mmucfg(const Parameters& parameters);
/// TLB0CFG: ways, sizes and entries of TLB0.
std::uint32_t tlb0cfg(const Parameters& parameters);
/// TLB1CFG: the same of TLB1.
std::uint32_t tlb1cfg(const Parameters& parameters);

/// Bit n: TLB1 has pages of 2^n KB.
std::uint32_t tlb1ps(const Parameters& parameters);
/// The pages of TLB0, in the same way, and the page tables that indirect entries point to: PTEs
/// of 4 KB in a table of 2 MB.
inline constexpr std::uint32_t kTlb0ps = 0x4;
/// EPTCFG of cores whose TLB1 has indirect entries.
inline constexpr std::uint32_t kEptcfg = 0x162;

}  // namespace tessera::mmu
