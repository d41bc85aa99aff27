#include "vmlog/draw.h"

#include <sys/mman.h>

#include "vmlog/window.h"

int draw_below(const struct step* step, int bound) {
  return (int)random_below(step->random, (uint32_t)bound);
}

bool draw_chance(const struct step* step, int percent) {
  return random_chance(step->random, percent);
}

static int draw_pages(const struct step* step) {
  const int kind = draw_below(step, 100);
  if (kind < 40) {
    return 1 + draw_below(step, 2);
  }
  if (kind < 75) {
    return 1 + draw_below(step, 6);
  }
  return 1 + draw_below(step, kind < 95 ? 16 : WINDOW_PAGES);
}

struct span draw_span(const struct step* step) {
  struct span span = {0, draw_pages(step)};
  span.page = draw_below(step, WINDOW_PAGES);
  if (span.page + span.pages > WINDOW_PAGES) {
    span.page = WINDOW_PAGES - span.pages;
  }
  return span;
}

int draw_protection(const struct step* step) {
  const int kind = draw_below(step, 100);
  if (kind < 55) {
    return PROT_READ | PROT_WRITE;
  }
  if (kind < 85) {
    return PROT_READ;
  }
  if (kind < 92) {
    return PROT_NONE;
  }
  return kind < 97 ? PROT_READ | PROT_EXEC : PROT_WRITE;
}
