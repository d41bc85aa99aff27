#include "sw/machine/stale_entries.hpp"

#include <fmt/core.h>

#include "model/pte/entry.hpp"
#include "model/pte/loader.hpp"

namespace tessera::machine {
namespace {

/// An indirect entry names the PTE page of its 2 MB (docs/walkers.md W3).
bool is_table_of(const mmu::TlbEntry& entry, const vm::AddressSpace& space) {
  const bool fits = std::uint64_t{1} << space.format().geometry.pgd_shift == entry.size().value();
  return fits && space.lookup_table(entry.ea()) == frame_of(entry.table());
}

}  // namespace

// An entry is as large as the page it translates; one PTE then grants all of it.
bool is_granted(const mmu::TlbEntry& entry, const vm::AddressSpace& space) {
  if (entry.indirect) return is_table_of(entry, space);
  const pte::Format& format = space.format();
  const pte::Raw pte = space.lookup(entry.ea());
  // What every miss asks for: PRESENT and ACCESSED.
  if ((format.loader.required_load & ~pte) != 0) return false;
  if (entry.size() != space.page_size(entry.ea())) return false;
  const std::uint32_t granted = pte::load(format, pte).mas3 & 0x3FU;
  return frame_of(entry.ra()) == pte::frame_of(format, pte) &&
         (entry.permissions() & ~granted) == 0;
}

std::string difference_of(const mmu::TlbEntry& entry, const vm::AddressSpace& space) {
  if (!entry.indirect) {
    return fmt::format("EA {:#010x} -> RA {:#x}, {} KB, but the PTE is {:#x}", entry.ea().value(),
                       entry.ra().value(), entry.size().value() / 1024, space.lookup(entry.ea()));
  }
  const auto table = space.lookup_table(entry.ea());
  return fmt::format("EA {:#010x} -> PTE page {:#x}, but the PGD has {}", entry.ea().value(),
                     entry.table().value(),
                     table ? fmt::format("{:#x}", address_of(*table).value()) : "none");
}

std::vector<std::string> stale_entries(const mmu::MmuEngine& engine,
                                       const vm::AddressSpace& space) {
  std::vector<std::string> texts;
  for (const mmu::TlbEntry& entry : engine.valid_entries()) {
    if (entry.iprot()) continue;  // lowmem
    const bool own = entry.tid() == space.pid();
    if (own && is_granted(entry, space)) continue;
    texts.push_back(fmt::format("stale TLB entry of PID {}: {}", entry.tid().value(),
                                difference_of(entry, space)));
  }
  return texts;
}

}  // namespace tessera::machine
