#pragma once

/// The checks, by topic. Each prints its own lines; the order is that of the recorded outcomes.

/// Pages in another order: what they show, and when they are faulted in.
void check_order(void);

/// Offsets outlive MADV_DONTNEED and fork.
void check_persistence(void);

/// mprotect, munmap and mremap of parts of a remapped window.
void check_vma_changes(void);

/// Arguments of remap_file_pages that are wrong or strange.
void check_arguments(void);

/// Kinds of mappings remap_file_pages is asked to change.
void check_mappings(void);

/// Truncation and mlock of a remapped window.
void check_truncate_and_lock(void);

/// Page offsets of every size: which bits a PTE of a page that is not present keeps.
void check_offsets(const char* file_system);
