#pragma once

#include <cstdint>

#include "model/types/units.hpp"
#include "sw/machine/core.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// Flushes as executed: what the kernel asked for, by the kind of invalidation the core did.
struct FlushCounters {
  std::uint64_t va = 0;     ///< one page: tlbilx T=3, or tlbsx and tlbwe
  std::uint64_t pid = 0;    ///< one PID: tlbilx T=1
  std::uint64_t all = 0;    ///< everything not protected: MMUCSR0 flash
  std::uint64_t table = 0;  ///< the PTE page of a span: as one page, but of indirect entries
  std::uint64_t tlbwe = 0;  ///< entries of TLB0 a tlbwe invalidated, on cores without tlbilx
  std::uint64_t tlbwe_indirect = 0;  ///< the same of indirect entries of TLB1
};

/// Linux's TLB flush primitives (e500mc-mmu.md 7.2), as MMU instructions on the core's MMU.
class TlbFlusher {
 public:
  /// `has_tlbilx`: Linux's MMU_FTR_USE_TLBILX (e500mc and later).
  TlbFlusher(Core& core, bool has_tlbilx) : core_(core), has_tlbilx_(has_tlbilx) {}

  /// _tlbil_va: one 4 KB page of one PID.
  void flush_va(EffectiveAddress ea, Pid pid);

  /// _tlbil_va with ind = 1: the indirect entry that maps `ea` for one PID.
  void flush_table(EffectiveAddress ea, Pid pid);

  /// _tlbil_pid: all of one PID; on cores without tlbilx everything that is not protected.
  void flush_pid(Pid pid);

  /// flush_pid() takes one PID, not everything.
  bool flushes_by_pid() const { return has_tlbilx_; }

  const FlushCounters& counters() const { return counters_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  void execute(mmu::Opcode opcode, EffectiveAddress ea, std::uint8_t t = 0);
  void flush(EffectiveAddress ea, std::uint32_t mas6, std::uint64_t& invalidated);
  void search_and_invalidate(EffectiveAddress ea, std::uint64_t& invalidated);
  void flash_invalidate();

  Core& core_;
  bool has_tlbilx_;
  FlushCounters counters_;
};

}  // namespace tessera::machine
