#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

// linux-vm.md F2, column "book3e / 64-bit".
constexpr Raw kPresent = 0x1;
constexpr Raw kBapSr = 0x4;
constexpr Raw kBapUr = 0x8;
constexpr Raw kBapSw = 0x10;
constexpr Raw kBapUw = 0x20;
constexpr Raw kBapSx = 0x40;
constexpr Raw kBapUx = 0x80;
constexpr Raw kSize4K = 0x200;
constexpr Raw kDirty = 0x1000;
constexpr Raw kSpecial = 0x2000;
constexpr Raw kAccessed = 0x4'0000;
constexpr Raw kCoherent = 0x20'0000;

constexpr Raw kUser = kBapUr | kBapSr;
constexpr Raw kRw = kBapUw | kBapSw;

}  // namespace

constinit const Format kFsl64 = {
    .name = "fsl64",
    .width_bytes = 8,
    .geometry = {.pgd_shift = 21, .pgd_index_bits = 11, .pte_index_bits = 9},
    .present = {.present = kPresent,
                .user = kUser,
                .rw = kRw,
                .dirty = kDirty,
                .exec = kBapUx,
                .accessed = kAccessed,
                .special = kSpecial,
                .base = kPresent | kAccessed | kCoherent | kSize4K,
                .rpn_shift = 24,
                .wimge_shift = 19},
    .protection = user_protections(kUser, kRw, kBapUx),
    .file = {.bits = 0x2, .pgoff_shift = 3, .max_bits = 29, .arithmetic_bits = 32},
    .swap_offset_shift = 8,
    .none_mask = 0xffff'ffff'0000'0000,
    .clear_mask = 0x0000'0000'ffff'ffff,
    // e500mc-mmu.md 5.4: the BAP bits, SW and UW withheld while the page is clean.
    .loader = {.grant = {kBapSr, kBapUr, kBapSw | kDirty, kBapUw | kDirty, kBapSx, kBapUx},
               .writes_mas7 = true,
               .required_load = kPresent | kAccessed,
               // 5.3 step 4: ESR[ST] rotates into 0x4, here BAP_SR, which every user page has:
               // a store to a read-only page loads the entry and takes a DSI.
               .required_store = kPresent | kAccessed | kBapSr,
               .required_fetch_user = kPresent | kAccessed | kBapUx,
               .required_fetch_supervisor = kPresent | kAccessed | kBapSx},
};

}  // namespace tessera::pte
