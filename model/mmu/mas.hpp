#pragma once

#include "model/mmu/field.hpp"

/// Fields of the MMU's registers at their widest; what a core implements of them is
/// register_masks.hpp (e500mc-mmu.md 3.3).
namespace tessera::mmu {

namespace mas0 {
inline constexpr Field kTlbsel{0x30000000, 28};
inline constexpr Field kEsel{0x0FFF0000, 16};
inline constexpr Field kNv{0x00000FFF, 0};
}  // namespace mas0

namespace mas1 {
inline constexpr Field kValid{0x80000000, 31};
inline constexpr Field kIprot{0x40000000, 30};
inline constexpr Field kTid{0x3FFF0000, 16};
inline constexpr Field kInd{0x00002000, 13};  ///< HardwareWalker::E6500
inline constexpr Field kTs{0x00001000, 12};
inline constexpr Field kTsize{0x00000F00, 8};
/// MAV 2.0 and QEMU: half steps too, value 2s for size code s (e500mc-mmu.md 1.3).
inline constexpr Field kTsize5{0x00000F80, 7};
}  // namespace mas1

namespace mas2 {
inline constexpr Field kEpn{0xFFFFF000, 12};
inline constexpr Field kWimge{0x0000001F, 0};
/// X0, X1 and WIMGE: all that MAS4 has defaults for.
inline constexpr Field kAttributes{0x0000007F, 0};
}  // namespace mas2

namespace mas3 {
inline constexpr Field kRpn{0xFFFFF000, 12};
inline constexpr Field kUser{0x000003C0, 6};
/// UX SX UW SW UR SR, SR in bit 0.
inline constexpr Field kPermissions{0x0000003F, 0};
/// Of an indirect entry: the size code of its pages, in half steps.
inline constexpr Field kSpsize{0x0000003E, 1};
}  // namespace mas3

namespace mas4 {
inline constexpr Field kTlbseld{0x30000000, 28};
inline constexpr Field kTidseld{0x00030000, 16};
inline constexpr Field kIndd{0x00008000, 15};
inline constexpr Field kTsized5{0x00000F80, 7};
inline constexpr Field kAttributes{0x0000007F, 0};
}  // namespace mas4

namespace mas5 {
inline constexpr Field kSgs{0x80000000, 31};
inline constexpr Field kSlpid{0x00000FFF, 0};
}  // namespace mas5

namespace mas6 {
inline constexpr Field kSpid{0x3FFF0000, 16};
inline constexpr Field kSind{0x00000002, 1};
inline constexpr Field kSas{0x00000001, 0};
}  // namespace mas6

namespace mas7 {
inline constexpr Field kRpn{0x0000000F, 0};
}  // namespace mas7

namespace mas8 {
inline constexpr Field kTgs{0x80000000, 31};
inline constexpr Field kVf{0x40000000, 30};
inline constexpr Field kTlpid{0x00000FFF, 0};
}  // namespace mas8

/// EPLC and EPSC have one layout.
namespace epc {
inline constexpr Field kEpr{0x80000000, 31};    ///< PR of external-PID accesses
inline constexpr Field kEas{0x40000000, 30};    ///< AS of them
inline constexpr Field kEgs{0x20000000, 29};    ///< GS of them
inline constexpr Field kElpid{0x00FF0000, 16};  ///< their LPID
inline constexpr Field kEpid{0x00003FFF, 0};    ///< their PID
}  // namespace epc

namespace epcr {
inline constexpr Field kDtlbgs{0x40000000, 30};
inline constexpr Field kItlbgs{0x20000000, 29};
inline constexpr Field kDgtmi{0x00800000, 23};
inline constexpr Field kDmiuh{0x00400000, 22};
}  // namespace epcr

namespace walkctl {
inline constexpr Field kWalk{0x00000001, 0};
inline constexpr Field kFsl64{0x00000002, 1};
}  // namespace walkctl

namespace mmucsr0 {
inline constexpr Field kTlb0Fi{0x00000004, 2};
inline constexpr Field kTlb1Fi{0x00000002, 1};
}  // namespace mmucsr0

/// EA operand of tlbivax (e500mc-mmu.md 3.7).
namespace tlbivax {
inline constexpr Field kTlb1{0x00000008, 3};    ///< TLB1 is invalidated, not TLB0
inline constexpr Field kInvAll{0x00000004, 2};  ///< all of that array is, whatever the address
}  // namespace tlbivax

namespace esr {
inline constexpr Field kStore{0x00800000, 23};
inline constexpr Field kTlbIneligible{0x00000200, 9};
inline constexpr Field kPageTable{0x00000100, 8};
inline constexpr Field kExternalPid{0x00000040, 6};
}  // namespace esr

}  // namespace tessera::mmu
