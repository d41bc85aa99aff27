#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "common/page.h"

/// The window the checks remap, and the file behind it.
#define WINDOW_BASE 0x28000000UL
#define WINDOW_PAGES 32

/// What word 0 of page i of the file holds: FIRST_WORD + i.
#define FIRST_WORD 0x5000000L

/// What read_page returns for an access that raised a signal.
#define BUS_ERROR (-7L)
#define SEGMENTATION_FAULT (-11L)

/// Creates or empties the file at `path` and fills WINDOW_PAGES pages. Ends the program if it
/// cannot.
void open_world(const char* path);

/// The open file, and its path.
int world_file(void);
const char* world_path(void);

/// Writes every page of the file anew.
void fill_file(void);

/// Address of a page of the window, or behind it.
char* page_at(int page);

/// Maps the window to the file from its beginning, in place of what was there or just behind;
/// `type` is MAP_SHARED or MAP_PRIVATE. Ends the program if it cannot.
void map_window(int type);

/// Maps the window in place of what was there, as mmap(2) has it.
void map_other(int protection, int flags, int file);

/// remap_file_pages of `pages` pages of the window; 0, or -1 and errno.
long remap(int page, int pages, unsigned long pgoff, int flags);

/// The same with every argument free.
long remap_bytes(char* start, unsigned long size, int protection, unsigned long pgoff, int flags);

/// Maps page i to page 31 - i of the file, each by itself.
void reverse_window(int flags);

/// Word 0 at an address, or BUS_ERROR or SEGMENTATION_FAULT.
long read_word(const char* address);

/// The page of the file a page of the window shows: its word 0 less FIRST_WORD.
long shown_page(int page);

/// Pages 0 to 31 all show what reverse_window made them show.
int is_reversed(void);

/// Minor page faults of the process so far.
long minor_faults(void);
