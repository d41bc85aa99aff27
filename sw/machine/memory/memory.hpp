#pragma once

#include <cstdint>
#include <optional>

#include "model/mmu/walk_memory.hpp"
#include "model/types/units.hpp"
#include "sw/machine/memory/cache_level.hpp"
#include "sw/machine/memory/physical_memory.hpp"

namespace tessera {
class Archive;
}

namespace tessera::machine {

/// The first cache that a hardware walker's loads look into. Past the L1D they neither find nor
/// leave anything in it (e500mc-mmu.md 6.2, `HTW PTE load`).
enum class WalkLoadCache : std::uint8_t { L2, L1d };

/// Caches and memory behind one core; latencies are load-to-use in core cycles. Defaults: the
/// shapes of a P4080, and the latencies of e500mc-mmu.md 6.2 (a choice where not published).
struct MemoryParameters {
  CacheShape l1d{Bytes(32U << 10), 8, Cycles(3)};
  CacheShape l2{Bytes(128U << 10), 8, Cycles(11)};
  CacheShape cpc{Bytes(2U << 20), 32, Cycles(55)};
  Cycles ddr{160};
  WalkLoadCache walk_loads = WalkLoadCache::L2;
  PageCount ram{2048ULL << 8};  ///< 2 GB
};

/// Loads of a hardware walker, as memory saw them.
struct WalkLoads {
  std::uint64_t all = 0;                 ///< answered, errors included
  std::uint64_t of_pgd = 0;              ///< of them, loads of what begin_walks_in names
  Cycles latencies;                      ///< of all of them
  std::optional<RealAddress> no_memory;  ///< where the last one went that found nothing

  void state(Archive& archive);
};

/// The one memory of a machine: core, miss handler and walkers all go through it. Its latency is
/// a function of the real address and of what was used before; one access is outstanding.
class Memory final : public mmu::WalkMemory {
 public:
  /// Behind the RAM lies the memory of a device of so many pages.
  explicit Memory(const MemoryParameters& parameters, PageCount device = PageCount(0));

  /// Load-to-use latency of a load or store (stores allocate and wait: a blocking core).
  Cycles use(RealAddress ra);

  /// A hardware walker's load (docs/walkers.md W2), with the latency of the caches that
  /// MemoryParameters::walk_loads gives it: a PTE is a big-endian value, its high word first. An
  /// error beyond RAM, after the latency of `ddr`.
  mmu::WalkLoad load(RealAddress ra, bool is_double) override;

  const WalkLoads& walk_loads() const { return walk_loads_; }

  /// Walks that read a PGD begin with a load of [pgd, pgd + size): counted in WalkLoads::of_pgd.
  void begin_walks_in(RealAddress pgd, Bytes size);

  PhysicalMemory& contents() { return contents_; }
  const PhysicalMemory& contents() const { return contents_; }

  /// What changes during a run (decision 13).
  void state(Archive& archive);

 private:
  Cycles use_behind_l1d(RealAddress ra);

  PhysicalMemory contents_;
  CacheLevel l1d_;
  CacheLevel l2_;
  CacheLevel cpc_;
  Cycles ddr_;
  WalkLoadCache walk_cache_;
  WalkLoads walk_loads_;
  RealAddress pgd_;
  Bytes pgd_size_;
};

}  // namespace tessera::machine
