#include "model/mmu/parameters.hpp"

#include <array>
#include <tuple>

namespace tessera::mmu {

namespace {

struct Range {
  const char* name = "";
  unsigned value = 0;
  unsigned low = 0;
  unsigned high = 0;
};

std::string complaint(const Range& range) {
  if (range.value >= range.low && range.value <= range.high) return {};
  return std::string(range.name) + " is " + std::to_string(range.value) + ", but must be " +
         std::to_string(range.low) + ".." + std::to_string(range.high);
}

auto members(const Parameters& x) {
  return std::tie(x.tlb0_sets, x.tlb0_ways, x.tlb1_entries, x.tlb1_min_size_code,
                  x.tlb1_max_size_code, x.l1_4k_sets, x.l1_4k_ways, x.l1_vsp_entries, x.ra_bits,
                  x.pid_bits, x.epid_bits, x.npids, x.lpid_bits, x.tsize_bits, x.has_ehv,
                  x.has_tlbilx, x.has_external_pid, x.boot_entry, x.mmucfg_reads_zero,
                  x.tlbilx_tid0_wildcard, x.exception_keeps_ce_de, x.nv_scope, x.tlb0_repl,
                  x.l1_flush_on_pid, x.l1_flush_on_lpid, x.backinv_match, x.multi_hit,
                  x.tlbwe_bad_tsize, x.tlbsx_ra_nonzero, x.tlbsx_miss_epn, x.miss_u_bits,
                  x.tlbre_mas0, x.tlbivax_lpid, x.reserved_bits, x.unknown_spr, x.hardware_walker);
}

}  // namespace

bool operator==(const Parameters& a, const Parameters& b) { return members(a) == members(b); }

std::string validation_error(const Parameters& p) {
  const std::array ranges{
      Range{"tlb0_sets", p.tlb0_sets, 1, 16384},
      Range{"tlb0_ways", p.tlb0_ways, 1, 64},
      Range{"tlb1_entries", p.tlb1_entries, 1, 512},
      Range{"tlb1_max_size_code", p.tlb1_max_size_code, 1, 12},
      Range{"tlb1_min_size_code", p.tlb1_min_size_code, 1, p.tlb1_max_size_code},
      Range{"l1_4k_sets", p.l1_4k_sets, 1, 1024},
      Range{"l1_4k_ways", p.l1_4k_ways, 0, 64},
      Range{"l1_vsp_entries", p.l1_vsp_entries, 0, 64},
      Range{"ra_bits", p.ra_bits, 32, 36},
      Range{"pid_bits", p.pid_bits, 1, 14},
      Range{"epid_bits", p.epid_bits, 1, p.pid_bits},
      Range{"lpid_bits", p.lpid_bits, 1, 8},
      Range{"tsize_bits", p.tsize_bits, 4, 5},
  };
  for (const Range& range : ranges) {
    if (std::string text = complaint(range); !text.empty()) return text;
  }
  if (p.npids != 1 && p.npids != 3) {
    return "npids is " + std::to_string(p.npids) + ", but must be 1 or 3";
  }
  if (p.hardware_walker == HardwareWalker::E6500 && p.tsize_bits != 5) {
    return "tsize_bits is " + std::to_string(p.tsize_bits) +
           ", but the E6500 hardware walker needs 5";
  }
  return {};
}

}  // namespace tessera::mmu
