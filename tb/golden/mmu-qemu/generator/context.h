#pragma once

/// Where vectors.S leaves what an interrupt found, and keeps the generator's registers meanwhile:
/// low memory, which displacements reach without a base register. For C and assembler.
#define CONTEXT 0x4000
#define CONTEXT_VECTOR 0x00
#define CONTEXT_R3 0x04
#define CONTEXT_SRR0 0x08
#define CONTEXT_SRR1 0x0C
#define CONTEXT_ESR 0x10
#define CONTEXT_DEAR 0x14
#define CONTEXT_MCSR 0x18
#define CONTEXT_MCSRR0 0x1C
#define CONTEXT_LR 0x40
#define CONTEXT_CR 0x44
#define CONTEXT_R1 0x48
#define CONTEXT_R2 0x4C
#define CONTEXT_R13 0x50
