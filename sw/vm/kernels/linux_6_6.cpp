#include "sw/vm/kernels/kernels.hpp"
#include "sw/vm/kernels/measured_costs.hpp"

namespace tessera::vm {

const Personality kLinux66 = {
    .name = "6.6",
    .task_size = EffectiveAddress(0xc000'0000),
    .unmapped_base = EffectiveAddress(0x4800'0000),
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65530,
    .vma_bytes = 76,  // as 6.1 (linux-vm.md G)
    // The maple tree of 6.1, but a change allocates what it needs, not the worst case.
    .vma_tree = {.fan_out = 20},
    .mmap = {.knows_fixed_noreplace = true, .knows_shared_validate = true},
    .merge = {.bare_neighbour_refuses = true},
    // mmap_region tries the VMA behind first (linux-vm.md D3).
    .mmap_merge = {.bare_neighbour_refuses = true, .next_first = true},
    .remap = {.is_emulated = true, .may_span_vmas = true},
    .populate = {.always_counts_minor = true, .any_accessible = true, .after_mprotect = true},
    .protect = {.flushes_once_a_call = true, .restores_private_writes = true},
    .move = {.knows_dontunmap = true,
             .dontunmap_compares_bytes = true,
             .checks_map_count_first = true,
             .looks_up_first = true,
             .empty_source_overlaps_nothing = true,
             .duplicates_only_shared = true,
             .growing_merges = true},
    .zap = {.dirty_file_pages_flush_early = true},
    .file_fault = {.fault_around = PageCount(16), .table_waits_for_page = true},
    .sync = {.only_the_range = true},
    .pfn = {.refuses_unaligned = true},
    .hugetlb = {.knows_flag = true, .through_tlb1 = true, .cpu_in_task = true},
    .costs = costs_of_6_1(),
    .cost_source = "estimated from 6.1",
};

}  // namespace tessera::vm
