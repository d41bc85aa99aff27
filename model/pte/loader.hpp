#pragma once

#include <cstdint>

#include "model/pte/format.hpp"

namespace tessera::pte {

/// What the TLB-miss handler moves into the MAS registers before tlbwe.
struct TlbFields {
  std::uint32_t mas3 = 0;        ///< RPN bits 31:12, permissions bits 5:0, U bits zero
  std::uint32_t mas7 = 0;        ///< the RPN's upper bits; 0 if not written
  std::uint32_t mas2_wimge = 0;  ///< MAS2[4:0]; EPN stays as hardware left it
  bool mas7_written = false;     ///< the handler writes MAS7 at all
};

/// Translates an entry as the software loader does (e500mc-mmu.md 5.4). Does not test whether
/// the handler would have bailed out: see LoaderRules::required_*.
TlbFields load(const Format& format, Raw entry);

}  // namespace tessera::pte
