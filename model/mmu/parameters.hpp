#pragma once

#include <cstdint>
#include <string>

namespace tessera::mmu {

/// Where the round-robin hint TLB0[NV] lives, and what moves it (e500mc-mmu.md 1.5, 9.1 no. 6).
enum class NvScope : std::uint8_t {
  Global,  ///< one counter, loaded by tlbwe from MAS0[NV]
  PerSet,  ///< one counter a set, loaded by tlbwe from MAS0[NV]
  Qemu,    ///< one counter, advanced by every TLB error and every tlbsx miss; tlbwe ignores it
};

/// The way of TLB0 that a TLB error and a tlbsx miss hint at (docs/pins.md 8).
enum class Tlb0Replacement : std::uint8_t {
  Software,  ///< TLB0[NV]
  Lru,       ///< the lowest invalid way, or else the one least recently used by an L2 lookup
};

/// What an mtspr to a PID register drops from both L1 TLBs (e500mc-mmu.md 1.4).
enum class L1FlushOnPid : std::uint8_t { NonGlobal, All, None };

/// What an mtspr to LPIDR drops from both L1 TLBs (e500mc-mmu.md 1.4).
enum class L1FlushOnLpid : std::uint8_t { All, None };

/// Which L1 entries a tlbwe drops, given the entry it overwrites (e500mc-mmu.md 1.4).
enum class BackinvMatch : std::uint8_t {
  EpnTs,  ///< EPN under the victim's page mask, and TS: may drop an innocent entry
  Full,   ///< every tag bit and the page size
  None,   ///< none: L1 need not be a subset of L2
};

/// More than one entry matches in an L2 lookup (e500mc-mmu.md 1.7).
enum class MultiHit : std::uint8_t {
  MachineCheck,
  First,   ///< TLB0 by way, then TLB1 by index
  Assert,  ///< a programming error that stops the simulation: std::logic_error
};

/// tlbwe of a valid TLB1 entry with a reserved TSIZE (e500mc-mmu.md 3.5).
enum class BadTsize : std::uint8_t { Illegal, Force4K };

/// tlbsx with rA != 0 (e500mc-mmu.md 3.6): refused, or a search of the sum, which the core forms.
enum class TlbsxRaNonzero : std::uint8_t { Illegal, EaSum };

/// MAS2[EPN] after a tlbsx miss (e500mc-mmu.md 3.4).
enum class TlbsxMissEpn : std::uint8_t { Keep, Zero };

/// MAS3[U0:U3] after a TLB error or a tlbsx miss (e500mc-mmu.md 3.4).
enum class MissUBits : std::uint8_t { Keep, Zero };

/// MAS0 after tlbre (e500mc-mmu.md 9.1 no. 9).
enum class TlbreMas0 : std::uint8_t {
  NvOnly,   ///< only NV, and only for TLB0
  Rewrite,  ///< TLBSEL, the ESEL bits that selected, and NV for both arrays
};

/// Does tlbivax compare TLPID with MAS5[SLPID]? (e500mc-mmu.md 3.7)
enum class TlbivaxLpid : std::uint8_t { Ignore, Match };

/// mtspr to unimplemented bits of MAS and PID registers (e500mc-mmu.md 3.3).
enum class ReservedBits : std::uint8_t { ReadZero, Retain };

/// mtspr and mfspr of a register the core does not have (e500mc-mmu.md 9.1 no. 4).
enum class UnknownSpr : std::uint8_t { Illegal, Ignore };

/// The page walker in hardware (docs/walkers.md).
enum class HardwareWalker : std::uint8_t {
  Off,        ///< none, as on e500mc: software refills
  Tablewalk,  ///< walks Linux's two-level page tables
  E6500,      ///< reads one PTE through an indirect entry of TLB1; needs tsize_bits 5
};

/// Everything that tells one core's MMU from another's (e500mc-mmu.md 12); defaults: e500mc.
struct Parameters {
  unsigned tlb0_sets = 128;          ///< 1..16384: the index is the page number modulo them
  unsigned tlb0_ways = 4;            ///< 1..64, any; ESEL and NV count modulo this
  unsigned tlb1_entries = 64;        ///< 1..512, any; ESEL counts modulo this
  unsigned tlb1_min_size_code = 1;   ///< 4^s KB
  unsigned tlb1_max_size_code = 11;  ///< 4^s KB, at most 12
  unsigned l1_4k_sets = 16;          ///< 1..1024
  unsigned l1_4k_ways = 4;           ///< 0..64, any; 0 = no such array
  unsigned l1_vsp_entries = 8;       ///< 0..64, any; 0 = no such array

