#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "context.h"

/// One instruction at a time, run under any MSR, and what came of it.

/// Interrupts by the number of their IVOR; kSystemCall is how a stub ends that went well.
enum Vector {
  kMachineCheck = 1,
  kDataStorage = 2,
  kInstructionStorage = 3,
  kAlignment = 5,
  kProgram = 6,
  kSystemCall = 8,
  kDataTlbError = 13,
  kInstructionTlbError = 14,
};

/// MSR bits (e500mc-mmu.md 2.1). Machine checks are always enabled.
static const uint32_t kMsr = 0x1000;
static const uint32_t kMsrPr = 0x4000;
static const uint32_t kMsrIs = 0x20;
static const uint32_t kMsrDs = 0x10;

/// What the last interrupt found (context.h).
struct Context {
  uint32_t vector, r3, srr0, srr1, esr, dear, mcsr, mcsrr0;
};
static inline const volatile struct Context* context(void) {
  return (const volatile struct Context*)CONTEXT;
}
static inline bool went_well(void) { return context()->vector == kSystemCall; }

/// rfi to `pc` with this MSR, r3 and r4; returns when an interrupt has ended it.
void run(const void* pc, uint32_t msr, uint32_t r3, uint32_t r4);
