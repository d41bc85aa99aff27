#pragma once

#include <stdint.h>

/// read_x() and write_x() of one special purpose register, by its number (e500mc-mmu.md 3.1).
/// mtspr is context-altering: isync makes it count for whatever comes next.
#define DEFINE_SPR(name, number)                                               \
  static inline uint32_t read_##name(void) {                                   \
    uint32_t value;                                                            \
    __asm__ volatile("mfspr %0," #number : "=r"(value) : : "memory");          \
    return value;                                                              \
  }                                                                            \
  static inline void write_##name(uint32_t value) {                            \
    __asm__ volatile("mtspr " #number ",%0; isync" : : "r"(value) : "memory"); \
  }

DEFINE_SPR(pid, 48)
DEFINE_SPR(pvr, 287)
DEFINE_SPR(mas0, 624)
DEFINE_SPR(mas1, 625)
DEFINE_SPR(mas2, 626)
DEFINE_SPR(mas3, 627)
DEFINE_SPR(mas4, 628)
DEFINE_SPR(mas6, 630)
DEFINE_SPR(tlb0cfg, 688)
DEFINE_SPR(tlb1cfg, 689)
DEFINE_SPR(mas7, 944)
DEFINE_SPR(eplc, 947)
DEFINE_SPR(epsc, 948)
DEFINE_SPR(mmucfg, 1015)
