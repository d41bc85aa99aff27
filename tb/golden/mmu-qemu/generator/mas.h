#pragma once

#include <stdint.h>

/// The MAS registers that QEMU's e500mc has.
struct Mas {
  uint32_t mas0, mas1, mas2, mas3, mas4, mas6, mas7;
};

/// Fields of MAS0 and MAS1 (e500mc-mmu.md 3.3).
static const uint32_t kValid = 0x80000000;
static const uint32_t kIprot = 0x40000000;
static const uint32_t kEpn = 0xFFFFF000;
static const uint32_t kPageBytes = 0x1000;

static inline uint32_t mas0_of(uint32_t tlbsel, uint32_t esel) {
  return (tlbsel << 28) | (esel << 16);
}
static inline uint32_t tlbsel_of(uint32_t mas0) { return (mas0 >> 28) & 3; }
static inline uint32_t tid_of(uint32_t mas1) { return (mas1 >> 16) & 0x3FFF; }
static inline uint32_t ts_of(uint32_t mas1) { return (mas1 >> 12) & 1; }
static inline uint32_t tsize_of(uint32_t mas1) { return (mas1 >> 8) & 15; }

/// The offset bits of a page of 4^tsize KB; from 4 GB on all of them.
static inline uint32_t offset_mask(uint32_t tsize) {
  return tsize < 11 ? (1U << (10 + 2 * tsize)) - 1 : 0xFFFFFFFF;
}

/// All of them, as they are.
struct Mas read_mas(void);
/// All of them, back to what they were.
void write_mas(const struct Mas* mas);
/// Those that describe an entry: MAS0 to MAS3, and MAS7.
void write_entry_mas(const struct Mas* mas);
/// tlbwe of an entry, in supervisor mode and not logged.
void write_entry(const struct Mas* mas);
/// tlbre of an entry; `ea` selects the set of TLB0. Leaves its traces in the MAS registers.
struct Mas read_entry(uint32_t tlbsel, uint32_t esel, uint32_t ea);
