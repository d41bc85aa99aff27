#include "tb/lockstep/register_file.hpp"

#include <algorithm>

namespace tessera::lockstep {
namespace {

using mmu::Parameters;
using mmu::Spr;

constexpr std::uint32_t low(unsigned bits) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
}

unsigned bits_of(unsigned count) {
  unsigned bits = 0;
  while ((1U << bits) < count) {
    ++bits;
  }
  return bits;
}

/// Where the value lives; nullptr for what is constant or missing.
std::uint32_t* place_of(RegisterFile& registers, Spr spr) {
  switch (spr) {
    case Spr::Mas0:
      return registers.mas.data();
    case Spr::Mas1:
      return &registers.mas[1];
    case Spr::Mas2:
      return &registers.mas[2];
    case Spr::Mas3:
      return &registers.mas[3];
    case Spr::Mas4:
      return &registers.mas[4];
    case Spr::Mas5:
      return &registers.mas[5];
    case Spr::Mas6:
      return &registers.mas[6];
    case Spr::Mas7:
      return &registers.mas[7];
    case Spr::Mas8:
      return &registers.mas[8];
    case Spr::Pid0:
      return registers.pid.data();
    case Spr::Pid1:
      return &registers.pid[1];
    case Spr::Pid2:
      return &registers.pid[2];
    case Spr::Lpidr:
      return &registers.lpidr;
    case Spr::Epcr:
      return &registers.epcr;
    case Spr::Eplc:
      return &registers.eplc;
    case Spr::Epsc:
      return &registers.epsc;
    case Spr::Walkctl:
      return &registers.walkctl;
    case Spr::Walkpgd:
      return &registers.walkpgd;
    case Spr::Walkkpgd:
      return &registers.walkkpgd;
    case Spr::Walkbase:
      return &registers.walkbase;
    default:
      return nullptr;
  }
}

/// The column `mask` of docs/pins.md 8 for what RESERVED_BITS = RETAIN widens.
std::uint32_t reserving_mask(Spr spr, const Parameters& p) {
  const std::uint32_t tsize = p.tsize_bits == 5 ? 0xF80 : 0xF00;
  const bool indirect = p.hardware_walker == mmu::HardwareWalker::E6500;
  switch (spr) {
    case Spr::Mas0:
      return 0x10000000 + (low(bits_of(std::max(p.tlb0_ways, p.tlb1_entries))) << 16) +
             low(bits_of(p.tlb0_ways));
    case Spr::Mas1:
      return 0xC0001000 + tsize + (low(p.pid_bits) << 16) + (indirect ? 0x2000 : 0);
    case Spr::Mas2:
      return 0xFFFFF07F;
    case Spr::Mas3:
      return 0xFFFFF3FF;
    case Spr::Mas4:
      return 0x1000007F + tsize + (p.npids == 3 ? 0x00030000 : 0) + (indirect ? 0x8000 : 0);
    case Spr::Mas6:
      return (low(p.pid_bits) << 16) + (indirect ? 3 : 1);
    case Spr::Mas7:
      return low(p.ra_bits - 32);
    default:
      return low(p.pid_bits);
  }
}

std::uint32_t mask_of(Spr spr, const Parameters& p) {
  switch (spr) {
    case Spr::Mas5:
      return 0x80000000 + low(p.lpid_bits);
    case Spr::Mas8:
      return 0xC0000000 + low(p.lpid_bits);
    case Spr::Lpidr:
      return low(p.lpid_bits);
    case Spr::Epcr:
      return 0xFCC00000;
    case Spr::Eplc:
    case Spr::Epsc:
      return 0xC0000000 + low(p.epid_bits) +
             (p.has_ehv ? 0x20000000 + (low(p.lpid_bits) << 16) : 0);
    case Spr::Walkctl:
      return 3;
    case Spr::Walkpgd:
    case Spr::Walkkpgd:
      return low(p.ra_bits - 12);
    case Spr::Walkbase:
      return 0xFFFFF000;
    default:
      return p.reserved_bits == mmu::ReservedBits::Retain ? 0xFFFFFFFF : reserving_mask(spr, p);
  }
}

/// Bit n: pages of 2^n KB.
std::uint32_t tlb1_page_sizes(const Parameters& p) {
  std::uint32_t sizes = 0;
  for (unsigned code = p.tlb1_min_size_code; code <= p.tlb1_max_size_code; ++code) {
    sizes += 1U << (2 * code);
  }
  return sizes;
}

std::uint32_t constant(Spr spr, const Parameters& p) {
  const bool indirect = p.hardware_walker == mmu::HardwareWalker::E6500;
  const std::uint32_t tlb1_sizes =
      (p.tlb1_min_size_code << 20) + (p.tlb1_max_size_code << 16) + 0xC000;
  switch (spr) {
    case Spr::Mmucfg:
      return p.mmucfg_reads_zero
                 ? 0
                 : (p.has_ehv ? (p.lpid_bits << 24) + (p.ra_bits << 17) : 0) + (p.npids << 11) +
                       ((p.pid_bits - 1) << 6) + 4 + (indirect ? 1 : 0);
    case Spr::Tlb0cfg:
      return (std::min(p.tlb0_ways, 255U) << 24) + (indirect ? 0x40000 : 0x110000) +
             std::min(p.tlb0_sets * p.tlb0_ways, 4095U);
    case Spr::Tlb1cfg:
      return (std::min(p.tlb1_entries, 255U) << 24) + (indirect ? 0x28000 : tlb1_sizes) +
             p.tlb1_entries;
    case Spr::Tlb0ps:
      return 4;
    case Spr::Tlb1ps:
      return tlb1_page_sizes(p);
    case Spr::Eptcfg:
      return 0x162;
    default:
      return 0;
  }
}

}  // namespace

