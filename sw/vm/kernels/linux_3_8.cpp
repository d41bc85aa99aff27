#include "sw/vm/kernels/kernels.hpp"
#include "sw/vm/kernels/measured_costs.hpp"

namespace tessera::vm {

const Personality kLinux38 = {
    .name = "3.8",
    .task_size = EffectiveAddress(0xc000'0000),
    .unmapped_base = EffectiveAddress(0x4800'0000),  // TASK_SIZE / 8 * 3 (linux-vm.md D5)
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65530,
    // 3.6's 84 plus the free-gap word of the augmented rb tree (linux-vm.md G, row 3.18).
    .vma_bytes = 88,
    .process_vmas = 6,
    .mmap = {},
    .merge = {.bare_neighbour_refuses = true},
    .mmap_merge = {.bare_neighbour_refuses = true},
    .remap = {.linear_is_no_op = true, .prefaults = true},
    .populate = {},
    .protect = {},
    .move = {.flushes_empty_tables = true, .duplicating_drops_account = true},
    .zap = {},
    .file_fault = {},
    .sync = {},
    .hugetlb = {.knows_flag = true, .through_tlb1 = true},
    .costs = costs_of_3_8(),
    .cost_source = "measured",
};

}  // namespace tessera::vm
