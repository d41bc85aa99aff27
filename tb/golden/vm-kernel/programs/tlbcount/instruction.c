#include "tlbcount/instruction.h"

// Encodings: Power ISA 2.06 Book III-E, and EREF (Freescale) for tlbilx.
static const uint32_t mark_word = 0x7f18c378;  // or 24,24,24
static const uint32_t spr_pid = 48;

const char* kind_name(enum kind kind) {
  static const char* const names[KIND_COUNT] = {
      "tlbwe", "tlbilx_T0", "tlbilx_T1pid", "tlbilx_T2", "tlbilx_T3va", "tlbivax",     "tlbre",
      "tlbsx", "tlbsync",   "rfi",          "sc",        "mtspr_pid",   "insn_kernel", "insn_user"};
  return names[kind];
}

static uint32_t primary_opcode(uint32_t word) { return word >> 26; }

static uint32_t extended_opcode(uint32_t word) { return word >> 1 & 0x3ff; }

/// The two halves of an SPR's number are swapped in the word.
static uint32_t spr_of(uint32_t word) { return (word >> 16 & 31) | (word >> 11 & 31) << 5; }

static enum kind kind_of_opcode_31(uint32_t word) {
  switch (extended_opcode(word)) {
    case 978:
      return KIND_TLBWE;
    case 18:
      return (enum kind)(KIND_TLBILX_0 + (word >> 21 & 3));
    case 786:
      return KIND_TLBIVAX;
    case 946:
      return KIND_TLBRE;
    case 914:
      return KIND_TLBSX;
    case 566:
      return KIND_TLBSYNC;
    case 467:
      return spr_of(word) == spr_pid ? KIND_MTSPR_PID : KIND_OTHER;
    default:
      return KIND_OTHER;
  }
}

enum kind kind_of(uint32_t word) {
  switch (primary_opcode(word)) {
    case 31:
      return kind_of_opcode_31(word);
    case 19:
      return extended_opcode(word) == 50 ? KIND_RFI : KIND_OTHER;
    case 17:
      return KIND_SC;
    default:
      return KIND_OTHER;
  }
}

bool is_mark(uint32_t word) { return word == mark_word; }
