#include <sys/mman.h>
#include <sys/syscall.h>

#include "vmlog/measure.h"
#include "vmlog/operations.h"
#include "vmlog/outcome.h"
#include "vmlog/output.h"
#include "vmlog/window.h"

struct remap {
  struct span span;
  unsigned long start;
  unsigned long size;
  int protection;
  unsigned long pgoff;
  bool wraps;  ///< pgoff is shown as its distance from the largest number
  unsigned long flags;
  const char* wrong;
};

/// Anywhere in file A and a little beyond; its first pages and the linear place more often.
static unsigned long draw_pgoff(const struct step* step, int page) {
  int pgoff = draw_below(step, FILE_A_PAGES + 6);
  if (draw_chance(step, 15)) {
    pgoff = draw_below(step, 8);
  }
  if (draw_chance(step, 20)) {
    pgoff = page;
  }
  return (unsigned long)pgoff;
}

/// Databases remap a block of a few pages.
static void draw_block(const struct step* step, struct span* span) {
  if (draw_chance(step, 60)) {
    span->pages = 1 + draw_below(step, 4);
  }
  if (span->page + span->pages > WINDOW_PAGES) {
    span->pages = WINDOW_PAGES - span->page;
  }
}

static void spoil_size(int kind, struct remap* remap) {
  if (kind == 3) {
    remap->size = 0;
    remap->wrong = " bad=size0";
  } else if (kind == 4) {
    remap->size += 0x777;
    remap->wrong = " bad=size+0x777";
  } else if (kind == 5) {
    remap->size = 0x800;
    remap->wrong = " bad=size0x800";
  } else {
    remap->size = ~0UL - 0xfff;
    remap->wrong = " bad=sizewrap";
  }
}

static void spoil(const struct step* step, int kind, struct remap* remap) {
  if (kind == 0) {
    remap->start += 0x18;
    remap->wrong = " bad=addr+0x18";
  } else if (kind == 1) {
    remap->protection = PROT_READ;
    remap->wrong = " bad=prot_r";
  } else if (kind == 2) {
    remap->pgoff = ~0UL - (unsigned long)draw_below(step, remap->span.pages + 1);
    remap->wraps = true;
    remap->wrong = " bad=pgwrap";
  } else if (kind < 7) {
    spoil_size(kind, remap);
  } else if (kind == 7) {
    remap->flags |= MAP_SHARED;
    remap->wrong = " flag_shared";
  }
}

static struct remap draw_remap(const struct step* step) {
  struct remap remap = {.span = draw_span(step), .wrong = ""};
  const int kind = draw_below(step, 100);
  remap.pgoff = draw_pgoff(step, remap.span.page);
  if (step->nonlinear_heavy) {
    draw_block(step, &remap.span);
  }
  remap.start = window_address(remap.span.page);
  remap.size = bytes_of(remap.span.pages);
  remap.flags = draw_chance(step, 35) ? MAP_NONBLOCK : 0;
  spoil(step, kind, &remap);
  return remap;
}

static void print_arguments(const struct remap* remap) {
  print("rfp p=%d n=%d pgoff=%s%lu nb=%d%s", remap->span.page, remap->span.pages,
        remap->wraps ? "MAX-" : "", remap->wraps ? ~0UL - remap->pgoff : remap->pgoff,
        remap->flags & MAP_NONBLOCK ? 1 : 0, remap->wrong);
}

void log_remap_file_pages(const struct step* step, const struct files* files) {
  (void)files;
  const struct remap remap = draw_remap(step);
  print_arguments(&remap);
  print_outcome(count_call(SYS_remap_file_pages, remap.start, remap.size,
                           (unsigned long)remap.protection, remap.pgoff, remap.flags));
}
