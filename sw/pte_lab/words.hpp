#pragma once

#include <cstdint>
#include <string>

#include "sw/pte_lab/semantics.hpp"

namespace tessera::pte_lab {

/// What handle_pte_fault takes an entry for.
enum class Kind : std::uint8_t { Present, None, File, Swap };

/// The kernel's own order: present, none, file, swap. Without file PTEs what is left is swap.
Kind kind_of(const Layout& layout, Raw entry);

/// "present", "none", "a file PTE", "a swap entry".
std::string name_of(Kind kind);

/// The entry in hexadecimal, in the width of the format.
std::string hex(const Layout& layout, Raw entry);

/// "a file PTE of page 5", "a swap entry, type 0, offset 256", "none: nothing here".
std::string taken_for(const Layout& layout, Raw entry);

/// "frame 0x12, a program's page, rw-, dirty": what an encoder was asked for.
std::string request_text(const PageRequest<Raw>& page);

/// The six rights of MAS3 that the loader grants, "UX SX", or "no right".
std::string granted_text(const Layout& layout, Raw entry);

/// The rights of MAS3 by their bit number: SR, UR, SW, UW, SX, UX.
std::string right_name(pte::Mas3Permission right);

}  // namespace tessera::pte_lab
