#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "tb/unit/mmu/harness.hpp"

namespace tessera::mmu {

/// A memory of a few words, and nothing elsewhere.
struct FewWords final : WalkMemory {
  struct Asked {
    std::uint64_t ra;
    bool is_double;
    bool operator==(const Asked&) const = default;
  };
  std::map<std::uint64_t, std::uint64_t> words;
  Cycles latency{3};
  std::vector<Asked> asked;

  WalkLoad load(RealAddress ra, bool is_double) override {
    asked.push_back({ra.value(), is_double});
    const auto word = words.find(ra.value());
    return word == words.end() ? WalkLoad{~std::uint64_t{0}, latency, true}
                               : WalkLoad{word->second, latency, false};
  }
};

inline Parameters with_walker(HardwareWalker walker, Parameters parameters = {}) {
  parameters.hardware_walker = walker;
  if (walker == HardwareWalker::E6500) parameters.tsize_bits = 5;
  return parameters;
}

// A PTE of fsl64 that maps frame 0x12345 for everything, and one of fsl32 (e500mc-mmu.md 5.2).
inline constexpr std::uint64_t kPte64 = (std::uint64_t{0x12345} << 24) | 0x2412FD;
inline constexpr std::uint32_t kPte32 = 0x12345000 | 0x13F;
inline constexpr std::uint64_t kFrame = 0x12345000;

/// An engine of an e6500-walker and its memory. The indirect entry for the 2 MB of kEa is index 3
/// of TLB1, its table at 0x7_8000_0000.
struct E6500 : Harness {
  static constexpr std::uint64_t kTable = 0x780000000;

  FewWords memory;

  explicit E6500(const Parameters& parameters = {}, const Timing& timing = {})
      : Harness(with_walker(HardwareWalker::E6500, parameters), timing, &memory) {}

  static std::uint64_t pte_place(std::uint32_t ea) { return kTable + 8 * ((ea >> 12) % 512); }
  /// tlbwe of an indirect entry for the 2 MB of `ea`; its table is at kTable.
  Trap map_indirect(std::uint32_t ea, std::uint32_t index = 3, std::uint32_t mas1 = 0,
                    std::uint32_t mas8 = 0, std::uint32_t spsize = 2) {
    write(Spr::Mas0, kTlb1 | (index << 16));
    write(Spr::Mas1, 0x80002000 | (11 << 7) | mas1);
    write(Spr::Mas2, ea);
    write(Spr::Mas3, static_cast<std::uint32_t>(kTable) | (spsize << 1));
    write(Spr::Mas7, kTable >> 32);
    write(Spr::Mas8, mas8);
    return run(Opcode::Tlbwe).trap;
  }
};

/// An engine that walks Linux's tables: PAGE_OFFSET 0xC0000000, PGD of user space at frame 0x100,
/// of the kernel at 0x200.
struct Tablewalk : Harness {
  FewWords memory;

  explicit Tablewalk(bool fsl64, const Parameters& parameters = {}, const Timing& timing = {})
      : Harness(with_walker(HardwareWalker::Tablewalk, parameters), timing, &memory) {
    write(Spr::Walkctl, fsl64 ? 3 : 1);
    write(Spr::Walkpgd, 0x100);
    write(Spr::Walkkpgd, 0x200);
    write(Spr::Walkbase, 0xC0000000);
  }
};

}  // namespace tessera::mmu
