#pragma once

#include "model/types/units.hpp"
#include "sw/machine/memory/cache_level.hpp"
#include "sw/machine/memory/physical_memory.hpp"

namespace tessera::machine {

/// Caches and memory behind one core; latencies are load-to-use in core cycles. Defaults: the
/// shapes of a P4080, and the latencies of e500mc-mmu.md 6.2 (a choice where not published).
struct MemoryParameters {
  CacheShape l1d{Bytes(32U << 10), 8, Cycles(3)};
  CacheShape l2{Bytes(128U << 10), 8, Cycles(11)};
  CacheShape cpc{Bytes(2U << 20), 32, Cycles(55)};
  Cycles ddr{160};
  PageCount ram{2048ULL << 8};  ///< 2 GB
};

/// The one memory of a machine: core, miss handler and walkers all go through it. Its latency is
/// a function of the real address and of what was used before; one access is outstanding.
class Memory {
 public:
  explicit Memory(const MemoryParameters& parameters);

  /// Load-to-use latency of a load or store (stores allocate and wait: a blocking core).
  Cycles use(RealAddress ra);

  PhysicalMemory& contents() { return contents_; }
  const PhysicalMemory& contents() const { return contents_; }

 private:
  PhysicalMemory contents_;
  CacheLevel l1d_;
  CacheLevel l2_;
  CacheLevel cpc_;
  Cycles ddr_;
};

}  // namespace tessera::machine
