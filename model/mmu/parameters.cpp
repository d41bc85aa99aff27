#include "model/mmu/parameters.hpp"

#include <array>

namespace tessera::mmu {

namespace {

struct Range {
  const char* name = "";
  unsigned value = 0;
  unsigned low = 0;
  unsigned high = 0;
  bool power_of_two = false;
};

std::string complaint(const Range& range) {
  const bool power = (range.value & (range.value - 1)) == 0;
  if (range.value >= range.low && range.value <= range.high && (power || !range.power_of_two)) {
    return {};
  }
  return std::string(range.name) + " is " + std::to_string(range.value) + ", but must be " +
         (range.power_of_two ? "a power of two, " : "") + std::to_string(range.low) + ".." +
         std::to_string(range.high);
}

}  // namespace

std::string validation_error(const Parameters& p) {
  const std::array ranges{
      Range{"tlb0_sets", p.tlb0_sets, 1, 16384, true},
      Range{"tlb0_ways", p.tlb0_ways, 1, 64},
      Range{"tlb1_entries", p.tlb1_entries, 1, 512},
      Range{"tlb1_max_size_code", p.tlb1_max_size_code, 1, 12},
      Range{"tlb1_min_size_code", p.tlb1_min_size_code, 1, p.tlb1_max_size_code},
      Range{"l1_4k_sets", p.l1_4k_sets, 1, 1024, true},
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
  return {};
}

}  // namespace tessera::mmu
