#pragma once

#include "common/generator.h"

/// A bit of mprotect's protection that no kernel knows: "bad=prot".
#define UNKNOWN_PROTECTION 0x100

/// One operation to draw and perform.
struct step {
  int number;
  bool nonlinear_heavy;  ///< profile 1: most operations remap
  struct generator* random;
};

/// Pages of the window.
struct span {
  int page;
  int pages;
};

/// A number below `bound`, as an int.
int draw_below(const struct step* step, int bound);

/// True `percent` times in a hundred.
bool draw_chance(const struct step* step, int percent);

/// A part of the window; small ones are more frequent.
struct span draw_span(const struct step* step);

/// PROT_* bits.
int draw_protection(const struct step* step);
