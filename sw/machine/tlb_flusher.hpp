#pragma once

#include <cstdint>

#include "model/types/units.hpp"
#include "sw/machine/core.hpp"

namespace tessera::machine {

/// Flushes as executed: what the kernel asked for, by the kind of invalidation the core did.
struct FlushCounters {
  std::uint64_t va = 0;     ///< one page: tlbilx T=3, or tlbsx and tlbwe
  std::uint64_t pid = 0;    ///< one PID: tlbilx T=1
  std::uint64_t all = 0;    ///< everything not protected: MMUCSR0 flash
  std::uint64_t tlbwe = 0;  ///< entries a tlbwe invalidated, on cores without tlbilx
};

/// Linux's TLB flush primitives (e500mc-mmu.md 7.2), as MMU instructions on the core's MMU.
class TlbFlusher {
 public:
  /// `has_tlbilx`: Linux's MMU_FTR_USE_TLBILX (e500mc and later).
  TlbFlusher(Core& core, bool has_tlbilx) : core_(core), has_tlbilx_(has_tlbilx) {}

  /// _tlbil_va: one 4 KB page of one PID.
  void flush_va(EffectiveAddress ea, Pid pid);

  /// _tlbil_pid: all of one PID; on cores without tlbilx everything that is not protected.
  void flush_pid(Pid pid);

  const FlushCounters& counters() const { return counters_; }

 private:
  void execute(mmu::Opcode opcode, EffectiveAddress ea, std::uint8_t t = 0);
  void search_and_invalidate(EffectiveAddress ea);
  void flash_invalidate();

  Core& core_;
  bool has_tlbilx_;
  FlushCounters counters_;
};

}  // namespace tessera::machine
