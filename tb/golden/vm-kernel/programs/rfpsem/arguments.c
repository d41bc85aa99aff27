#include <sys/mman.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

static void check_ranges(void) {
  report_value("unmapped_start(INFO)", remap(WINDOW_PAGES + 2, 1, 0, 0));
  report_value("start+size_beyond_vma(INFO)", remap(WINDOW_PAGES - 1, 2, 0, 0));
  report_value("prot_read(INFO)", remap_bytes(page_at(0), PAGE_BYTES, PROT_READ, 1, 0));
  report_value("prot_write(INFO)", remap_bytes(page_at(0), PAGE_BYTES, PROT_WRITE, 1, 0));
  report_value("size0(INFO)", remap(0, 0, 1, 0));
  report_value("size_sub_page(INFO)", remap_bytes(page_at(0), 100, 0, 1, 0));
  report_value("unaligned_start(INFO)", remap_bytes(page_at(0) + 100, PAGE_BYTES, 0, 1, 0));
  report_value("unaligned_start_effect(INFO)", shown_page(0));
  report_value("unaligned_size_4196(INFO)", remap_bytes(page_at(0), PAGE_BYTES + 100, 0, 2, 0));
  report_value("pgoff_wrap(INFO)", remap(0, 2, ~0UL, 0));
  report_value("size_wrap(INFO)", remap_bytes(page_at(1), ~0UL - PAGE_BYTES + 1, 0, 0, 0));
  report_value("flag_MAP_SHARED(INFO)", remap(0, 1, 1, MAP_SHARED));
  report_value("flag_garbage(INFO)", remap(0, 1, 3, 0x4));
}

static void check_end_of_file(void) {
  report_value("pgoff_past_eof(INFO)", remap(0, 1, 1000, 0));
  report_value("pgoff_past_eof_touch(INFO)", read_word(page_at(0)));
  report_value("pgoff_past_eof_nb(INFO)", remap(1, 1, 1000, MAP_NONBLOCK));
  report_value("pgoff_past_eof_nb_touch(INFO)", read_word(page_at(1)));
  report_value("partial_past_eof(INFO)", remap(0, 4, WINDOW_PAGES - 2, 0));
  report_value("partial_past_eof_touch1(INFO)", shown_page(1));
  report_value("partial_past_eof_touch2(INFO)", read_word(page_at(2)));
}

void check_arguments(void) {
  map_window(MAP_SHARED);
  munmap(page_at(WINDOW_PAGES), WINDOW_PAGES * PAGE_BYTES);
  check_ranges();
  check_end_of_file();
}
