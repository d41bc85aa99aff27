#pragma once

#include "sw/vm/personality.hpp"

namespace tessera::vm {

/// Linux 2.5.42, the first remap_file_pages: it forgets what it mapped (linux-vm.md A1).
extern const Personality kLinux2542;

/// Linux 2.6.11: file PTEs, but the pages are mapped at once, without faults (linux-vm.md A3).
extern const Personality kLinux2611;

/// Linux 3.8, powerpc e500mc: native remap_file_pages (linux-vm.md A4).
extern const Personality kLinux38;

/// Linux 3.18, powerpc e500mc: the last native remap_file_pages; fault-around (linux-vm.md A5).
extern const Personality kLinux318;

/// Linux 4.1, powerpc e500mc: the first emulation, of one VMA at a time (linux-vm.md A6).
extern const Personality kLinux41;

/// Linux 6.1, powerpc e500mc: remap_file_pages is emulated with VMAs (linux-vm.md A7, L).
extern const Personality kLinux61;

/// Linux 6.6, powerpc e500mc: as 6.1 but for the VMA tree's preparations (linux-vm.md A7, D).
extern const Personality kLinux66;

/// Linux 6.18, x86-64: likewise, with fault-around and moves of several VMAs (linux-vm.md L).
extern const Personality kLinux618;

}  // namespace tessera::vm
