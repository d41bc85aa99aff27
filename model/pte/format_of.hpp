#pragma once

#include <string>

#include "model/pte/layout.hpp"

namespace tessera::pte {

/// Why the VM layer cannot keep its page tables in this format: it knows two levels of a 32-bit
/// page table, offsets in one piece, and frame numbers whose first piece has at least 20 bits.
/// Empty if it can.
std::string vm_obstacle(const Layout& layout);

/// Why a whole machine cannot run on it: vm_obstacle, or its loader is missing or takes other
/// bits than the kernel sets. Empty if it can.
std::string machine_obstacle(const Layout& layout);

/// The table that hot paths use; without [loader] no access ever loads an entry. `layout` must
/// outlive it. Throws UserError for what vm_obstacle names.
Format format_of(const Layout& layout);

}  // namespace tessera::pte
