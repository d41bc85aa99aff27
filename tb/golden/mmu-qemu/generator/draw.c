#include "draw.h"

static uint32_t state;

/// Marsaglia's xorshift ("Xorshift RNGs", 2003; 13, 17, 5), its low bits mixed up afterwards.
static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return (state * 0x9E3779B1U) ^ (state >> 11);
}

void seed_draws(uint32_t seed) {
  state = seed;
  for (int i = 0; i < 8; ++i) (void)next();
}

uint32_t draw(uint32_t count) { return (next() >> 7) % count; }

bool percent(uint32_t chance) { return draw(100) < chance; }
