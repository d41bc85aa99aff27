#include "sw/machine/walkers.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace tessera::machine {

using mmu::HardwareWalker;

const std::vector<WalkerDescription>& walkers() {
  static const std::vector<WalkerDescription> all_walkers{
      {HardwareWalker::Off, "software", "the kernel's TLB-miss handler"},
      {HardwareWalker::Tablewalk, "tablewalk", "hardware that walks both levels by itself"},
      {HardwareWalker::E6500, "e6500", "hardware that reads one PTE through an indirect entry"}};
  return all_walkers;
}

const WalkerDescription& describe(HardwareWalker walker) {
  return *std::find_if(walkers().begin(), walkers().end(),
                       [&](const WalkerDescription& w) { return w.walker == walker; });
}

mmu::Parameters with_walker(mmu::Parameters core, HardwareWalker walker) {
  constexpr unsigned kFiveBits = 5;  // 2 MB is no power of four
  core.hardware_walker = walker;
  if (walker == HardwareWalker::E6500) core.tsize_bits = kFiveBits;
  return core;
}

// By name: a walker is made for one or two layouts, and no other field of a format tells them.
std::string walker_error(HardwareWalker walker, const pte::Format& format) {
  const bool narrow = format.name == "fsl32";
  const bool wide = format.name == "fsl64";
  if (walker == HardwareWalker::E6500 && !wide) {
    return fmt::format(
        "walker e6500 reads PTEs of format fsl64 alone, not {}: take 64-bit PTEs, or walker {}",
        format.name, narrow ? "tablewalk" : "software");
  }
  if (walker == HardwareWalker::Tablewalk && !wide && !narrow) {
    return fmt::format("walker tablewalk reads PTEs of formats fsl32 and fsl64, not {}",
                       format.name);
  }
  return {};
}

Bytes pgd_bytes(const pte::Format& format) {
  constexpr std::uint64_t kEntry = 4;
  return Bytes(kEntry << format.geometry.pgd_index_bits);
}

}  // namespace tessera::machine
