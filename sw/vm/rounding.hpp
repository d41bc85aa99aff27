#pragma once

#include <cstdint>

#include "model/types/units.hpp"

namespace tessera::vm {

/// The kernel's unsigned long on a 32-bit machine: all its address arithmetic wraps there, and
/// the checks for wrapping rely on it.
constexpr std::uint32_t as_word(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

inline constexpr std::uint32_t kPageMask = ~((1U << kPageShift) - 1);

/// Rounded down, and up (PAGE_ALIGN: values above the last page wrap to 0), to whole pages.
constexpr std::uint32_t page_floor(std::uint32_t bytes) { return bytes & kPageMask; }
constexpr std::uint32_t page_ceiling(std::uint32_t bytes) {
  return (bytes + ~kPageMask) & kPageMask;
}

}  // namespace tessera::vm
