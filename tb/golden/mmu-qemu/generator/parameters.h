#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Bits of the mode (../README.md).
enum Mode {
  kOverlaps = 1,           ///< entries may overlap: more than one may match
  kHighRealAddresses = 2,  ///< MAS7 != 0 at times
  kWidePids = 4,           ///< PIDs above 8 bits at times
  kCacheOps = 8,
  kIllegalOps = 16,
  kClearInvalidations = 32,  ///< no tlbilx T=3 or tlbivax whose reach manuals and QEMU dispute
};

/// What the run was asked for.
struct Parameters {
  uint32_t seed;
  uint32_t operations;
  uint32_t mode;
};

/// Reads them from memory; zeros stand for seed 1 and 1000 operations.
void load_parameters(void);
const struct Parameters* parameters(void);
bool in_mode(enum Mode bit);
