#include "sw/machine/boot.hpp"

#include <algorithm>

#include "model/mmu/mas.hpp"
#include "sw/machine/kernel_layout.hpp"

namespace tessera::machine {
namespace {

using mmu::HardwareWalker;
using mmu::Spr;

std::uint32_t frame_number(RealAddress ra) {
  return static_cast<std::uint32_t>(frame_of(ra).value());
}

void map_lowmem(Core& core, unsigned entries) {
  constexpr std::uint32_t kSize256M = 9;
  constexpr std::uint32_t kSupervisor = 0x15;  // SX SW SR
  constexpr std::uint32_t kCoherent = 0x4;
  Bytes at(0);
  for (std::uint32_t index = 0; index < entries; ++index, at += kBoltedPage) {
    core.mtspr(Spr::Mas0, mmu::mas0::kTlbsel.at(1) | mmu::mas0::kEsel.at(index) |
                              mmu::mas0::kNv.at(index + 1));
    core.mtspr(Spr::Mas1,
               mmu::mas1::kValid.mask | mmu::mas1::kIprot.mask | mmu::mas1::kTsize.at(kSize256M));
    core.mtspr(Spr::Mas2, (kPageOffset + at).value() | kCoherent);
    core.mtspr(Spr::Mas3, static_cast<std::uint32_t>(at.value()) | kSupervisor);
    core.mtspr(Spr::Mas7, 0);
    core.tlbwe();
  }
}

/// The registers of docs/walkers.md W1. Kernel addresses beyond lowmem are not mapped: their PGD
/// is empty.
void start_tablewalk(Core& core, const pte::Format& format) {
  const std::uint32_t wide = format.width_bytes == 8 ? 1 : 0;
  core.mtspr(Spr::Walkbase, kPageOffset.value());
  core.mtspr(Spr::Walkkpgd, frame_number(real_address(kSwapperPgd)));
  core.mtspr(Spr::Walkctl, mmu::walkctl::kWalk.mask | mmu::walkctl::kFsl64.at(wide));
}

/// Linux: a miss prepares a 2 MB indirect entry of TLB1, and the entries above lowmem's take turns
/// (tlb_core_data, e500mc-mmu.md 5.7).
void start_e6500(Core& core, std::uint32_t first) {
  constexpr std::uint32_t kEntries = 0xFFF;  // TLB1CFG[NENTRY]
  core.mtspr(Spr::Mas4, mmu::mas4::kTlbseld.at(1) | mmu::mas4::kIndd.mask |
                            mmu::mas4::kTsized5.at(kIndirectTsize));
  core.store(kTlbCoreData + kEselNext, first);
  core.store(kTlbCoreData + kEselFirst, first);
  core.store(kTlbCoreData + kEselMax, core.mfspr(Spr::Tlb1cfg) & kEntries);
}

}  // namespace

unsigned bolted_entries(PageCount ram) {
  const Bytes lowmem = std::min(kLowmemLimit, bytes_of(ram));
  return static_cast<unsigned>((lowmem.value() + kBoltedPage.value() - 1) / kBoltedPage.value());
}

void boot(Core& core, PageCount ram, HardwareWalker walker, const pte::Format& format) {
  constexpr std::uint32_t kSize4K = 2;  // 2 s for size code s (e500mc-mmu.md 1.3)
  map_lowmem(core, bolted_entries(ram));
  core.mtspr(Spr::Mas4, mmu::mas4::kTsized5.at(kSize4K));
  if (walker == HardwareWalker::Tablewalk) start_tablewalk(core, format);
  if (walker == HardwareWalker::E6500) start_e6500(core, bolted_entries(ram));
}

void run_on(Core& core, Pid pid, RealAddress pgd, HardwareWalker walker) {
  core.mtspr(Spr::Pid0, pid.value());
  core.store(kThread + kThreadPgdir, kernel_address(pgd).value());
  if (walker == HardwareWalker::Tablewalk) core.mtspr(Spr::Walkpgd, frame_number(pgd));
}

}  // namespace tessera::machine
