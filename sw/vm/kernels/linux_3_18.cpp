#include "sw/vm/kernels/kernels.hpp"
#include "sw/vm/kernels/measured_costs.hpp"

namespace tessera::vm {

const Personality kLinux318 = {
    .name = "3.18",
    .task_size = EffectiveAddress(0xc000'0000),
    .unmapped_base = EffectiveAddress(0x4800'0000),
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65530,
    .vma_bytes = 88,  // linux-vm.md G
    .process_vmas = 6,
    .mmap = {},
    .merge = {.bare_neighbour_refuses = true},
    .mmap_merge = {.bare_neighbour_refuses = true},
    .remap = {.linear_is_no_op = true, .prefaults = true, .prefaults_like_mmap = true},
    .populate = {.any_accessible = true},
    .protect = {},
    .move = {.flushes_empty_tables = true, .duplicating_drops_account = true},
    .zap = {.dirty_file_pages_flush_early = true},
    .file_fault = {.fault_around = PageCount(16)},
    .sync = {.only_the_range = true},
    .hugetlb = {.knows_flag = true, .through_tlb1 = true},
    .costs = costs_of_3_8_with_fault_around(),
    .cost_source = "estimated from 3.8, fault-around from 6.1",
};

}  // namespace tessera::vm
