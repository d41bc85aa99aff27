#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Random numbers. A log is its seed and the order of these calls, so the order is part of the
/// format: a draw that is no longer needed is still drawn (draw_and_drop).

void seed_draws(uint32_t seed);
/// 0 .. count-1.
uint32_t draw(uint32_t count);
/// True so many times in a hundred.
bool percent(uint32_t chance);
static inline void draw_and_drop(uint32_t count) { (void)draw(count); }
