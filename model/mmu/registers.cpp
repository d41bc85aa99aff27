#include "model/mmu/registers.hpp"

#include <algorithm>

#include "model/mmu/mas.hpp"

namespace tessera::mmu {

namespace {

constexpr Field kLpidSize{0x0F000000, 24};
constexpr Field kRaSize{0x00FE0000, 17};
constexpr Field kNpids{0x00007800, 11};
constexpr Field kPidSize{0x000007C0, 6};
constexpr Field kNtlbs{0x0000000C, 2};
constexpr Field kMavn{0x00000003, 0};

constexpr Field kAssoc{0xFF000000, 24};
constexpr Field kMinSize{0x00F00000, 20};
constexpr Field kMaxSize{0x000F0000, 16};
constexpr Field kIprotAvail{0x0000C000, 14};
constexpr Field kNentry{0x00000FFF, 0};
// With MAV 2.0 page sizes stand in TLBnPS instead.
constexpr Field kPageTable{0x00040000, 18};
constexpr Field kIndirect{0x00020000, 17};
constexpr Field kIprot{0x00008000, 15};

constexpr std::uint32_t kAllBits = 0xFFFFFFFF;
// Not ICM and GICM: they mean something to 64-bit cores only (e500mc-mmu.md 3.3).
constexpr std::uint32_t kEpcrBits = 0xFCC00000;

std::uint32_t low_bits(unsigned count) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << count) - 1);
}

bool has_indirect(const Parameters& p) { return p.hardware_walker == HardwareWalker::E6500; }

/// Bits needed to count 0 .. values-1.
unsigned bits_to_count(unsigned values) {
  unsigned bits = 0;
  while ((1U << bits) < values) ++bits;
  return bits;
}

std::uint32_t saturated(Field field, unsigned value) {
  return field.at(std::min(value, field.of(kAllBits)));
}

void set_mas(Registers& bits, const Parameters& p) {
  const unsigned tsize = p.tsize_bits == 5 ? mas1::kTsize5.mask : mas1::kTsize.mask;
  const unsigned esel = bits_to_count(std::max(p.tlb0_ways, p.tlb1_entries));
  const unsigned tlbsel = 0x10000000;  // two arrays: bit 34 is reserved
  bits.mas[0] = tlbsel | mas0::kEsel.at(low_bits(esel)) | low_bits(bits_to_count(p.tlb0_ways));
  bits.mas[1] = mas1::kValid.mask | mas1::kIprot.mask | mas1::kTs.mask | tsize |
                mas1::kTid.at(low_bits(p.pid_bits));
  bits.mas[2] = mas2::kEpn.mask | mas2::kAttributes.mask;
  bits.mas[3] = mas3::kRpn.mask | mas3::kUser.mask | mas3::kPermissions.mask;
  bits.mas[4] = tlbsel | tsize | mas4::kAttributes.mask;
  if (p.npids == 3) bits.mas[4] |= mas4::kTidseld.mask;
  bits.mas[6] = mas6::kSpid.at(low_bits(p.pid_bits)) | mas6::kSas.mask;
  bits.mas[7] = low_bits(p.ra_bits - 32);
  if (has_indirect(p)) {
    bits.mas[1] |= mas1::kInd.mask;
    bits.mas[4] |= mas4::kIndd.mask;
    bits.mas[6] |= mas6::kSind.mask;
  }
}

WalkRegisters walk_bits(const Parameters& p) {
  if (p.hardware_walker != HardwareWalker::Tablewalk) return {};
  const std::uint32_t frame = low_bits(p.ra_bits - 12);
  return {walkctl::kWalk.mask | walkctl::kFsl64.mask, frame, frame, mas2::kEpn.mask};
}

}  // namespace

Registers writable_bits(const Parameters& p) {
  Registers bits;
  set_mas(bits, p);
  bits.pid.fill(low_bits(p.pid_bits));
  if (p.reserved_bits == ReservedBits::Retain) {
    bits.mas.fill(kAllBits);
    bits.pid.fill(kAllBits);
  }
  bits.mas[5] = 0;
  bits.mas[8] = 0;
  if (p.npids == 1) bits.pid[1] = bits.pid[2] = 0;
  const std::uint32_t lpid = low_bits(p.lpid_bits);
  if (p.has_ehv) {
    bits.mas[5] = mas5::kSgs.mask | lpid;
    bits.mas[8] = mas8::kTgs.mask | mas8::kVf.mask | lpid;
    bits.lpidr = lpid;
    bits.epcr = kEpcrBits;
  }
  if (p.has_external_pid) {
    bits.eplc = epc::kEpr.mask | epc::kEas.mask | low_bits(p.epid_bits);
    if (p.has_ehv) bits.eplc |= epc::kEgs.mask | epc::kElpid.at(lpid);
    bits.epsc = bits.eplc;
  }
  bits.walk = walk_bits(p);
  return bits;
}

std::uint32_t mmucfg(const Parameters& p) {
  if (p.mmucfg_reads_zero) return 0;
  const std::uint32_t mav1 = kLpidSize.at(p.lpid_bits) | kRaSize.at(p.ra_bits);
  return (p.has_ehv ? mav1 : 0) | kNpids.at(p.npids) | kPidSize.at(p.pid_bits - 1) | kNtlbs.at(1) |
         kMavn.at(has_indirect(p) ? 1 : 0);
}

std::uint32_t tlb0cfg(const Parameters& p) {
  const std::uint32_t shape =
      saturated(kAssoc, p.tlb0_ways) | saturated(kNentry, p.tlb0_sets * p.tlb0_ways);
  return shape | (has_indirect(p) ? kPageTable.at(1) : kMinSize.at(1) | kMaxSize.at(1));
}

std::uint32_t tlb1cfg(const Parameters& p) {
  const std::uint32_t shape = saturated(kAssoc, p.tlb1_entries) | kNentry.at(p.tlb1_entries);
  if (has_indirect(p)) return shape | kIndirect.at(1) | kIprot.at(1);
  return shape | kMinSize.at(p.tlb1_min_size_code) | kMaxSize.at(p.tlb1_max_size_code) |
         kIprotAvail.at(3);
}

std::uint32_t tlb1ps(const Parameters& p) {
  std::uint32_t sizes = 0;
  for (unsigned code = p.tlb1_min_size_code; code <= p.tlb1_max_size_code; ++code) {
    sizes |= 1U << (2 * code);
  }
  return sizes;
}

}  // namespace tessera::mmu
