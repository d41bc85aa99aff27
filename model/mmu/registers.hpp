#pragma once

#include <array>
#include <cstdint>

#include "model/mmu/parameters.hpp"

namespace tessera::mmu {

/// The MMU's read-write registers; all 0 after reset (e500mc-mmu.md 3.1). The same structure
/// holds, as masks, which bits of each a core implements.
struct Registers {
  std::array<std::uint32_t, 9> mas{};  ///< MAS0..MAS8
  std::array<std::uint32_t, 3> pid{};  ///< PID0..PID2
  std::uint32_t lpidr = 0;
  std::uint32_t eplc = 0;
  std::uint32_t epsc = 0;
  std::uint32_t epcr = 0;
};

/// The bits that mtspr can set on this core (e500mc-mmu.md 3.3); 0 for a register it lacks.
Registers writable_bits(const Parameters& parameters);

/// Configuration registers, as the sizes imply them (e500mc-mmu.md 3.2). Fields too narrow for an
/// unreal size read all ones.
std::uint32_t mmucfg(const Parameters& parameters);
std::uint32_t tlb0cfg(const Parameters& parameters);
std::uint32_t tlb1cfg(const Parameters& parameters);

}  // namespace tessera::mmu
