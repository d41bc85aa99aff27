#pragma once

#include "sw/vm/personality.hpp"

namespace tessera::vm {

/// Linux 3.8, powerpc e500mc: native remap_file_pages (linux-vm.md A4).
extern const Personality kLinux38;

}  // namespace tessera::vm
