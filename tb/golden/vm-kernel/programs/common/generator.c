#include "common/generator.h"

static const uint64_t golden_ratio = 0x9E3779B97F4A7C15U;
static const uint64_t multiplier = 0x2545F4914F6CDD1DU;

static uint32_t next_number(struct generator* generator) {
  uint64_t state = generator->state;
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  generator->state = state;
  return (uint32_t)((state * multiplier) >> 32);
}

struct generator seeded_generator(int seed, int discarded) {
  struct generator generator = {golden_ratio * (uint64_t)(seed + 1)};
  for (int i = 0; i < discarded; ++i) {
    next_number(&generator);
  }
  return generator;
}

uint32_t random_below(struct generator* generator, uint32_t bound) {
  return (uint32_t)(((uint64_t)next_number(generator) * bound) >> 32);
}

bool random_chance(struct generator* generator, int percent) {
  return random_below(generator, 100) < (uint32_t)percent;
}
