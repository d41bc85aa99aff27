#include "sw/vm/kernels/kernels.hpp"
#include "sw/vm/kernels/measured_costs.hpp"

namespace tessera::vm {

const Personality kLinux2611 = {
    .name = "2.6.11",
    .task_size = EffectiveAddress(0xc000'0000),
    .unmapped_base = EffectiveAddress(0x4800'0000),
    .kernel_base = EffectiveAddress(0xc000'0000),
    .max_map_count = 65536,  // DEFAULT_MAX_MAP_COUNT [2.6.11 linux/sched.h]
    .vma_bytes = 88,         // linux-vm.md G
    .process_vmas = 6,
    .mmap = {.empty_succeeds = true, .overflow_is_invalid = true},
    .merge = {},
    .mmap_merge = {},
    .remap = {.populates_at_once = true},
    .populate = {.by_remapping = true},
    .protect = {.flushes_untouched = true},
    .move = {.flushes_each_entry = true, .duplicating_drops_account = true},
    .zap = {},
    .file_fault = {.ignores_first_write = true},
    .sync = {.walks_page_table = true},
    .fork = {.copies_all_entries = true, .shares_anon_identity = true},
    .pfn = {.marks_vmas = false, .marks_entries = false},
    .knows_madvise_remove = false,
    .costs = costs_of_3_8(),
    .cost_source = "estimated from 3.8",
};

}  // namespace tessera::vm
