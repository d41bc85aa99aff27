/* Entry, the interrupt vectors, and the way out to one instruction and back. */
#include "context.h"

#define SRR0 26
#define SRR1 27
#define DEAR 61
#define ESR 62
#define IVPR 63
#define SPRG0 272
#define IVOR0 400
#define MCSRR0 570
#define MCSR 572
#define MSR_ME 0x1000

    .macro keep spr, place
    mfspr %r3, \spr
    stw   %r3, CONTEXT+\place(0)
    .endm

    .section .vectors, "ax"

/* A vector for each IVOR, 16 bytes apart: it tells its number. */
    .balign 16
vectors:
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    .balign 16
    mtspr SPRG0, %r3
    li    %r3, \number
    b     interrupted
    .endr

/* MSR[DS] is 0 here, so that low memory is what the generator maps. */
interrupted:
    stw   %r3, CONTEXT+CONTEXT_VECTOR(0)
    keep  SPRG0, CONTEXT_R3
    keep  SRR0, CONTEXT_SRR0
    keep  SRR1, CONTEXT_SRR1
    keep  ESR, CONTEXT_ESR
    keep  DEAR, CONTEXT_DEAR
    keep  MCSR, CONTEXT_MCSR
    keep  MCSRR0, CONTEXT_MCSRR0
    lwz   %r3, CONTEXT+CONTEXT_LR(0)
    mtlr  %r3
    lwz   %r3, CONTEXT+CONTEXT_CR(0)
    mtcr  %r3
    lwz   %r1, CONTEXT+CONTEXT_R1(0)
    lwz   %r2, CONTEXT+CONTEXT_R2(0)
    lmw   %r13, CONTEXT+CONTEXT_R13(0)
    li    %r3, MSR_ME
    mtmsr %r3
    isync
    blr

/* void run(const void* pc, uint32_t msr, uint32_t r3, uint32_t r4): everything that a function
   must preserve is kept, because it does not return here. */
    .globl run
run:
    mflr  %r0
    stw   %r0, CONTEXT+CONTEXT_LR(0)
    mfcr  %r0
    stw   %r0, CONTEXT+CONTEXT_CR(0)
    stw   %r1, CONTEXT+CONTEXT_R1(0)
    stw   %r2, CONTEXT+CONTEXT_R2(0)
    stmw  %r13, CONTEXT+CONTEXT_R13(0)
    mtspr SRR0, %r3
    mtspr SRR1, %r4
    mr    %r3, %r5
    mr    %r4, %r6
    rfi

    .text
    .globl _start
_start:
    lis   %r1, stack_top@ha
    addi  %r1, %r1, stack_top@l
    li    %r0, 0
    stwu  %r0, -16(%r1)
    li    %r3, MSR_ME
    mtmsr %r3
    isync
    lis   %r3, vectors@h
    mtspr IVPR, %r3
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    li    %r3, vectors@l+16*\number
    mtspr IVOR0+\number, %r3
    .endr
    isync
    bl    main
1:  b     1b

    .bss
    .balign 16
    .space 65536
stack_top:
    .space 16
    .section .note.GNU-stack, "", @progbits