bool has_register(Spr spr, const Parameters& p) {
  switch (spr) {
    case Spr::Mas7:
      return p.ra_bits > 32;
    case Spr::Pid1:
    case Spr::Pid2:
      return p.npids == 3;
    case Spr::Mas5:
    case Spr::Mas8:
    case Spr::Lpidr:
    case Spr::Epcr:
      return p.has_ehv;
    case Spr::Eplc:
    case Spr::Epsc:
      return p.has_external_pid;
    case Spr::Walkctl:
    case Spr::Walkpgd:
    case Spr::Walkkpgd:
    case Spr::Walkbase:
      return p.hardware_walker == mmu::HardwareWalker::Tablewalk;
    case Spr::Tlb0ps:
    case Spr::Tlb1ps:
    case Spr::Eptcfg:
      return p.hardware_walker == mmu::HardwareWalker::E6500;
    default: {
      RegisterFile any;
      return place_of(any, spr) != nullptr || spr == Spr::Mmucsr0 || spr == Spr::Mmucfg ||
             spr == Spr::Tlb0cfg || spr == Spr::Tlb1cfg;
    }
  }
}

std::uint32_t register_mask(Spr spr, const Parameters& p) {
  return has_register(spr, p) ? mask_of(spr, p) : 0;
}

void write_register(RegisterFile& registers, Spr spr, std::uint32_t value, bool gs,
                    const Parameters& p) {
  std::uint32_t* const place = place_of(registers, spr);
  if (place == nullptr || !has_register(spr, p)) {
    return;
  }
  std::uint32_t mask = mask_of(spr, p);
  const bool external = spr == Spr::Eplc || spr == Spr::Epsc;
  const std::uint32_t kept = external && gs && p.has_ehv ? mask & 0x20FF0000 : 0;
  mask &= ~kept;
  *place = (*place & kept) | (value & mask);
}

std::uint32_t read_register(const RegisterFile& registers, Spr spr, const Parameters& p) {
  if (!has_register(spr, p)) {
    return 0;
  }
  RegisterFile copy = registers;
  const std::uint32_t* const place = place_of(copy, spr);
  return place != nullptr ? *place : constant(spr, p);
}

}  // namespace tessera::lockstep
