#include "model/mmu/core.hpp"

namespace tessera::mmu::cores {

// Every default of Parameters and Timing is e500mc's (e500mc-mmu.md 6.2, 12).
constinit const Core kE500mc{
    .name = "e500mc",
    .description = "e500mc (P4080): E.HV, tlbilx, TLB0 512 x 4-way, TLB1 64, L1 64 + 8",
    .parameters = {},
    .timing = {},
};

}  // namespace tessera::mmu::cores
