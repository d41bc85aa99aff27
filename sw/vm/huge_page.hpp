#pragma once

#include <cstdint>

#include "model/pte/format.hpp"
#include "model/types/units.hpp"
#include "sw/vm/personality.hpp"

namespace tessera::vm {

/// A huge page is 4 MB, the default of FSL Book E and the only size here: our choice, e500 Linux
/// has others of the TLB1 sizes too.
inline constexpr unsigned kHugePageShift = 22;
/// Its size in bytes.
inline constexpr std::uint64_t kHugePageBytes = std::uint64_t{1} << kHugePageShift;
/// Its size in pages of 4 KB.
inline constexpr PageCount kHugePage{1U << (kHugePageShift - kPageShift)};

/// The huge page that a page lies in, by its first page.
constexpr VirtualPage huge_floor(VirtualPage page) {
  return VirtualPage(page.value() & ~static_cast<std::uint32_t>(kHugePage.value() - 1));
}

/// Where in its huge page a page lies.
constexpr PageCount offset_in_huge_page(VirtualPage page) { return page - huge_floor(page); }

/// A whole number of huge pages.
constexpr bool is_huge_aligned(std::uint64_t bytes) { return bytes % kHugePageBytes == 0; }

/// Rounded up to whole huge pages in the kernel's word: too much wraps to 0.
inline std::uint64_t huge_align(const Personality& kernel, std::uint64_t bytes) {
  return kernel.word(bytes + kHugePageBytes - 1) & ~(kHugePageBytes - 1);
}

/// Whether the kernel has huge pages with these page table entries: those of e500 with 64 bits
/// (e500mc-mmu.md 5.1, 5.5).
inline bool has_huge_pages(const Personality& kernel, const pte::Format& format) {
  return kernel.hugetlb.through_tlb1 && format.width_bytes == 8 && format.loader.writes_mas7;
}

}  // namespace tessera::vm
