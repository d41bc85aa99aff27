#pragma once

#include <algorithm>
#include <cstdint>

#include "model/types/units.hpp"
#include "sw/vm/personality.hpp"

namespace tessera::vm {

/// Clears the offset in a page.
inline constexpr std::uint64_t kPageMask = ~((std::uint64_t{1} << kPageShift) - 1);

/// Rounded down to whole pages.
constexpr std::uint64_t page_floor(std::uint64_t bytes) { return bytes & kPageMask; }

/// The address is a page's first.
constexpr bool is_page_aligned(EffectiveAddress address) {
  return page_floor(address.value()) == address.value();
}

/// Rounded up to whole pages in the kernel's word (PAGE_ALIGN: what lies above the last page
/// wraps to 0, and the checks for wrapping rely on it).
inline std::uint64_t page_align(const Personality& kernel, std::uint64_t bytes) {
  return kernel.word(bytes + ~kPageMask) & kPageMask;
}

/// Behind the last page of the 32-bit space.
inline constexpr VirtualPage kEndOfPages{1U << (32 - kPageShift)};

/// The page of an address; addresses behind the 32-bit space count as its end.
constexpr VirtualPage page_at(std::uint64_t address) {
  const std::uint64_t end = kEndOfPages.value();
  return VirtualPage(static_cast<std::uint32_t>(std::min(address >> kPageShift, end)));
}

/// First byte of a page, as a number that may be the end of the 32-bit space.
constexpr std::uint64_t bytes_before(VirtualPage page) {
  return std::uint64_t{page.value()} << kPageShift;
}

}  // namespace tessera::vm
