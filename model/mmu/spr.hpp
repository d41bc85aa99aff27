#pragma once

#include <cstdint>

namespace tessera::mmu {

/// The special-purpose registers that the MMU keeps, by their SPR number (e500mc-mmu.md 3.1;
/// those of hardware walkers: docs/walkers.md W1).
/// DEAR, ESR and the interrupt vectors belong to the core, which learns them from a Translation.
enum class Spr : std::uint16_t {
  Pid0 = 48,
  Epcr = 307,
  Lpidr = 338,
  Mas5 = 339,
  Mas8 = 341,
  Tlb0ps = 344,
  Tlb1ps = 345,
  Eptcfg = 350,
  Mas0 = 624,
  Mas1 = 625,
  Mas2 = 626,
  Mas3 = 627,
  Mas4 = 628,
  Mas6 = 630,
  Pid1 = 633,
  Pid2 = 634,
  Tlb0cfg = 688,
  Tlb1cfg = 689,
  Mas7 = 944,
  Eplc = 947,
  Epsc = 948,
  Walkctl = 976,
  Walkpgd = 977,
  Walkkpgd = 978,
  Walkbase = 979,
  Mmucsr0 = 1012,
  Mmucfg = 1015,
};

}  // namespace tessera::mmu
