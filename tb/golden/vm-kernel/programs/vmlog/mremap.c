#include <sys/mman.h>
#include <sys/syscall.h>

#include "vmlog/measure.h"
#include "vmlog/operations.h"
#include "vmlog/outcome.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

#ifndef MREMAP_DONTUNMAP  // Linux 5.7
#define MREMAP_DONTUNMAP 4
#endif
#define UNKNOWN_FLAG 0x40

struct move {
  struct span old;
  int new_pages;
  int new_page;
  int flags;
  unsigned long old_address;
  unsigned long old_length;
  unsigned long new_length;
  unsigned long new_address;
  const char* wrong;
};

static int draw_new_pages(const struct step* step, int pages) {
  const int kind = draw_below(step, 100);
  if (kind < 30) {
    return pages;
  }
  return kind < 65 ? 1 + draw_below(step, pages) : pages + 1 + draw_below(step, 8);
}

static int draw_flags(const struct step* step) {
  const int kind = draw_below(step, 100);
  if (kind < 25) return 0;
  if (kind < 45) return MREMAP_MAYMOVE;
  if (kind < 92) return MREMAP_MAYMOVE | MREMAP_FIXED;
  if (kind < 95) return MREMAP_FIXED;
  if (kind < 98) return MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP;
  return MREMAP_MAYMOVE | UNKNOWN_FLAG;
}

/// Nothing may grow out of the window: not in place, and not at the new one.
static void keep_in_window(struct move* move) {
  if (move->new_pages > WINDOW_PAGES) {
    move->new_pages = WINDOW_PAGES;
  }
  const bool may_stay = move->flags == 0 || move->flags == MREMAP_MAYMOVE;
  if (may_stay && move->old.page + move->new_pages > WINDOW_PAGES) {
    move->new_pages = WINDOW_PAGES - move->old.page;
  }
}

static int draw_new_page(const struct step* step, int pages) {
  const int page = draw_below(step, WINDOW_PAGES);
  return page + pages > WINDOW_PAGES ? WINDOW_PAGES - pages : page;
}

static void spoil(int kind, struct move* move) {
  if (kind == 0) {
    move->new_length = 0;
    move->wrong = " bad=newlen0";
  } else if (kind == 1) {
    move->old_address += 8;
    move->wrong = " bad=addr+8";
  } else if (kind == 2 || kind == 3) {
    move->old_length = 0;
    move->wrong = " bad=oldlen0";
  } else if (kind == 4 && (move->flags & MREMAP_FIXED)) {
    move->new_address += 8;
    move->wrong = " bad=naddr+8";
  } else if (kind == 5) {
    move->old_length -= 1;
    move->new_length -= 2;
    move->wrong = " bad=lens-1-2";
  }
}

static struct move draw_move(const struct step* step) {
  struct move move = {.old = draw_span(step), .wrong = ""};
  move.new_pages = draw_new_pages(step, move.old.pages);
  move.flags = draw_flags(step);
  keep_in_window(&move);
  move.new_page = draw_new_page(step, move.new_pages);
  move.old_address = window_address(move.old.page);
  move.old_length = bytes_of(move.old.pages);
  move.new_length = bytes_of(move.new_pages);
  move.new_address = window_address(move.new_page);
  spoil(draw_below(step, 40), &move);
  return move;
}

static void print_arguments(const struct move* move) {
  print("mremap p=%d n=%d nn=%d fl=%s%s%s%s q=%d%s", move->old.page, move->old.pages,
        move->new_pages, move->flags & MREMAP_MAYMOVE ? "M" : "",
        move->flags & MREMAP_FIXED ? "F" : "", move->flags & MREMAP_DONTUNMAP ? "D" : "",
        move->flags & UNKNOWN_FLAG ? "?" : "", move->flags & MREMAP_FIXED ? move->new_page : -1,
        move->wrong);
}

void log_mremap(const struct step* step, const struct files* files) {
  (void)files;
  const struct move move = draw_move(step);
  print_arguments(&move);
  print_place(count_call(SYS_mremap, move.old_address, move.old_length, move.new_length,
                         (unsigned long)move.flags, move.new_address),
              move.new_length);
}
