#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

/// Continues with the reversed window of check_persistence.
static void check_protection(void) {
  const int value = mprotect(page_at(8), 4 * PAGE_BYTES, PROT_READ);
  const char* const text = value_text(value);
  report("mprotect_split", is_reversed() && value == 0, "mprotect=%s", text);
  report_vmas("mprotect_split");
  report_value("rfp_across_two_vmas(INFO)", remap(6, 4, 0, 0));
  mprotect(page_at(8), 4 * PAGE_BYTES, PROT_READ | PROT_WRITE);
  report_vmas("mprotect_back");
}

static void report_refusal(const char* name, long value) {
  report(name, value == -1 && errno == EINVAL, "ret=%s", value_text(value));
}

static void check_hole(void) {
  map_window(MAP_SHARED);
  reverse_window(0);
  int passed = munmap(page_at(10), 2 * PAGE_BYTES) == 0;
  for (int i = 0; i < WINDOW_PAGES; ++i) {
    passed &= i == 10 || i == 11 ? read_word(page_at(i)) == SEGMENTATION_FAULT
                                 : shown_page(i) == WINDOW_PAGES - 1 - i;
  }
  report("munmap_hole", passed, "%s", "");
  report_vmas("munmap_hole");
  report_refusal("rfp_over_hole", remap(8, 6, 0, 0));
  report_refusal("rfp_in_hole", remap(10, 1, 0, 0));
}

/// Grows what check_move moved: do the new pages follow on, or does each know its own offset?
static void check_growth(int page) {
  const void* const place = mremap(page_at(page), 4 * PAGE_BYTES, 6 * PAGE_BYTES, 0);
  const int grown = place != MAP_FAILED;
  report("mremap_grow(INFO)", 1, "ret=%s", grown ? "ok" : value_text(-1));
  if (!grown) {
    return;
  }
  char shown[200];
  size_t length = 0;
  for (int i = 0; i < 6; ++i) {
    length += (size_t)snprintf(shown + length, sizeof shown - length, " %ld", shown_page(page + i));
  }
  report("mremap_grow_contents(INFO)", 1, "%s", shown);
}

static void check_move(void) {
  const int target = WINDOW_PAGES + 4;
  map_window(MAP_SHARED);
  reverse_window(0);
  const void* const place = mremap(page_at(4), 4 * PAGE_BYTES, 4 * PAGE_BYTES,
                                   MREMAP_MAYMOVE | MREMAP_FIXED, page_at(target));
  const char* const text = place == MAP_FAILED ? value_text(-1) : "";
  int passed = place == page_at(target);
  for (int i = 0; i < 4 && passed; ++i) {
    passed = shown_page(target + i) == WINDOW_PAGES - 1 - 4 - i;
  }
  report("mremap_moves_nonlinear", passed, "%s", text);
  report_vmas("mremap");
  check_growth(target);
}

void check_vma_changes(void) {
  check_protection();
  check_hole();
  check_move();
}
