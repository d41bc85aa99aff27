#include "sw/vm/kernels/kernels.hpp"

namespace tessera::vm {

namespace {

// Instructions of a 6.1.192 kernel with 64-bit PTEs on an e500mc, fitted by least squares of the
// relative error to even rows of the recorded database-window runs above 1e6 instructions, which
// come out within 1.1 %; the odd rows come out within 8.4 % (tb/golden/vm-kernel/dbwin_test.cpp).
// Before the fit, TLB refills and bail-outs were taken off at the miss handler's own count.
constexpr KernelCosts costs_of_6_1() {
  KernelCosts costs;
  // Fitted.
  costs[KernelWork::MunmapBase] = 2480;
  costs[KernelWork::FindVmaLevel] = 187;
  costs[KernelWork::VmaSplit] = 9415;
  costs[KernelWork::VmaTreeNode] = 165;
  costs[KernelWork::RemapBase] = 186;
  costs[KernelWork::PrefaultBase] = 577;
  costs[KernelWork::PrefaultPage] = 379;
  costs[KernelWork::FileFault] = 656;
  costs[KernelWork::FileDirty] = 295;
  costs[KernelWork::UpgradeFault] = 397;
  // Held at estimates: in these runs they always occur together with a fitted item, so that
  // only the sums are known.
  costs[KernelWork::SystemCall] = 120;
  costs[KernelWork::MmapBase] = 1200;
  costs[KernelWork::VmaInsert] = 1000;
  costs[KernelWork::VmaRemove] = 500;
  costs[KernelWork::ZapEntry] = 6;
  costs[KernelWork::ZapPage] = 60;
  costs[KernelWork::PageFlush] = 40;
  costs[KernelWork::PidFlush] = 60;
  costs[KernelWork::ExceptionFault] = 420;
  // Held at estimates: too rare in these runs to be seen.
  costs[KernelWork::VmaAdjust] = 800;
  costs[KernelWork::TableAllocate] = 700;
  // Held at estimates, those of 3.8 where it has one: these runs have none of them.
  costs[KernelWork::TableFree] = 300;
  costs[KernelWork::AnonymousFault] = 500;
  costs[KernelWork::CopyFault] = 1800;
  costs[KernelWork::PageClear] = 900;
  costs[KernelWork::ProtectEntry] = 20;
  costs[KernelWork::MoveEntry] = 40;
  costs[KernelWork::MapAround] = 250;
  costs[KernelWork::CopyEntry] = 40;
  return costs;
}

}  // namespace

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
    .costs = costs_of_6_1(),
};

}  // namespace tessera::vm
