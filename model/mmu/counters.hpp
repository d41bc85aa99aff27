#pragma once

#include <cstdint>

namespace tessera::mmu {

/// Event counts since reset. Every access moves exactly one of the first five; an instruction
/// that trapped moves nothing.
struct MmuCounters {
  std::uint64_t l1_hits = 0;         ///< an access hit its L1 TLB, whether permitted or not
  std::uint64_t l2_hits = 0;         ///< an access missed L1 and hit TLB0 or TLB1, permitted or not
  std::uint64_t dtlb_errors = 0;     ///< a load or store hit nothing: data TLB error
  std::uint64_t itlb_errors = 0;     ///< a fetch hit nothing: instruction TLB error
  std::uint64_t machine_checks = 0;  ///< an access hit several L2 entries (MultiHit::MachineCheck)

  std::uint64_t dsi = 0;  ///< a load or store hit (L1 or L2) an entry that forbids it, or VF
  std::uint64_t isi = 0;  ///< a fetch hit (L1 or L2) an entry that forbids it

  std::uint64_t tlb0_writes = 0;        ///< a tlbwe wrote TLB0
  std::uint64_t tlb1_writes = 0;        ///< a tlbwe wrote TLB1
  std::uint64_t tlbilx_lpid = 0;        ///< a tlbilx T=0 completed
  std::uint64_t tlbilx_pid = 0;         ///< a tlbilx T=1 completed
  std::uint64_t tlbilx_va = 0;          ///< a tlbilx T=3 completed
  std::uint64_t tlbivax = 0;            ///< a tlbivax completed, INV_ALL or not
  std::uint64_t tlbsync = 0;            ///< a tlbsync completed
  std::uint64_t tlbre = 0;              ///< a tlbre completed
  std::uint64_t tlbsx = 0;              ///< a tlbsx completed, hit or miss
  std::uint64_t flash_invalidates = 0;  ///< an mtspr MMUCSR0 started a flash of one or both arrays

  /// All accesses ever accepted.
  std::uint64_t translations() const {
    return l1_hits + l2_hits + dtlb_errors + itlb_errors + machine_checks;
  }
};

}  // namespace tessera::mmu
