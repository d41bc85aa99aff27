#include "model/mmu/timing.hpp"

#include <array>
#include <tuple>

namespace tessera::mmu {

namespace {

auto members(const Timing& t) {
  return std::tie(t.l1tlb_hit_extra, t.l2tlb_hit_penalty, t.l2tlb_accept, t.tlbwe, t.tlbre, t.tlbsx,
                  t.tlbilx_va, t.tlbilx_scan, t.tlbilx_scan_per_set, t.mmucsr0_flash,
                  t.tlbivax_local, t.tlbsync, t.mtspr, t.mfspr, t.pid_write_flush, t.trap,
                  t.exc_entry, t.rfi, t.isync);
}

}  // namespace

bool operator==(const Timing& a, const Timing& b) { return members(a) == members(b); }

std::string validation_error(const Timing& t) {
  struct Row {
    const char* name = "";
    Cycles value;
  };
  // An effect needs an edge of its own after the one that accepts.
  const std::array rows{
      Row{"l2tlb_hit_penalty", t.l2tlb_hit_penalty},
      Row{"l2tlb_accept", t.l2tlb_accept},
      Row{"tlbwe", t.tlbwe},
      Row{"tlbre", t.tlbre},
      Row{"tlbsx", t.tlbsx},
      Row{"tlbilx_va", t.tlbilx_va},
      Row{"tlbilx_scan", t.tlbilx_scan},
      Row{"mmucsr0_flash", t.mmucsr0_flash},
      Row{"tlbivax_local", t.tlbivax_local},
      Row{"tlbsync", t.tlbsync},
      Row{"mtspr", t.mtspr},
      Row{"mfspr", t.mfspr},
      Row{"trap", t.trap},
  };
  for (const Row& row : rows) {
    if (row.value < Cycles{1}) return std::string(row.name) + " must be at least 1 cycle";
  }
  return {};
}

}  // namespace tessera::mmu
