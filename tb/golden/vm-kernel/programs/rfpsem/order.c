#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

/// The order of LTP's remap_file_pages01: pairs of pages, last pair first.
static void check_reversed_pairs(void) {
  int passed = 1;
  map_window(MAP_SHARED);
  for (int i = 0; i < WINDOW_PAGES; i += 2) {
    passed &= remap(i, 2, (unsigned long)(WINDOW_PAGES - i - 2), 0) == 0;
  }
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    passed &= shown_page(i) == WINDOW_PAGES - 2 - (i & ~1) + (i & 1);
  }
  report("ltp01_reverse", passed, "%s", "");
  report_vmas("ltp01_reverse");
}

static void check_nonblock(void) {
  int passed = 1;
  map_window(MAP_SHARED);
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    passed &= remap(i, 1, (unsigned long)(WINDOW_PAGES - 1 - i), MAP_NONBLOCK) == 0;
  }
  report_vmas("nonblock_before_touch");
  const long before = minor_faults();
  passed &= is_reversed();
  report("nonblock_reverse", passed, "touch_minflt=%ld of %d", minor_faults() - before,
         WINDOW_PAGES);
  report_vmas("nonblock_after_touch");
}

/// Without MAP_NONBLOCK the call takes the faults, not the touch.
static void check_populate(void) {
  map_window(MAP_SHARED);
  const long before = minor_faults();
  int passed = remap(0, 8, 16, 0) == 0;
  const long after_call = minor_faults();
  for (int i = 0; i < 8; ++i) {
    passed &= shown_page(i) == 16 + i;
  }
  report("populate", passed, "call_minflt=%ld touch_minflt=%ld", after_call - before,
         minor_faults() - after_call);
}

static void check_identity(void) {
  map_window(MAP_SHARED);
  const long value = remap(4, 4, 4, 0);
  report("identity", value == 0, "ret=%s", value_text(value));
  report_vmas("identity");
}

/// Continues check_identity.
static void check_back_to_linear(void) {
  int passed = remap(4, 4, 20, 0) == 0;
  passed &= remap(4, 4, 4, 0) == 0;
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    passed &= shown_page(i) == i;
  }
  report("back_to_linear", passed, "%s", "");
  report_vmas("back_to_linear");
}

/// Two pages show the same page of the file: a write to one is seen in the other and by read(2).
static void check_alias(void) {
  const size_t word = 5;
  map_window(MAP_SHARED);
  remap(0, 1, 9, 0);
  remap(1, 1, 9, 0);
  ((volatile uint32_t*)page_at(0))[word] = 0xdead;
  int passed = ((volatile uint32_t*)page_at(1))[word] == 0xdead;
  uint32_t in_file = 0;
  const off_t offset = 9 * (off_t)PAGE_BYTES + (off_t)(word * sizeof in_file);
  passed &= pread(world_file(), &in_file, sizeof in_file, offset) == sizeof in_file;
  passed &= in_file == 0xdead;
  report("alias_write", passed, "%s", "");
}

void check_order(void) {
  check_reversed_pairs();
  check_nonblock();
  check_populate();
  check_identity();
  check_back_to_linear();
  check_alias();
}
