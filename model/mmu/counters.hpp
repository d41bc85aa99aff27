#pragma once

#include <cstdint>

namespace tessera::mmu {

/// Event counts since reset. Every access moves exactly one of the first five; an instruction
/// that trapped moves nothing. With a hardware walker an access may end in a walk_fault instead.
struct MmuCounters {
  std::uint64_t l1_hits = 0;         ///< an access hit its L1 TLB, whether permitted or not
  std::uint64_t l2_hits = 0;         ///< an access missed L1 and hit TLB0 or TLB1, permitted or not
  std::uint64_t dtlb_errors = 0;     ///< a load or store hit nothing: data TLB error
  std::uint64_t itlb_errors = 0;     ///< a fetch hit nothing: instruction TLB error
  std::uint64_t machine_checks = 0;  ///< an access hit several L2 entries (MultiHit::MachineCheck)

  std::uint64_t dsi = 0;  ///< a load or store hit (L1 or L2) an entry that forbids it, or VF; or
                          ///< its walk failed
  std::uint64_t isi = 0;  ///< a fetch hit (L1 or L2) an entry that forbids it, or its walk failed

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

  std::uint64_t walk_faults = 0;      ///< an access ended in DSI or ISI because its walk failed
  std::uint64_t walk_loads = 0;       ///< a hardware walker's memory request was accepted
  std::uint64_t walk_writes = 0;      ///< a walk wrote TLB0
  std::uint64_t walks_overtaken = 0;  ///< a walk was thrown away: a snoop had overtaken it

  /// All accesses ever accepted.
  std::uint64_t translations() const {
    return l1_hits + l2_hits + dtlb_errors + itlb_errors + machine_checks + walk_faults;
  }
};

}  // namespace tessera::mmu
