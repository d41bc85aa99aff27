#include "sw/vm/kernels/kernels.hpp"

namespace tessera::vm {

// The process's addresses end below 4 GB, where the recorded window is: x86-64's own limit is
// out of reach of a 32-bit EffectiveAddress.
const Personality kLinux618 = {
    .name = "6.18",
    .word_bits = 64,
    .task_size = EffectiveAddress(0xffff'f000),
    // Where x86-64 places mappings is random, and with it how they lie to the blocks of
    // fault-around: half a block off is how most lie.
    .unmapped_base = EffectiveAddress(0x4800'8000),
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65530,
    .vma_bytes = 192,
    // A maple tree of 16 ranges a leaf and 10 children an inner node, all at least half full.
    .vma_tree = {.fan_out = 10},
    .mmap = {.knows_fixed_noreplace = true,
             .knows_shared_validate = true,
             .largest_file_page = (std::uint64_t{1} << 51) - 1},
    .merge = {},
    .mmap_merge = {},
    .remap = {.is_emulated = true, .may_span_vmas = true},
    .populate = {.always_counts_minor = true, .any_accessible = true, .after_mprotect = true},
    .protect = {.flushes_once_a_call = true,
                .restores_private_writes = true,
                .read_only_drops_account = true},
    .move = {.knows_dontunmap = true,
             .may_span_vmas = true,
             .checks_arguments_first = true,
             .checks_map_count_first = true,
             .looks_up_first = true,
             .empty_source_overlaps_nothing = true,
             .duplicates_only_shared = true,
             .growing_merges = true},
    .zap = {.dirty_file_pages_flush_early = true},
    .file_fault = {.fault_around = PageCount(16),
                   .table_waits_for_page = true,
                   .last_page_needs_table_to_come_along = true,
                   .fault_around_after_major = true,
                   .code_is_read_forwards = true},
    .sync = {.only_the_range = true},
    .pfn = {.refuses_unaligned = true},
    // x86-64 has huge pages of its own, which are not modelled.
    .hugetlb = {.knows_flag = true},
    .costs = {},
};

}  // namespace tessera::vm
