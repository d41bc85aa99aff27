#include "sw/machine/stale_entries.hpp"

#include <fmt/core.h>

#include "model/pte/entry.hpp"
#include "model/pte/loader.hpp"

namespace tessera::machine {

// An entry is as large as the page it translates; one PTE then grants all of it.
bool is_granted(const mmu::TlbEntry& entry, const vm::AddressSpace& space) {
  const pte::Format& format = space.format();
  const pte::Raw pte = space.lookup(entry.ea());
  if (!pte::is_present(format, pte) || entry.size() != space.page_size(entry.ea())) {
    return false;
  }
  const std::uint32_t granted = pte::load(format, pte).mas3 & 0x3FU;
  return frame_of(entry.ra()) == pte::frame_of(format, pte) &&
         (entry.permissions() & ~granted) == 0;
}

std::vector<std::string> stale_entries(const mmu::MmuEngine& engine,
                                       const vm::AddressSpace& space) {
  std::vector<std::string> texts;
  for (const mmu::TlbEntry& entry : engine.valid_entries()) {
    if (entry.tid() == space.pid() && !is_granted(entry, space)) {
      texts.push_back(
          fmt::format("stale TLB entry: EA {:#010x} -> RA {:#x}, {} KB, but the PTE is {:#x}",
                      entry.ea().value(), entry.ra().value(), entry.size().value() / 1024,
                      space.lookup(entry.ea())));
    }
  }
  return texts;
}

}  // namespace tessera::machine
