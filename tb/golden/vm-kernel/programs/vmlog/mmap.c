#include <sys/mman.h>

#include "vmlog/measure.h"
#include "vmlog/names.h"
#include "vmlog/operations.h"
#include "vmlog/outcome.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

#ifndef MAP_FIXED_NOREPLACE  // Linux 4.17; older C libraries lack the name, the bit is the same
#define MAP_FIXED_NOREPLACE 0x100000
#endif

/// The arguments of one mmap, drawn; what the line shows and what the kernel gets.
struct map {
  struct span span;
  unsigned long address;
  unsigned long length;
  int protection;
  int type;     ///< MAP_SHARED, MAP_PRIVATE, MAP_ANONYMOUS, MAP_NORESERVE
  int place;    ///< MAP_FIXED, MAP_FIXED_NOREPLACE, or 0: a hint
  int prepare;  ///< MAP_POPULATE, MAP_LOCKED
  int file;
  char letter;
  bool shared;
  int page_offset;
  off_t byte_offset;  ///< beyond the page; not 0 is an error
  const char* wrong;
};

/// Whole window, shared, file A: where every log begins.
static struct map first_map(const struct files* files) {
  return (struct map){.span = {0, WINDOW_PAGES},
                      .address = WINDOW_BASE,
                      .length = bytes_of(WINDOW_PAGES),
                      .protection = PROT_READ | PROT_WRITE,
                      .type = MAP_SHARED,
                      .place = MAP_FIXED,
                      .file = files->a,
                      .letter = 'A',
                      .shared = true,
                      .wrong = ""};
}

static void draw_file(const struct step* step, const struct files* files, struct map* map) {
  const int kind = draw_below(step, 100);
  map->file = -1;
  map->letter = '-';
  if (kind < (step->nonlinear_heavy ? 80 : 50)) {
    map->file = files->a;
    map->letter = 'A';
  } else if (kind < (step->nonlinear_heavy ? 88 : 62)) {
    map->file = files->b;
    map->letter = 'B';
  } else if (kind < (step->nonlinear_heavy ? 92 : 70)) {
    map->file = files->a_read_only;
    map->letter = 'R';
  }
}

/// A little beyond the end of the file is drawn too; often the page that makes the map line up with
/// one of the whole window.
static void draw_page_offset(const struct step* step, struct map* map) {
  map->page_offset = draw_below(step, (map->letter == 'B' ? FILE_B_PAGES : FILE_A_PAGES) + 4);
  if (draw_chance(step, 30)) {
    map->page_offset = map->span.page;
  }
}

static int draw_place(const struct step* step) {
  const int kind = draw_below(step, 100);
  if (kind < 8) {
    return MAP_FIXED_NOREPLACE;
  }
  return kind < 11 ? 0 : MAP_FIXED;
}

static void draw_rights(const struct step* step, struct map* map) {
  map->protection = draw_protection(step);
  map->place = draw_place(step);
  if (step->nonlinear_heavy && draw_chance(step, 70)) {
    map->protection = PROT_READ | PROT_WRITE;
  }
}

static void draw_flags(const struct step* step, struct map* map) {
  const bool anonymous = map->letter == '-';
  map->type = (map->shared ? MAP_SHARED : MAP_PRIVATE) | (anonymous ? MAP_ANONYMOUS : 0);
  map->prepare = draw_chance(step, 15) ? MAP_POPULATE : 0;
  map->prepare |= draw_chance(step, 3) ? MAP_LOCKED : 0;
  if (anonymous && draw_chance(step, 3)) {
    map->type |= MAP_NORESERVE;
  }
}

static void spoil_file(int kind, struct map* map) {
  if (kind == 4) {
    map->byte_offset = 0x200;
    map->wrong = " bad=off+0x200";
  } else {
    map->file = 999;
    map->wrong = " bad=fd";
  }
}

static void spoil_type(int kind, struct map* map) {
  if (kind == 2) {
    map->type &= ~(MAP_SHARED | MAP_PRIVATE);
    map->wrong = " bad=notype";
  } else {
    map->type |= MAP_SHARED | MAP_PRIVATE;
    map->wrong = " bad=type3";
  }
}

static void spoil(int kind, struct map* map) {
  if (kind == 0) {
    map->length = 0;
    map->wrong = " bad=len0";
  } else if (kind == 1) {
    map->address += 0x123;
    map->wrong = " bad=addr+0x123";
  } else if (kind == 2 || kind == 3) {
    spoil_type(kind, map);
  } else if ((kind == 4 || kind == 5) && map->letter != '-') {
    spoil_file(kind, map);
  } else if (kind == 6) {
    map->length = ~0UL;
    map->wrong = " bad=lenmax";
  } else if (kind == 7) {
    map->length -= 0x345;
    map->wrong = " bad=len-0x345";
  }
}

static struct map draw_map(const struct step* step, const struct files* files) {
  struct map map = {.span = draw_span(step), .wrong = ""};
  map.address = window_address(map.span.page);
  map.length = bytes_of(map.span.pages);
  draw_file(step, files, &map);
  map.shared = draw_chance(step, step->nonlinear_heavy ? 90 : 60);
  draw_page_offset(step, &map);
  draw_rights(step, &map);
  draw_flags(step, &map);
  spoil(draw_below(step, 100), &map);
  if (map.letter == '-') {
    map.page_offset = 0;
  }
  return step->number == 0 ? first_map(files) : map;
}

static const char* place_name(int place) {
  if (place == MAP_FIXED) {
    return "fixed";
  }
  return place == 0 ? "hint" : "noreplace";
}

static void print_arguments(const struct map* map) {
  print("mmap p=%d n=%d prot=%s type=%s file=%c off=%d fix=%s%s%s%s%s", map->span.page,
        map->span.pages, protection_letters(map->protection), map->shared ? "sh" : "pr",
        map->letter, map->page_offset, place_name(map->place),
        map->prepare & MAP_POPULATE ? " pop" : "", map->prepare & MAP_LOCKED ? " lock" : "",
        map->type & MAP_NORESERVE ? " nores" : "", map->wrong);
}

void log_mmap(const struct step* step, const struct files* files) {
  const struct map map = draw_map(step, files);
  print_arguments(&map);
  const off_t offset = (off_t)map.page_offset * (off_t)PAGE_BYTES + map.byte_offset;
  print_place(count_mmap(map.address, map.length, map.protection,
                         map.type | map.place | map.prepare, map.file, offset),
              map.length);
}
