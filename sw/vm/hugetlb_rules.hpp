#pragma once

namespace tessera::vm {

/// What a kernel knows of huge pages (e500mc-mmu.md 5.5, 7.3; linux-vm.md C, D1).
struct HugetlbRules {
  /// mmap knows MAP_HUGETLB (2.6.32); otherwise the flag is ignored.
  bool knows_flag = false;
  /// It is built for e500, whose huge pages live in TLB1. A kernel that knows the flag but has no
  /// huge pages refuses it.
  bool through_tlb1 = false;
  /// Its TLB-miss handler finds the number of the CPU in the task, one load nearer than in a
  /// thread_info (Linux 5.1; e500mc-mmu.md 5.6: 93 instructions instead of 94).
  bool cpu_in_task = false;
};

}  // namespace tessera::vm