  unsigned ra_bits = 36;    ///< 32..36
  unsigned pid_bits = 8;    ///< 1..14: width of TID, and of the PID registers
  unsigned epid_bits = 8;   ///< 1..pid_bits: width of EPLC[EPID] and EPSC[EPID]
  unsigned npids = 1;       ///< 1 or 3 PID registers
  unsigned lpid_bits = 6;   ///< 1..8; meaningful with has_ehv
  unsigned tsize_bits = 4;  ///< 4 (MAV 1.0), or 5 with half steps, which are then refused

  bool has_ehv = true;             ///< GS, LPID, VF, MAS5, MAS8, LPIDR, EPCR
  bool has_tlbilx = true;          ///< else an illegal instruction (Linux: MMU_FTR_USE_TLBILX)
  bool has_external_pid = true;    ///< EPLC, EPSC, lwepx ...
  bool boot_entry = true;          ///< TLB1[0] maps the last 4 KB after reset (e500mc-mmu.md 1.6)
  bool mmucfg_reads_zero = false;  ///< QEMU 7.2 (e500mc-mmu.md 9.1 no. 2)
  bool tlbilx_tid0_wildcard = false;  ///< tlbilx T=3: TID = 0 matches any SPID
  bool exception_keeps_ce_de = true;  ///< MSR[CE, DE] survive an interrupt; the core reads this

  NvScope nv_scope = NvScope::Global;                         ///< scope of TLB0[NV]
  Tlb0Replacement tlb0_repl = Tlb0Replacement::Software;      ///< what hints at a victim in TLB0
  L1FlushOnPid l1_flush_on_pid = L1FlushOnPid::NonGlobal;     ///< what a PID write drops from L1
  L1FlushOnLpid l1_flush_on_lpid = L1FlushOnLpid::All;        ///< what an LPIDR write drops from L1
  BackinvMatch backinv_match = BackinvMatch::EpnTs;           ///< what a tlbwe drops from L1
  MultiHit multi_hit = MultiHit::MachineCheck;                ///< several entries match
  BadTsize tlbwe_bad_tsize = BadTsize::Illegal;               ///< tlbwe of a reserved page size
  TlbsxRaNonzero tlbsx_ra_nonzero = TlbsxRaNonzero::Illegal;  ///< tlbsx with rA other than 0
  TlbsxMissEpn tlbsx_miss_epn = TlbsxMissEpn::Keep;           ///< MAS2[EPN] after a tlbsx miss
  MissUBits miss_u_bits = MissUBits::Keep;                    ///< MAS3[U0:U3] after a miss
  TlbreMas0 tlbre_mas0 = TlbreMas0::NvOnly;                   ///< what tlbre writes to MAS0
  TlbivaxLpid tlbivax_lpid = TlbivaxLpid::Ignore;             ///< TLPID under tlbivax
  ReservedBits reserved_bits = ReservedBits::ReadZero;        ///< unimplemented bits of MAS and PID
  /// mtspr and mfspr of a register that is not there.
  UnknownSpr unknown_spr = UnknownSpr::Illegal;
  HardwareWalker hardware_walker = HardwareWalker::Off;  ///< who walks page tables
};

/// All members are equal.
bool operator==(const Parameters& a, const Parameters& b);

/// Why no MMU can be built from these parameters, for a person to read; empty when one can.
std::string validation_error(const Parameters& parameters);

}  // namespace tessera::mmu
