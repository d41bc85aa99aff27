#include "model/mmu/core.hpp"

namespace tessera::mmu::cores {

// e500mc-mmu.md 8. A multi-hit raises nothing there and yields an undefined address (1.7): the
// first match stands for it.
constinit const Core kE500v2{
    .name = "e500v2",
    .description = "e500v2 (P1020, MPC85xx): no E.HV, no tlbilx, 3 PIDs, TLB1 16, L1 64 + 4",
    .parameters =
        {
            .tlb1_entries = 16,
            .l1_vsp_entries = 4,
            .npids = 3,
            .has_ehv = false,
            .has_tlbilx = false,
            .has_external_pid = false,
            .multi_hit = MultiHit::First,
        },
    .timing = {},
};

}  // namespace tessera::mmu::cores
