#pragma once

#include "sw/vm/personality.hpp"

namespace tessera::vm {

/// Linux 3.8, powerpc e500mc: native remap_file_pages (linux-vm.md A4).
extern const Personality kLinux38;

/// Linux 6.1, powerpc e500mc: remap_file_pages is emulated with VMAs (linux-vm.md A7, L).
extern const Personality kLinux61;

/// Linux 6.18, x86-64: likewise, with fault-around and moves of several VMAs (linux-vm.md L).
extern const Personality kLinux618;

}  // namespace tessera::vm
