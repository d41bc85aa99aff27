#pragma once

#include <cstdint>
#include <vector>

#include "model/types/units.hpp"

namespace tessera::vm {

class AddressSpace;

/// Which process owns which PID of the MMU (Linux context ids of e500: 1..255). When none is
/// free, one is taken from the process that got it longest ago.
class ContextTable {
 public:
  /// PIDs [first, last], first > 0: 0 is the kernel's.
  explicit ContextTable(Pid first = Pid(1), Pid last = Pid(255));

  /// The process will be scheduled by this table and has no PID until then: nothing of it can be
  /// in a TLB, so that nothing is flushed for it. `space` must leave() before it goes.
  void enter(AddressSpace& space);

  /// Linux switch_mm: the process runs now; the PID it runs under. Stealing one flushes it
  /// (cause ContextSteal), in the name of the process that loses it.
  Pid switch_to(AddressSpace& space);

  /// Linux destroy_context: its PID is free again. Its translations must be flushed by then.
  void leave(AddressSpace& space);

  /// PIDs taken from a process that had one.
  std::uint64_t steals() const { return steals_; }

 private:
  Pid take_free();
  Pid steal();
  AddressSpace*& owner_of(Pid pid) { return owners_[pid.value() - first_]; }
  void advance_from(std::uint32_t pid);

  std::uint32_t first_;
  std::uint32_t last_;
  std::uint32_t next_;
  std::uint32_t free_;
  std::vector<AddressSpace*> owners_;
  std::uint64_t steals_ = 0;
};

}  // namespace tessera::vm
