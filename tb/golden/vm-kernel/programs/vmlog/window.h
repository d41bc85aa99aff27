#pragma once

#include "common/page.h"

/// The window all operations are about: nothing else is mapped near it, and no kernel places
/// anything there of its own accord.
#define WINDOW_BASE 0x20000000UL
#define WINDOW_PAGES 64
#define WINDOW_END (WINDOW_BASE + WINDOW_PAGES * PAGE_BYTES)

/// Address of a page of the window.
static inline unsigned long window_address(int page) {
  return WINDOW_BASE + (unsigned long)page * PAGE_BYTES;
}

/// Bytes of so many pages.
static inline unsigned long bytes_of(int pages) { return (unsigned long)pages * PAGE_BYTES; }
