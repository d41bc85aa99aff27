#pragma once

#include "model/pte/format.hpp"

namespace tessera::pte {

/// FSL Book E with 32-bit entries, kernels 2.6.24-3.18 (linux-vm.md F1; pte-fsl-booke.h).
extern const Format kFsl32;

/// FSL Book E with 64-bit entries, kernels 3.6-3.18 (linux-vm.md F1; pte-book3e.h on PPC32).
extern const Format kFsl64;

/// x86-64 with 4 KB pages, kernels without file PTEs (4.0 and later): ACCESSED and DIRTY are set
/// by the hardware. Its upper three levels are modelled as one.
extern const Format kX8664;

/// Controls: fsl64 with macros broken on purpose, as in the recorded mutant kernels
/// (linux-vm.md L, "Logger"). In the first the none mask hides all file PTEs; in the second the
/// offset is written to the upper word and read from the lower one.
extern const Format kFsl64NoneMask;
extern const Format kFsl64PteToPgoff;

}  // namespace tessera::pte
