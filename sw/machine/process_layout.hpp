#pragma once

#include <vector>

#include "model/types/units.hpp"
#include "sw/workload/operation.hpp"

namespace tessera::machine {

/// A VMA that a process has beside the window.
struct ProcessVma {
  const char* name = "";
  EffectiveAddress start;
  PageCount pages;
  unsigned protection = 0;  ///< vm::kProt* bits
  bool from_image = false;  ///< mapped from the program's file, else anonymous
};

/// The program around a window, as data: its VMAs, and the pages of its own that it keeps using.
struct ProcessLayout {
  std::vector<ProcessVma> vmas;
  EffectiveAddress window;        ///< where the window begins
  EffectiveAddress main_code;     ///< the loop
  EffectiveAddress library_code;  ///< the system-call stubs of the C library
  EffectiveAddress stack_data;    ///< locals
  EffectiveAddress static_data;   ///< the generator's state, the buffer directory
};

/// dbwin with `vmas` VMAs beside the window: 6 under 3.8.13, 8 under 6.1; code in TLB0 sets 58
/// and 0, data in sets 117 and 126 (linux-vm.md L, where they were fitted to the golden rows).
/// Throws std::logic_error for more than 8.
ProcessLayout dbwin_layout(unsigned vmas);

}  // namespace tessera::machine
