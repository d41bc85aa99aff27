#pragma once

#include "sw/vm/kernel_work.hpp"

namespace tessera::vm {

/// Instructions of a 3.8.13 kernel with 64-bit PTEs on an e500mc, fitted by least squares of the
/// relative error to even rows of the recorded database-window runs; the odd rows above 1e6
/// instructions come out within 4.2 % (tb/golden/vm-kernel/dbwin_test.cpp). Before the fit, 47
/// instructions a TLB refill and 34 a bail-out were taken off (e500mc-mmu.md 5.6).
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

/// Instructions of a 6.1.192 kernel with 64-bit PTEs on an e500mc, fitted by least squares of the
/// relative error to even rows of the recorded database-window runs above 1e6 instructions, which
/// come out within 1.1 %; the odd rows come out within 8.4 % (tb/golden/vm-kernel/dbwin_test.cpp).
/// Before the fit, TLB refills and bail-outs were taken off at the miss handler's own count.
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

/// 3.8's with what it had none of: a page mapped by fault-around costs what it costs 6.1.
constexpr KernelCosts costs_of_3_8_with_fault_around() {
  KernelCosts costs = costs_of_3_8();
  costs[KernelWork::MapAround] = costs_of_6_1()[KernelWork::MapAround];
  return costs;
}

/// What a kernel between the two would take: 6.1's faults and populating, but 3.8's changes of
/// VMAs, as both 3.8 and every kernel before 6.1 keep VMAs in a red-black tree and a list.
constexpr KernelCosts costs_of_6_1_with_rb_tree() {
  KernelCosts costs = costs_of_6_1();
  const KernelCosts older = costs_of_3_8();
  costs[KernelWork::MmapBase] = older[KernelWork::MmapBase];
  costs[KernelWork::MunmapBase] = older[KernelWork::MunmapBase];
  costs[KernelWork::FindVmaLevel] = older[KernelWork::FindVmaLevel];
  costs[KernelWork::VmaInsert] = older[KernelWork::VmaInsert];
  costs[KernelWork::VmaRemove] = older[KernelWork::VmaRemove];
  costs[KernelWork::VmaSplit] = older[KernelWork::VmaSplit];
  costs[KernelWork::VmaAdjust] = older[KernelWork::VmaAdjust];
  costs[KernelWork::VmaTreeNode] = 0;
  return costs;
}

}  // namespace tessera::vm
