#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

static const int kept_pages = 16;

static void resize_file(int pages) {
  if (ftruncate(world_file(), (off_t)pages * (off_t)PAGE_BYTES) != 0) {
    perror("ftruncate");
  }
}

/// The reversed window over a cut file: pages that are left show themselves, the others `lost`.
static int shows_cut_file(long lost) {
  int passed = 1;
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    const int pgoff = WINDOW_PAGES - 1 - i;
    passed &= read_word(page_at(i)) == (pgoff < kept_pages ? FIRST_WORD + pgoff : lost);
  }
  return passed;
}

static void check_truncate(void) {
  map_window(MAP_SHARED);
  reverse_window(0);
  resize_file(kept_pages);
  report("truncate_sigbus", shows_cut_file(BUS_ERROR), "%s", "");
  report_vmas("truncate");
  resize_file(WINDOW_PAGES);
  report("truncate_extend_zero_keeps_pgoff", shows_cut_file(0), "%s", "");
}

static void check_lock(void) {
  fill_file();
  map_window(MAP_SHARED);
  reverse_window(MAP_NONBLOCK);
  long before = minor_faults();
  long value = mlock(page_at(0), WINDOW_PAGES * PAGE_BYTES);
  long faults = minor_faults() - before;
  const char* const text = value_text(value);
  report("mlock_nonlinear", is_reversed() && value == 0, "ret=%s minflt=%ld", text, faults);
  before = minor_faults();
  value = remap(0, 4, 0, MAP_NONBLOCK);
  faults = minor_faults() - before;
  report("rfp_nb_on_locked(INFO)", 1, "ret=%s minflt=%ld", value_text(value), faults);
  munlock(page_at(0), WINDOW_PAGES * PAGE_BYTES);
}

void check_truncate_and_lock(void) {
  check_truncate();
  check_lock();
}
