#pragma once

#include "model/pte/format.hpp"

namespace tessera::pte {

/// x86-64 with 4 KB pages, kernels without file PTEs (4.0 and later): ACCESSED and DIRTY are set
/// by the hardware. Its upper three levels are modelled as one.
extern const Format kX8664;

/// Controls: `fsl64` with macros broken on purpose, as in the recorded mutant kernels
/// (linux-vm.md L, "Logger"). In the first the none mask hides all file PTEs; in the second the
/// offset is written to the upper word and read from the lower one.
Format fsl64_none_mask(Format fsl64);
/// The second of them.
Format fsl64_pte_to_pgoff(Format fsl64);

}  // namespace tessera::pte
