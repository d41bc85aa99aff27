#pragma once

namespace tessera::vm {

/// How remap_file_pages differs. Three ways of doing it: the pages are mapped at once
/// (populates_at_once, to 2.6.22); file PTEs are written and the pages faulted in behind them
/// (2.6.23 to 3.19, none of the two flags); the range is mapped anew (is_emulated, from 4.0 on).
struct RemapRules {
  /// It is a mmap(MAP_FIXED) of the range: VMAs instead of file PTEs (4.0, linux-vm.md A6, A7).
  bool is_emulated = false;
  /// A range that is linear already, in a VMA that was never nonlinear, is done at once, with
  /// nothing populated (linux-vm.md A4 row 10a; 4.5 and later map it again).
  bool linear_is_no_op = false;
  /// Without MAP_NONBLOCK the pages are faulted in before it returns (A4 row 13).
  bool prefaults = false;
  /// The faulting in is mmap's own (mm_populate): of linear ranges and of what became VMAs too,
  /// and of locked memory whatever the flags say (3.9, linux-vm.md A5).
  bool prefaults_like_mmap = false;
  /// The range may span several VMAs of the same file and flags (4.5, linux-vm.md A7).
  bool may_span_vmas = false;

  /// The file maps its pages into the range at once, without any fault (vm_ops->populate, until
  /// 2.6.22, linux-vm.md A1, A3). A fault on a file PTE does the same, and counts as major.
  bool populates_at_once = false;
  /// `prot` is the rights of the pages, whatever those of the VMA (2.5.42, linux-vm.md A1);
  /// otherwise it must be 0.
  bool takes_protection = false;
  /// Start and size are rounded up, and the range that is populated may end behind the VMA
  /// (2.5.42, linux-vm.md A1); otherwise they are rounded down.
  bool rounds_up = false;
  /// Neither the VMA nor an entry remembers which page was mapped where: what is taken out of
  /// memory comes back as the linear page (2.5.42, linux-vm.md A1).
  bool forgets_offsets = false;
  /// Every page is flushed, even where nothing was mapped (2.5.42, linux-vm.md A1, J).
  bool flushes_empty_slots = false;
};

}  // namespace tessera::vm
