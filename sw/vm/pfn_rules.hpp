#pragma once

namespace tessera::vm {

/// How pages without a struct page are told from normal ones (linux-vm.md E).
struct PfnRules {
  /// remap_pfn_range marks the VMA (VM_PFNMAP, 2.6.15). Before, it maps only what is no memory,
  /// and what is no memory has no page.
  bool marks_vmas = true;
  /// Entries have a mark of their own (pte_special, 2.6.25), in formats with a bit for it.
  /// Otherwise a private mapping's page is its own if it is not the one that the VMA's offset
  /// says.
  bool marks_entries = true;
  /// remap_pfn_range refuses an address that is not aligned.
  bool refuses_unaligned = false;
};

}  // namespace tessera::vm
