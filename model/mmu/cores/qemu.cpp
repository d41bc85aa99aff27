#include "model/mmu/core.hpp"

namespace tessera::mmu::cores {

// e500mc-mmu.md 9.1 and the table of the QEMU logs (tb/golden/mmu-qemu/README.md). QEMU has no
// L1 TLBs: with overlapping entries an L1 hit would hide what its search order says.
constinit const Core kQemu{
    .name = "qemu",
    .description = "QEMU 7.2 ppce500 -cpu e500mc, as an oracle; its timing means nothing",
    .parameters =
        {
            .tlb1_max_size_code = 12,
            .l1_4k_ways = 0,
            .l1_vsp_entries = 0,
            .pid_bits = 14,
            .npids = 3,
            .tsize_bits = 5,
            .has_ehv = false,
            .boot_entry = false,
            .mmucfg_reads_zero = true,
            .tlbilx_tid0_wildcard = true,
            .exception_keeps_ce_de = false,
            .nv_scope = NvScope::Qemu,
            .multi_hit = MultiHit::First,
            .tlbsx_ra_nonzero = TlbsxRaNonzero::EaSum,
            .tlbsx_miss_epn = TlbsxMissEpn::Zero,
            .miss_u_bits = MissUBits::Zero,
            .tlbre_mas0 = TlbreMas0::Rewrite,
            .reserved_bits = ReservedBits::Retain,
            .unknown_spr = UnknownSpr::Ignore,
        },
    .timing = {},
};

}  // namespace tessera::mmu::cores
