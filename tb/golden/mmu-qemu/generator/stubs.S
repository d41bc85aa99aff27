/* The instructions under test, each ended by sc. User mode may execute them too. SRR0 in a log is
   one of these addresses: link.ld says where they begin, and their order and lengths are part of
   the format. r3 holds a value to store and takes what is loaded, r4 holds an effective address. */

    .macro stub name
    .balign 8
    .globl \name
\name:
    .endm

/* An instruction that the assembler does not know by name: rA = 0, rB = r4. */
    .macro indexed opcode, rt=0
    .long \opcode | \rt << 21 | 4 << 11
    .endm

    .section .stubs, "ax"
stub stub_load
    lwz   %r3, 0(%r4)
    sc
stub stub_store
    stw   %r3, 0(%r4)
    sc
stub stub_load_external                 /* lwepx */
    indexed 0x7C00003E, 3
    sc
stub stub_store_external                /* stwepx */
    indexed 0x7C00013E, 3
    sc

stub stub_tlbwe
    isync
    tlbwe
    isync
    sc
stub stub_tlbre
    isync
    tlbre
    isync
    sc
stub stub_tlbsx
    isync
    indexed 0x7C000724
    isync
    sc
stub stub_tlbivax
    indexed 0x7C000624
    msync
    .long 0x7C00046C                    /* tlbsync */
    msync
    isync
    sc
stub stub_tlbilx_all                    /* T = 0, in rt */
    indexed 0x7C000024, 0
    isync
    sc
stub stub_tlbilx_pid
    indexed 0x7C000024, 1
    isync
    sc
stub stub_tlbilx_va
    indexed 0x7C000024, 3
    isync
    sc
stub stub_flash                         /* MMUCSR0 */
    isync
    mtspr 1012, %r3
    isync
    mfspr %r3, 1012
    sc

stub stub_dcbz
    dcbz  0, %r4
    sc
stub stub_dcbst
    dcbst 0, %r4
    sc
stub stub_dcbf
    dcbf  0, %r4
    sc
stub stub_icbi
    icbi  0, %r4
    sc
stub stub_dcbt
    dcbt  0, %r4
    sc
stub stub_dcbtst
    dcbtst 0, %r4
    sc
stub stub_dcba
    indexed 0x7C0005EC
    sc
stub stub_dcbi
    indexed 0x7C0003AC
    sc
stub stub_lwarx
    lwarx %r3, 0, %r4
    sc
stub stub_stwcx
    nop                                 /* where the first logs had other instructions */
    nop
    lwarx %r5, 0, %r4
    stwcx. %r3, 0, %r4
    sc
stub stub_lbz
    lbz   %r3, 0(%r4)
    sc
stub stub_load_crossing
    lwz   %r3, 0(%r4)
    sc

/* A pair for each register that probe.c asks after. */
    .macro stub_spr number
stub stub_mfspr_\number
    mfspr %r3, \number
    sc
stub stub_mtspr_\number
    mtspr \number, %r3
    isync
    sc
    .endm
    .irp number, 338, 339, 341, 342, 344, 345, 348, 633, 947, 948, 1023
    stub_spr \number
    .endr
    .section .note.GNU-stack, "", @progbits
