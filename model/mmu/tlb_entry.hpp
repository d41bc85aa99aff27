#pragma once

#include <cstdint>

#include "model/mmu/mas.hpp"
#include "model/types/units.hpp"

namespace tessera {
class Archive;
}

namespace tessera::mmu {

/// The two L2 arrays.
enum class TlbArray : std::uint8_t { Tlb0, Tlb1 };

/// An indirect entry covers 2 MB: 2^this KB.
inline constexpr unsigned kIndirectDoublings = 11;

/// One entry of an L2 array, and where it stands. The storage bits (e500mc-mmu.md 2.3) are kept
/// as the MAS words that tlbwe wrote and tlbre returns, so that no bit is lost on the way.
struct TlbEntry {
  TlbArray array = TlbArray::Tlb0;  ///< which array it is in
  /// It translates nothing but says where PTEs are (docs/walkers.md W3): MAS1[IND] of a core on
  /// which that bit means something. Then ra(), permissions() and wimge() mean nothing.
  bool indirect = false;
  std::uint16_t set = 0;   ///< TLB0: the set; 0 in TLB1
  std::uint16_t slot = 0;  ///< TLB0: the way; TLB1: the index
  std::uint32_t mas1 = 0;  ///< V, IPROT, TID, TS, TSIZE
  std::uint32_t mas2 = 0;  ///< EPN, X0, X1, WIMGE
  std::uint32_t mas3 = 0;  ///< RPN[31:12], U0:U3, permissions
  std::uint32_t mas7 = 0;  ///< RPN[35:32]
  std::uint32_t mas8 = 0;  ///< TGS, VF, TLPID

  /// V: it takes part in lookups.
  bool valid() const { return mas1::kValid.of(mas1) != 0; }
  /// IPROT: invalidations leave it alone; TLB1 alone.
  bool iprot() const { return mas1::kIprot.of(mas1) != 0; }
  /// TS: the address space, MSR[IS] or MSR[DS].
  bool ts() const { return mas1::kTs.of(mas1) != 0; }
  /// TID: the PID; 0 is any.
  Pid tid() const { return Pid(mas1::kTid.of(mas1)); }
  /// TGS: of a guest.
  bool tgs() const { return mas8::kTgs.of(mas8) != 0; }
  /// VF: data accesses fault (virtualization fault).
  bool vf() const { return mas8::kVf.of(mas8) != 0; }
  /// TLPID: the LPID; 0 is any.
  Lpid tlpid() const { return Lpid(mas8::kTlpid.of(mas8)); }

  /// Size code s: the page has 4^s KB (e500mc-mmu.md 1.3); 1 in TLB0.
  unsigned size_code() const { return mas1::kTsize.of(mas1); }
  /// Size of the page, or of what an indirect entry covers.
  Bytes size() const {
    return Bytes(std::uint64_t{1024} << (indirect ? kIndirectDoublings : 2 * size_code()));
  }

  /// First effective address of the page.
  EffectiveAddress ea() const {
    return EffectiveAddress(static_cast<std::uint32_t>(mas2::kEpn.mask & mas2 & ~offset_mask()));
  }
  /// First real address of the page; bits above RA[35] never count.
  RealAddress ra() const { return RealAddress(table().value() & ~offset_mask()); }
  /// Where the PTEs of an indirect entry are.
  RealAddress table() const {
    return RealAddress((std::uint64_t{mas7::kRpn.of(mas7)} << 32) | (mas3 & mas3::kRpn.mask));
  }
  /// UX SX UW SW UR SR, SR in bit 0.
  std::uint8_t permissions() const {
    return static_cast<std::uint8_t>(mas3::kPermissions.of(mas3));
  }
  /// W I M G E, E in bit 0.
  std::uint8_t wimge() const { return static_cast<std::uint8_t>(mas2::kWimge.of(mas2)); }

  /// What changes while it runs (decision 13): all but its place.
  void state(Archive& archive);

 private:
  std::uint64_t offset_mask() const { return size().value() - 1; }
};

}  // namespace tessera::mmu
