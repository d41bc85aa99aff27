#pragma once

#include "model/pte/format.hpp"
#include "model/types/units.hpp"

namespace tessera::pte {

/// pte_none: nothing here. Linux tests it before is_file, so a file PTE that the none mask hides
/// becomes a linear fault (linux-vm.md B1, F4).
bool is_none(const Format& format, Raw entry);

/// pte_present: the entry maps a frame.
bool is_present(const Format& format, Raw entry);

/// pte_file, meaningful only if the entry is neither none nor present.
bool is_file(const Format& format, Raw entry);

/// Neither: a swap PTE.
bool is_swap(const Format& format, Raw entry);

/// Whether user code may touch the page of a present entry at all.
bool is_user(const Format& format, Raw entry);

/// pte_write, pte_dirty, pte_young, pte_special of a present entry.
bool is_writable(const Format& format, Raw entry);
/// pte_dirty: it has been written to.
bool is_dirty(const Format& format, Raw entry);
/// pte_young: it has been used.
bool is_accessed(const Format& format, Raw entry);
/// pte_special: it has no struct page.
bool is_special(const Format& format, Raw entry);

/// The file PTE of a page of a file. Offsets that do not fit lose their high bits, as in the
/// kernel's arithmetic (linux-vm.md F1); callers refuse them before (A4 row 5).
Raw pgoff_to_pte(const Format& format, PageOffset offset);

/// The offset a file PTE holds.
PageOffset pte_to_pgoff(const Format& format, Raw entry);

/// The swap PTE of a slot of swap device 0, and back. Slot 0 is never used.
Raw slot_to_pte(const Format& format, std::uint64_t slot);
/// The slot a swap PTE holds.
std::uint64_t pte_to_slot(const Format& format, Raw entry);

/// mk_pte: a present, accessed entry for the frame.
Raw make_present(const Format& format, FrameNumber frame, Protection protection, bool dirty);

/// The frame of a present entry.
FrameNumber frame_of(const Format& format, Raw entry);

/// pte_mkdirty plus pte_mkyoung, pte_mkwrite, pte_wrprotect, pte_mkclean, pte_mkyoung,
/// pte_mkold, pte_mkspecial.
Raw with_dirty(const Format& format, Raw entry);
/// pte_mkwrite.
Raw with_write(const Format& format, Raw entry);
/// pte_wrprotect.
Raw without_write(const Format& format, Raw entry);
/// pte_mkclean.
Raw without_dirty(const Format& format, Raw entry);
/// pte_mkyoung.
Raw with_accessed(const Format& format, Raw entry);
/// pte_mkold.
Raw without_accessed(const Format& format, Raw entry);
/// pte_mkspecial.
Raw with_special(const Format& format, Raw entry);

/// pte_modify: other rights for the same frame; what happened to the page is kept.
Raw with_protection(const Format& format, Raw entry, Protection protection);

/// ptep_get_and_clear: what memory holds afterwards. With 64-bit entries the upper word keeps
/// its old bits, which is why the none mask covers them (linux-vm.md F1).
Raw cleared(const Format& format, Raw entry);

}  // namespace tessera::pte
