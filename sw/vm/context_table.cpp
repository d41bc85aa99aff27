#include "sw/vm/context_table.hpp"

#include <stdexcept>

#include "sw/vm/address_space.hpp"

namespace tessera::vm {

ContextTable::ContextTable(Pid first, Pid last)
    : first_(first.value()), last_(last.value()), next_(first.value()) {
  if (first == Pid(0) || last < first) {
    throw std::invalid_argument("context table: PIDs must be 0 < first <= last");
  }
  free_ = last_ - first_ + 1;
  owners_.resize(free_);
}

void ContextTable::enter(AddressSpace& space) { space.lose_context(); }

// switch_mmu_context of arch/powerpc/mm/mmu_context_nohash.c.
Pid ContextTable::switch_to(AddressSpace& space) {
  if (space.has_context()) return space.pid();
  const Pid pid = free_ != 0 ? take_free() : steal();
  owner_of(pid) = &space;
  advance_from(pid.value());
  space.gain_context(pid);
  return pid;
}

Pid ContextTable::take_free() {
  --free_;
  while (owner_of(Pid(next_)) != nullptr) advance_from(next_);
  return Pid(next_);
}

Pid ContextTable::steal() {
  const Pid pid(next_);
  owner_of(pid)->yield_context();
  ++steals_;
  return pid;
}

void ContextTable::leave(AddressSpace& space) {
  if (!space.has_context()) return;
  owner_of(space.pid()) = nullptr;
  ++free_;
  space.lose_context();
}

void ContextTable::advance_from(std::uint32_t pid) { next_ = pid == last_ ? first_ : pid + 1; }

}  // namespace tessera::vm
