#include "sw/vm/kernels/kernels.hpp"
#include "sw/vm/kernels/measured_costs.hpp"

namespace tessera::vm {

const Personality kLinux41 = {
    .name = "4.1",
    .task_size = EffectiveAddress(0xc000'0000),
    .unmapped_base = EffectiveAddress(0x4800'0000),
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65530,
    // As 3.18: the list of nonlinear VMAs went, but it shared its place with the interval tree's.
    .vma_bytes = 88,
    .process_vmas = 6,
    .mmap = {},
    .merge = {.bare_neighbour_refuses = true},
    .mmap_merge = {.bare_neighbour_refuses = true},
    .remap = {.is_emulated = true, .linear_is_no_op = true},
    .populate = {.any_accessible = true},
    .protect = {},
    .move = {.flushes_empty_tables = true, .duplicating_drops_account = true},
    .zap = {.dirty_file_pages_flush_early = true},
    .file_fault = {.fault_around = PageCount(16)},
    .sync = {.only_the_range = true},
    .hugetlb = {.knows_flag = true, .through_tlb1 = true},
    .costs = costs_of_6_1_with_rb_tree(),
    .cost_source = "estimated from 6.1, changes of VMAs from 3.8",
};

}  // namespace tessera::vm
