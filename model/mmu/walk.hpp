#pragma once

#include <cstdint>

#include "model/mmu/registers.hpp"
#include "model/mmu/tlb_entry.hpp"
#include "model/mmu/walk_memory.hpp"
#include "model/pte/format.hpp"
#include "model/types/units.hpp"

namespace tessera::mmu {

/// How a walk ends when nothing overtakes it (docs/walkers.md W5).
enum class WalkResult : std::uint8_t {
  Entry,          ///< TLB0 gets what the PTE says
  PageTable,      ///< the PTE, or the way to it, is missing or was never accessed: ESR[PT]
  TlbIneligible,  ///< TLB0 cannot hold such a page: ESR[TLBI]
  BusError,       ///< nothing is at an address that was read
};

/// One walk without time: which loads it needs, one after the other, what it makes of their data,
/// and the entry it ends with (docs/walkers.md W5, W6).
class Walk {
 public:
  /// No walk.
  Walk() = default;

  /// HardwareWalker::Tablewalk: the two levels of the tables that `registers` name. The entry is
  /// one of address space `as` and `tid`, or TID 0 in kernel space, and of `tlpid`.
  Walk(EffectiveAddress ea, const WalkRegisters& registers, bool as, std::uint32_t tid,
       std::uint32_t tlpid);

  /// HardwareWalker::E6500: the table of an indirect entry.
  Walk(EffectiveAddress ea, const TlbEntry& indirect);

  /// It waits for a load; else it is over.
  bool loads() const { return loads_left_ != 0; }
  /// The load it waits for: 8 bytes if is_double(), else 4. Requires loads().
  RealAddress ra() const { return ra_; }
  /// Whether that load is of 8 bytes. Requires loads().
  bool is_double() const { return double_; }
  /// What that load brought. Requires loads().
  void take(std::uint64_t data, bool error);

  /// Requires !loads().
  WalkResult result() const { return result_; }
  /// For TLB0 and result Entry: all words, but neither set nor way; MAS7 as wide as the PTE's RPN.
  const TlbEntry& entry() const { return entry_; }

 private:
  void take_directory(std::uint32_t directory);
  void take_pte(pte::Raw pte);
  void end(WalkResult result);

  const pte::Format* format_ = nullptr;  ///< of the PTE
  bool indirect_ = false;                ///< through an indirect entry
  std::uint32_t base_ = 0;               ///< WALKBASE
  unsigned loads_left_ = 0;              ///< 2: directory; 1: PTE
  RealAddress ra_;
  bool double_ = false;
  WalkResult result_ = WalkResult::PageTable;
  TlbEntry entry_;
};

}  // namespace tessera::mmu
