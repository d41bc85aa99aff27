// Written from docs/walkers.md W5, W6 and e500mc-mmu.md 5.1, 5.2, 5.4, 5.7.

#include "tb/lockstep/walk_rules.hpp"

#include "tb/lockstep/mas_bits.hpp"

namespace tessera::lockstep {
namespace {

using Kind = WalkStep::Kind;

constexpr std::uint64_t kRealAddresses = (std::uint64_t{1} << 36) - 1;

/// A page as its PTE gives it.
struct Page {
  std::uint64_t frame = 0;
  std::uint32_t wimge = 0;
  std::uint32_t rights = 0;  ///< MAS3[5:0]
};

bool walks_tables(const mmu::Parameters& parameters) {
  return parameters.hardware_walker == mmu::HardwareWalker::Tablewalk;
}

bool long_ptes(const RegisterFile& registers) { return (registers.walkctl & 2) != 0; }

bool kernel(const WalkedAccess& access, const RegisterFile& registers) {
  return access.ea >= registers.walkbase;
}

/// BAP are UX SX UW SW UR SR from bit 7 down, as in MAS3 from bit 5 down.
Page long_page(std::uint64_t pte) {
  const bool changed = (pte & 0x1000) != 0;
  const auto rights = static_cast<std::uint32_t>((pte & 0xFC) >> 2);
  return {pte >> 24, static_cast<std::uint32_t>((pte >> 19) & 0x1F),
          changed ? rights : rights & ~0xCU};
}

/// PRESENT is SR, RW of a page that is DIRTY is SW, EXEC is SX; USER doubles them.
Page short_page(std::uint32_t pte) {
  const bool writable = (pte & 0xC) == 0xC;
  const std::uint32_t supervisor = (pte & 0x11) | (writable ? 4U : 0U);
  const bool user = (pte & 2) != 0;
  return {pte >> 12, (pte >> 6) & 0x1F, user ? supervisor | (supervisor << 1) : supervisor};
}

WalkStep load(std::uint64_t ra, bool is_double) {
  WalkStep step;
  step.ra = ra;
  step.is_double = is_double;
  return step;
}

WalkStep fault(Kind kind) {
  WalkStep step;
  step.kind = kind;
  return step;
}

WalkStep write(const WalkedAccess& access, const RegisterFile& registers,
               const mmu::Parameters& parameters, const Page& page) {
  WalkStep step;
  step.kind = Kind::Write;
  EntryWords& words = step.entry;
  if (walks_tables(parameters)) {
    const std::uint32_t tid = kernel(access, registers) ? 0 : access.pid;
    words.mas1 = (tid << 16) | (access.as ? 0x1000U : 0U);
    words.mas8 = access.lpid;
  } else {
    words.mas1 = access.indirect.mas1 & 0x3FFF1000;
    words.mas8 = access.indirect.mas8 & ~kVirtualizationFault;
  }
  words.mas1 |= kValid | kSize4K;
  words.mas8 = parameters.has_ehv ? words.mas8 : 0;
  words.mas2 = (access.ea & 0xFFFFF000) | page.wimge;
  words.mas3 = static_cast<std::uint32_t>(page.frame << 12) | page.rights;
  const bool mas7_exists = parameters.ra_bits > 32;
  words.mas7 = static_cast<std::uint32_t>(page.frame >> 20) &
               (mas7_exists ? register_mask(mmu::Spr::Mas7, parameters) : 0);
  return step;
}

/// The entry of the page directory, and the load of the PTE.
WalkStep after_directory(const WalkedAccess& access, const RegisterFile& registers,
                         std::uint32_t entry) {
  if (long_ptes(registers)) {
    if ((entry & 0x80000000) == 0) {
      return fault(Kind::PageTableFault);
    }
    const std::uint32_t table = (entry & 0xFFFFF800) - registers.walkbase;
    return load(table + ((access.ea >> 12) & 0x1FF) * 8, true);
  }
  if (entry == 0) {
    return fault(Kind::PageTableFault);
  }
  const std::uint32_t table = (entry & 0xFFFFF000) - registers.walkbase;
  return load(table + ((access.ea >> 12) & 0x3FF) * 4, false);
}

}  // namespace

WalkStep first_step(const WalkedAccess& access, const RegisterFile& registers,
                    const mmu::Parameters& parameters) {
  if (walks_tables(parameters)) {
    const std::uint64_t frame = kernel(access, registers) ? registers.walkkpgd : registers.walkpgd;
    const std::uint32_t index = access.ea >> (long_ptes(registers) ? 21 : 22);
    return load(((frame << 12) + std::uint64_t{index} * 4) & kRealAddresses, false);
  }
  if (((access.indirect.mas3 >> 1) & 0x1F) != 2) {
    return fault(Kind::TlbIneligible);
  }
  const std::uint64_t table =
      (std::uint64_t{access.indirect.mas7 & 0xF} << 32) | (access.indirect.mas3 & 0xFFFFF000);
  return load(table + ((access.ea >> 12) & 0x1FF) * 8, true);
}

WalkStep next_step(const WalkedAccess& access, const RegisterFile& registers,
                   const mmu::Parameters& parameters, unsigned load, std::uint64_t data) {
  const auto low = static_cast<std::uint32_t>(data);
  if (walks_tables(parameters) && load == 0) {
    return after_directory(access, registers, low);
  }
  if (walks_tables(parameters) && !long_ptes(registers)) {
    return (low & 0x21) == 0x21 ? write(access, registers, parameters, short_page(low))
                                : fault(Kind::PageTableFault);
  }
  if ((data & 0x40001) != 0x40001) {
    return fault(Kind::PageTableFault);
  }
  if (!walks_tables(parameters) && (data & 0xF00) != 0x200) {
    return fault(Kind::TlbIneligible);
  }
  return write(access, registers, parameters, long_page(data));
}

}  // namespace tessera::lockstep
