#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

/// A page offset 2^power + distance.
struct offset {
  int power;
  int distance;
};

static char wrong_text[1500];
static size_t wrong_length;
static int right_count;
static int wrong_count;

static unsigned long value_of(struct offset offset) {
  return (1UL << offset.power) + (unsigned long)offset.distance;
}

/// What word 0 of the page there holds.
static uint32_t word_of(struct offset offset) {
  return (uint32_t)(0x7000000 + 2 * offset.power + offset.distance);
}

static bool write_page(struct offset offset) {
  static uint32_t page[PAGE_WORDS];
  page[0] = word_of(offset);
  const off_t position = (off_t)value_of(offset) * (off_t)sizeof page;
  return pwrite(world_file(), page, sizeof page, position) == (ssize_t)sizeof page;
}

__attribute__((format(printf, 1, 2))) static void note(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  wrong_length += (size_t)vsnprintf(wrong_text + wrong_length, sizeof wrong_text - wrong_length,
                                    format, arguments);
  va_end(arguments);
}

/// False when enough is known to be wrong.
static bool check_offset(struct offset offset, int nonblock) {
  map_window(MAP_SHARED);
  // Remapping another page first makes the VMA nonlinear: an offset that happens to be the linear
  // one is then stored like any other.
  remap(1, 1, 7, 0);
  const long value = remap(0, 1, value_of(offset), nonblock ? MAP_NONBLOCK : 0);
  if (value != 0) {
    note(" [2^%d%+d nb%d %s]", offset.power, offset.distance, nonblock, value_text(value));
    return true;
  }
  madvise(page_at(0), PAGE_BYTES, MADV_DONTNEED);
  const long word = read_word(page_at(0));
  if (word == (long)word_of(offset)) {
    ++right_count;
  } else {
    ++wrong_count;
    note(" [2^%d%+d nb%d got %lx]", offset.power, offset.distance, nonblock, (unsigned long)word);
  }
  return wrong_length <= 1300;
}

static bool check_written_offset(struct offset offset) {
  if (!write_page(offset)) {
    note(" [2^%d%+d pwrite %s]", offset.power, offset.distance, strerror(errno));
    return true;
  }
  return check_offset(offset, 0) && check_offset(offset, 1);
}

static void check_all_offsets(unsigned long largest) {
  for (int power = 0; power < 32; ++power) {
    for (int distance = -1; distance <= 0; ++distance) {
      const struct offset offset = {power, distance};
      if (value_of(offset) <= largest && !check_written_offset(offset)) {
        return;
      }
    }
  }
}

void check_offsets(const char* file_system) {
  // A file of ext2 is not made this sparse: its device is small.
  check_all_offsets(strcmp(file_system, "ext2") == 0 ? 1000 : ~0UL);
  report("pgoff_bits", wrong_count == 0, "ok=%d wrong=%d", right_count, wrong_count);
  report_note("pgoff_bits rejected/wrong:%s", wrong_text);
}
