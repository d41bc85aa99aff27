#include "sw/vm/kernels/kernels.hpp"

namespace tessera::vm {

namespace {

// Instructions of a 3.8.13 kernel with 64-bit PTEs on an e500mc, fitted by least squares of the
// relative error to even rows of the recorded database-window runs; the odd rows above 1e6
// instructions come out within 4.2 % (tb/golden/vm-kernel/dbwin_test.cpp). Before the fit, 47
// instructions a TLB refill and 34 a bail-out were taken off (e500mc-mmu.md 5.6).
constexpr KernelCosts costs_of_3_8() {
  KernelCosts costs;
  // Fitted.
  costs[KernelWork::MmapBase] = 1218;
  costs[KernelWork::MunmapBase] = 386;
  costs[KernelWork::FindVmaLevel] = 8;
  costs[KernelWork::VmaInsert] = 849;
  costs[KernelWork::VmaRemove] = 295;
  costs[KernelWork::VmaSplit] = 1385;
  costs[KernelWork::RemapBase] = 133;
  costs[KernelWork::RemapReplace] = 123;
  costs[KernelWork::PrefaultBase] = 121;
  costs[KernelWork::PrefaultPage] = 353;
  costs[KernelWork::ExceptionFault] = 333;
  costs[KernelWork::FileFault] = 472;
  costs[KernelWork::FileDirty] = 185;
  costs[KernelWork::UpgradeFault] = 65;
  // Held at estimates: in these runs they always occur together with a fitted item, so that
  // only the sums are known.
  costs[KernelWork::SystemCall] = 120;
  costs[KernelWork::ZapEntry] = 6;
  costs[KernelWork::ZapPage] = 60;
  costs[KernelWork::PageFlush] = 40;
  costs[KernelWork::PidFlush] = 60;
  costs[KernelWork::RemapPage] = 60;
  // Held at estimates: too rare in these runs to be seen.
  costs[KernelWork::VmaAdjust] = 450;
  costs[KernelWork::AnonymousFault] = 500;
  costs[KernelWork::CopyFault] = 1800;
  costs[KernelWork::PageClear] = 900;
  costs[KernelWork::TableAllocate] = 700;
  costs[KernelWork::TableFree] = 300;
  // Held at estimates: these runs have none.
  costs[KernelWork::ProtectEntry] = 20;
  costs[KernelWork::MoveEntry] = 40;
  costs[KernelWork::CopyEntry] = 40;
  return costs;
}

}  // namespace

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
    .costs = costs_of_3_8(),
};

}  // namespace tessera::vm
