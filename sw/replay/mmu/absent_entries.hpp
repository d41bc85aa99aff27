#pragma once

#include <cstdint>
#include <map>

#include "model/types/units.hpp"
#include "sw/replay/mmu/log_line.hpp"

namespace tessera::replay {

/// The log's valid TLB1 entries for which the core has no place: the log's TLB1 has 64. Between
/// two dumps one that was invalidated is still taken to be there.
class AbsentEntries {
 public:
  explicit AbsentEntries(unsigned tlb1_entries) : tlb1_entries_(tlb1_entries) {}

  /// The operation is on such an entry, or at an address that one may map.
  bool concern(const LogLine& operation) const;
  /// A D line describes such an entry.
  bool concern_dump(const LogLine& line) const;

  /// Learns from a tlbwe what stands in such an entry.
  void note(const LogLine& operation);
  /// Learns it from a D line.
  void note_dump(const LogLine& line);
  /// A dump begins, which will tell all that are there.
  void forget() { entries_.clear(); }

 private:
  struct Page {
    EffectiveAddress ea;
    Bytes size;
  };

  void put(std::uint32_t esel, std::uint32_t mas1, std::uint32_t mas2);
  bool may_map(EffectiveAddress ea) const;

  unsigned tlb1_entries_;
  std::map<std::uint32_t, Page> entries_;  ///< by ESEL
};

}  // namespace tessera::replay
