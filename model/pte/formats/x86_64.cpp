#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

// Intel SDM volume 3A, "4-level paging": the entry that maps a 4 KB page.
constexpr Raw kPresent = 0x1;
constexpr Raw kRw = 0x2;
constexpr Raw kUser = 0x4;
constexpr Raw kAccessed = 0x20;
constexpr Raw kDirty = 0x40;
constexpr Raw kSpecial = 0x200;  // a bit left to software (Linux _PAGE_SPECIAL)
constexpr Raw kNoExecute = 0x8000'0000'0000'0000;

// Without any right the page stays mapped, for the kernel alone.
constexpr std::array<Raw, 8> protections() {
  std::array<Raw, 8> bits = user_protections(kUser, kRw, 0);
  constexpr unsigned kExec = 4;
  for (unsigned index = 0; index < bits.size(); ++index) {
    if ((index & kExec) == 0) bits[index] |= kNoExecute;
  }
  return bits;
}

}  // namespace

const Format kX8664 = {
    .name = "x86-64",
    .width_bytes = 8,
    .geometry = {.pgd_shift = 21, .pgd_index_bits = 11, .pte_index_bits = 9},
    .present = {.present = kPresent,
                .user = kUser,
                .rw = kRw,
                .dirty = kDirty,
                .no_exec = kNoExecute,
                .accessed = kAccessed,
                .special = kSpecial,
                .base = kPresent | kAccessed,
                .rpn_shift = 12,
                .rpn_bits = 40},
    .protection = protections(),
    .swap_offset_shift = 9,
    .none_mask = 0,
    .clear_mask = ~Raw{0},
    .hardware_sets_accessed_and_dirty = true,
};

}  // namespace tessera::pte
