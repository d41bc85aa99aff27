#pragma once

#include <cstdint>

#include "model/mmu/engine.hpp"
#include "model/mmu/page.hpp"

namespace tessera::mmu {

/// The MAS3 permission bit that an access needs (e500mc-mmu.md 2.4): SX, SR or SW, and for PR=1
/// the user bit beside it. R, W and X are independent.
constexpr std::uint8_t needed_permission(AccessKind kind, bool pr) {
  constexpr std::uint32_t kSupervisor = 0x040110;  // a byte each: fetch, load, store
  const auto bit = kSupervisor >> (8 * static_cast<unsigned>(kind)) & 0xFF;
  return static_cast<std::uint8_t>(bit << (pr ? 1 : 0));
}

/// Does a page that hits allow the access?
constexpr bool allows(const Page& page, AccessKind kind, bool pr) {
  return (page.permissions & needed_permission(kind, pr)) != 0;
}

}  // namespace tessera::mmu
