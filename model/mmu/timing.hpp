#pragma once

#include <string>

#include "model/types/units.hpp"

namespace tessera::mmu {

/// Every latency of e500mc-mmu.md 6.2, in core cycles. What the MMU itself uses comes first;
/// the rest belongs to the core, which reads it here so that one preset holds all; memory has its
/// own (sw/machine/memory).
struct Timing {
  Cycles l1tlb_hit_extra{0};      ///< L1 hit: response 1 + this after the accepting edge
  Cycles l2tlb_hit_penalty{6};    ///< L2 slot to response, hit or TLB error alike
  Cycles l2tlb_accept{2};         ///< distance of two L2 slots, at least 1
  Cycles tlbwe{6};                ///< from its accepting edge to its effect, as all of these
  Cycles tlbre{6};                ///< tlbre
  Cycles tlbsx{6};                ///< tlbsx
  Cycles tlbilx_va{8};            ///< T=3
  Cycles tlbilx_scan{8};          ///< T=0 and T=1: this, and for each set of TLB0 ...
  Cycles tlbilx_scan_per_set{1};  ///< ... this
  Cycles mmucsr0_flash{8};        ///< mtspr MMUCSR0 that starts a flash, in place of mtspr
  Cycles tlbivax_local{10};       ///< tlbivax, on its own core
  Cycles tlbsync{60};             ///< tlbsync
  Cycles mtspr{1};                ///< mtspr
  Cycles mfspr{1};                ///< mfspr
  Cycles pid_write_flush{1};      ///< added to an mtspr that flushes L1 (PID, LPIDR)
  Cycles trap{1};                 ///< an instruction that traps (our choice)

  Cycles exc_entry{8};  ///< exception response to first handler fetch
  Cycles rfi{5};        ///< rfi
  Cycles isync{5};      ///< isync
};

/// All members are equal.
bool operator==(const Timing& a, const Timing& b);

/// Why these latencies are impossible, for a person to read; empty when they are possible.
std::string validation_error(const Timing& timing);

}  // namespace tessera::mmu
