#pragma once

#include <string>
#include <vector>

#include "model/mmu/engine.hpp"
#include "sw/vm/address_space.hpp"

namespace tessera::machine {

/// Whether the page table of `space` grants what a TLB entry of its PID says: that frame, no
/// right less, and a page of that size. Takes no simulated time, as stale_entries.
bool is_granted(const mmu::TlbEntry& entry, const vm::AddressSpace& space);

/// A text for each TLB entry of the PID of `space` that its page table does not grant.
std::vector<std::string> stale_entries(const mmu::MmuEngine& engine, const vm::AddressSpace& space);

}  // namespace tessera::machine
