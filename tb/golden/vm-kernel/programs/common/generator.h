#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Pseudo-random numbers that are the same on every machine: xorshift64* (S. Vigna, "An
/// experimental exploration of Marsaglia's xorshift generators, scrambled", 2016).
struct generator {
  uint64_t state;
};

/// A generator that has thrown away its first `discarded` numbers: neighbouring seeds start alike.
struct generator seeded_generator(int seed, int discarded);

/// A number below `bound`.
uint32_t random_below(struct generator* generator, uint32_t bound);

/// True `percent` times in a hundred.
bool random_chance(struct generator* generator, int percent);
