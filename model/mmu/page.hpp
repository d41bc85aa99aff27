#pragma once

#include <cstdint>

#include "model/mmu/tlb_entry.hpp"
#include "model/types/units.hpp"

namespace tessera::mmu {

/// UX and SX.
inline constexpr std::uint16_t kFetchPermissions = 0x30;

/// What a hit yields: an entry's right-hand side, ready for use. L1 keeps a copy. Without padding
/// it is copied in two host registers.
struct Page {
  std::uint64_t frame = 0;        ///< RA of the page, offset bits 0
  std::uint32_t offset_mask = 0;  ///< EA bits that pass through
  std::uint16_t permissions = 0;  ///< UX SX UW SW UR SR, SR in bit 0; what VF leaves of them
  std::uint16_t wimge = 0;        ///< E in bit 0

  /// The real address of an effective address in the page.
  RealAddress translate(EffectiveAddress ea) const {
    return RealAddress(frame | (ea.value() & offset_mask));
  }
};

/// The right-hand side of an entry. VF stops data, never instructions (e500mc-mmu.md 2.4).
inline Page page_of(const TlbEntry& entry) {
  Page page;
  page.frame = entry.ra().value();
  page.offset_mask = static_cast<std::uint32_t>(entry.size().value() - 1);
  page.permissions = entry.permissions() & (entry.vf() ? kFetchPermissions : 0x3F);
  page.wimge = entry.wimge();
  return page;
}

}  // namespace tessera::mmu
