#include "sw/vm/kernels/kernels.hpp"
#include "sw/vm/kernels/measured_costs.hpp"

namespace tessera::vm {

const Personality kLinux61 = {
    .name = "6.1",
    .task_size = EffectiveAddress(0xc000'0000),
    .unmapped_base = EffectiveAddress(0x4800'0000),
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65530,
    // 64 bytes plus the words of swap, anonymous names and userfaultfd (linux-vm.md G).
    .vma_bytes = 76,
    // A maple tree of 32 ranges a leaf and 21 children an inner node, all at least half full.
    .vma_tree = {.fan_out = 20, .sets_nodes_aside = true},
    .mmap = {.knows_fixed_noreplace = true, .knows_shared_validate = true},
    .merge = {.bare_neighbour_refuses = true},
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
    .file_fault = {.fault_around = PageCount(16),
                   .table_waits_for_page = true,
                   .readahead_mark_is_major = true},
    .sync = {.only_the_range = true},
    .pfn = {.refuses_unaligned = true},
    .hugetlb = {.knows_flag = true, .through_tlb1 = true, .cpu_in_task = true},
    .costs = costs_of_6_1(),
    .cost_source = "measured",
};

}  // namespace tessera::vm
