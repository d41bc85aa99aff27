#include "model/pte/formats/formats.hpp"

namespace tessera::pte {

namespace {

// linux-vm.md F2, column "FSL 32-bit".
constexpr Raw kPresent = 0x001;
constexpr Raw kUser = 0x002;
constexpr Raw kRw = 0x004;
constexpr Raw kDirty = 0x008;
constexpr Raw kExec = 0x010;
constexpr Raw kAccessed = 0x020;
constexpr Raw kCoherent = 0x100;
constexpr Raw kSpecial = 0x800;

}  // namespace

const Format kFsl32 = {
    .name = "fsl32",
    .width_bytes = 4,
    .geometry = {.pgd_shift = 22, .pgd_index_bits = 10, .pte_index_bits = 10},
    .present = {.present = kPresent,
                .user = kUser,
                .rw = kRw,
                .dirty = kDirty,
                .exec = kExec,
                .accessed = kAccessed,
                .special = kSpecial,
                .base = kPresent | kAccessed | kCoherent,
                .rpn_shift = 12,
                .wimge_shift = 6},
    .protection = user_protections(kUser, kRw, kExec),
    .file = {.bits = 0x2, .pgoff_shift = 3, .max_bits = 29, .arithmetic_bits = 32},
    .swap_offset_shift = 8,
    .none_mask = 0,
    .clear_mask = 0xffff'ffff,
    // e500mc-mmu.md 5.4: SX SW SR come from EXEC, RW & DIRTY, PRESENT; USER doubles each.
    .loader = {.grant = {kPresent, kPresent | kUser, kRw | kDirty, kRw | kDirty | kUser, kExec,
                         kExec | kUser},
               .writes_mas7 = false,
               .required_load = kPresent | kAccessed,
               .required_store = kPresent | kAccessed | kRw,
               .required_fetch_user = kPresent | kAccessed | kExec,
               .required_fetch_supervisor = kPresent | kAccessed | kExec},
};

}  // namespace tessera::pte
