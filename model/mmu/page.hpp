#pragma once

#include <cstdint>

#include "model/mmu/tlb_entry.hpp"
#include "model/types/units.hpp"

namespace tessera::mmu {

/// What a hit yields: an entry's right-hand side, ready for use. L1 keeps a copy.
struct Page {
  std::uint64_t frame = 0;        ///< RA of the page, offset bits 0
  std::uint32_t offset_mask = 0;  ///< EA bits that pass through
  std::uint8_t permissions = 0;   ///< UX SX UW SW UR SR, SR in bit 0
  std::uint8_t wimge = 0;         ///< E in bit 0
  bool vf = false;                ///< virtualization fault

  RealAddress translate(EffectiveAddress ea) const {
    return RealAddress(frame | (ea.value() & offset_mask));
  }
};

/// The right-hand side of an entry.
inline Page page_of(const TlbEntry& entry) {
  Page page;
  page.frame = entry.ra().value();
  page.offset_mask = static_cast<std::uint32_t>(entry.size().value() - 1);
  page.permissions = entry.permissions();
  page.wimge = entry.wimge();
  page.vf = entry.vf();
  return page;
}

}  // namespace tessera::mmu
