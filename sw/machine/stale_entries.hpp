#pragma once

#include <string>
#include <vector>

#include "model/mmu/engine.hpp"
#include "sw/vm/address_space.hpp"

namespace tessera::machine {

/// Whether the page table of `space` grants what a TLB entry of its PID says: that frame, no
/// right less, and a page of that size; of an indirect entry: that PTE page, now. Takes no
/// simulated time, as stale_entries.
bool is_granted(const mmu::TlbEntry& entry, const vm::AddressSpace& space);

/// What such an entry says and what the page table says, for a person.
std::string difference_of(const mmu::TlbEntry& entry, const vm::AddressSpace& space);

/// A text for each TLB entry that the page table of `space`, the only process, does not grant; what
/// is protected from invalidation is the kernel's.
std::vector<std::string> stale_entries(const mmu::MmuEngine& engine, const vm::AddressSpace& space);

}  // namespace tessera::machine
