#pragma once

/// Tells the plugin of tlbcount/ that a measured stretch begins or ends: an instruction that does
/// nothing and that no compiler emits. Nothing at all on other machines than PowerPC.
static inline __attribute__((always_inline)) void mark(void) {
#ifdef __powerpc__
  __asm__ volatile("or 24,24,24" ::: "memory");
#endif
}
