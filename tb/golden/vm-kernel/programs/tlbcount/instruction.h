#pragma once

#include <stdbool.h>
#include <stdint.h>

/// What is counted, by kind of instruction.
enum kind {
  KIND_TLBWE,
  KIND_TLBILX_0,
  KIND_TLBILX_1,
  KIND_TLBILX_2,
  KIND_TLBILX_3,
  KIND_TLBIVAX,
  KIND_TLBRE,
  KIND_TLBSX,
  KIND_TLBSYNC,
  KIND_RFI,
  KIND_SC,
  KIND_MTSPR_PID,
  KIND_KERNEL,  ///< any instruction of the kernel
  KIND_USER,    ///< any other
  KIND_COUNT,
  KIND_OTHER = KIND_COUNT  ///< no kind of its own
};

/// The column's name.
const char* kind_name(enum kind kind);

/// The kind of an instruction word; KIND_OTHER for most.
enum kind kind_of(uint32_t word);

/// The mark of common/mark.h.
bool is_mark(uint32_t word);
