#pragma once

#include "model/pte/format.hpp"

namespace tessera::pte {

/// FSL Book E with 32-bit entries, kernels 2.6.24-3.18 (linux-vm.md F1; pte-fsl-booke.h).
extern const Format kFsl32;

/// FSL Book E with 64-bit entries, kernels 3.6-3.18 (linux-vm.md F1; pte-book3e.h on PPC32).
extern const Format kFsl64;

}  // namespace tessera::pte
