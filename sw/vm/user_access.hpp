#pragma once

#include <cstdint>

#include "model/types/units.hpp"
#include "sw/vm/address_space.hpp"
#include "sw/vm/hardware.hpp"
#include "sw/vm/system_calls.hpp"

namespace tessera::vm {

/// How an access of user code ended.
struct UserAccess {
  FaultResult result = FaultResult::Resolved;  ///< otherwise the signal that ended it
  std::uint32_t word = 0;                      ///< what a load read; 0 if it did not
};

/// User code without an MMU: every load and store walks the page table, takes a page fault
/// (DSI) if the entry does not allow it, and tries again. A format whose A and D bits belong to
/// the hardware gets them set; otherwise a page that is not ACCESSED, or not DIRTY for a store,
/// faults (linux-vm.md B4). There is no TLB: each access sees the table as it is.
class UserCode {
 public:
  /// Both outlive this object; `hardware` is the one the address space works on.
  UserCode(AddressSpace& space, Hardware& hardware) : space_(space), hardware_(hardware) {}

  /// `address` is a multiple of 4. Throws std::logic_error if the kernel resolves the same
  /// fault again and again without letting the access through.
  UserAccess load(EffectiveAddress address) { return access(address, FaultAccess::Read, 0); }
  /// Stores a word; as load().
  UserAccess store(EffectiveAddress address, std::uint32_t word) {
    return access(address, FaultAccess::Write, word);
  }

  /// Page-fault exceptions taken so far, those that ended in a signal included.
  std::uint64_t exceptions() const { return exceptions_; }

 private:
  UserAccess access(EffectiveAddress address, FaultAccess kind, std::uint32_t word);
  bool passes(EffectiveAddress address, FaultAccess kind);
  RealAddress low_word_of_entry(EffectiveAddress address) const;

  AddressSpace& space_;
  Hardware& hardware_;
  std::uint64_t exceptions_ = 0;
};

}  // namespace tessera::vm
