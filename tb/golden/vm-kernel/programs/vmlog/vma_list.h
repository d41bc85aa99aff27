#pragma once

#include "vmlog/files.h"

/// Opens /proc/self/smaps and touches the buffers. Ends the program if it cannot.
void open_vma_list(void);

/// Prints " V=<count>{...}", the VMAs of the window in the form of FORMAT.md, or " V==" if
/// the list is what it was at the last call.
void print_vma_list(const struct files* files);

/// VMAs in the window now. The list counts as never printed afterwards.
int count_vmas(const struct files* files);
