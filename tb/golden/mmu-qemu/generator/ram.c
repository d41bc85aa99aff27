#include "ram.h"

#include "machine.h"
#include "mas.h"

static volatile uint32_t* at(uint32_t ra) { return (volatile uint32_t*)(kAlias + (ra - kRam)); }

/// Data in the lower half of a page, instructions that deliver its number in the upper.
static uint32_t identifying_word(uint32_t ra) {
  static const uint32_t kLiR3 = 0x38600000;
  static const uint32_t kSc = 0x44000002;
  if ((ra & 0x800) == 0) return ra;
  return (ra & 4) == 0 ? kLiR3 | ((ra / kPageBytes) & 0xFFFF) : kSc;
}

void fill_ram(void) {
  for (uint32_t ra = kRam; ra < kRam + kRamBytes; ra += 4) *at(ra) = identifying_word(ra);
}

bool is_in_ram(uint32_t ra_low, uint32_t ra_high) {
  return ra_high == 0 && ra_low - kRam < kRamBytes;
}

uint32_t ram_word(uint32_t ra) { return *at(ra); }

void restore_ram(uint32_t ra, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i += 4) *at(ra + i) = identifying_word(ra + i);
}

uint32_t find_in_ram(uint32_t ea, uint32_t word) {
  for (uint32_t page = 0; page < kRamBytes; page += kPageBytes) {
    const uint32_t ra = kRam + page + (ea & (kPageBytes - 1));
    if (*at(ra) == word) return ra;
  }
  return 0;
}
