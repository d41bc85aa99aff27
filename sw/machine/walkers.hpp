#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/mmu/parameters.hpp"
#include "model/pte/format.hpp"
#include "model/types/units.hpp"

namespace tessera::machine {

/// Who walks the page tables, by the name a user gives it.
struct WalkerDescription {
  mmu::HardwareWalker walker;
  std::string_view name;
  std::string_view description;
};

/// All of them, the default (software) first.
const std::vector<WalkerDescription>& walkers();

const WalkerDescription& describe(mmu::HardwareWalker walker);

/// `core` with that walker, and with what the walker needs (docs/walkers.md W1).
mmu::Parameters with_walker(mmu::Parameters core, mmu::HardwareWalker walker);

/// Why the walker cannot read page tables of this format, and what would be right; empty if it
/// can.
std::string walker_error(mmu::HardwareWalker walker, const pte::Format& format);

/// Bytes of the PGD of a format.
Bytes pgd_bytes(const pte::Format& format);

}  // namespace tessera::machine
