#include "vmlog/measure.h"
#include "vmlog/names.h"
#include "vmlog/operations.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

/// Word 0 of a page tells its file and number (files.h).
static void print_words(const uint32_t* words) {
  if (words[0] == 0) {
    print(" -> 0,%u", words[1]);
    return;
  }
  const uint32_t letter = words[0] >> 24;
  print(" -> %c%u,%u", letter == 0xA || letter == 0xB ? (char)('A' + letter - 0xA) : '?',
        words[0] & 0xffffffU, words[1]);
}

static void print_signal(const struct access* access, unsigned long address) {
  print(" -> %s/%d", signal_name(access->signal), access->code);
  if ((access->address & ~(PAGE_BYTES - 1)) != address) {
    print(" badaddr");
  }
}

static void log_read(int page) {
  print("rd p=%d", page);
  const struct access access = count_read(window_address(page));
  if (access.signal != 0) {
    print_signal(&access, window_address(page));
  } else {
    print_words(access.words);
  }
}

static void log_write(int page, int value) {
  print("wr p=%d v=%d", page, value);
  const struct access access = count_write(window_address(page), (uint32_t)value);
  if (access.signal != 0) {
    print_signal(&access, window_address(page));
  } else {
    print(" -> ok");
  }
}

void log_touch(const struct step* step, const struct files* files) {
  (void)files;
  const int page = draw_below(step, WINDOW_PAGES);
  if (draw_chance(step, 40)) {
    log_write(page, step->number);
  } else {
    log_read(page);
  }
}
