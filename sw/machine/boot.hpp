#pragma once

#include "model/mmu/parameters.hpp"
#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/machine/core.hpp"

namespace tessera::machine {

/// What the kernel does to a core at boot: lowmem of a machine with `ram` is mapped at PAGE_OFFSET
/// by large protected TLB1 entries, MAS4 makes misses prepare 4 KB pages (e500mc-mmu.md 5.1), and
/// the walker learns what it has to know of page tables of this format.
void boot(Core& core, PageCount ram, mmu::HardwareWalker walker, const pte::Format& format);

/// Entries of TLB1, from 0 on, that boot takes for lowmem (Linux tlbcam_index).
unsigned bolted_entries(PageCount ram);

/// Linux switch_mm: from now on user code runs under `pid` with the page table at `pgd`.
void run_on(Core& core, Pid pid, RealAddress pgd, mmu::HardwareWalker walker);

}  // namespace tessera::machine
