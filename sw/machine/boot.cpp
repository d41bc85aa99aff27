#include "sw/machine/boot.hpp"

#include <algorithm>

#include "model/mmu/mas.hpp"
#include "sw/machine/kernel_layout.hpp"

namespace tessera::machine {
namespace {

void map_lowmem(Core& core, unsigned entries) {
  constexpr std::uint32_t kSize256M = 9;
  constexpr std::uint32_t kSupervisor = 0x15;  // SX SW SR
  constexpr std::uint32_t kCoherent = 0x4;
  Bytes at(0);
  for (std::uint32_t index = 0; index < entries; ++index, at += kBoltedPage) {
    core.mtspr(mmu::Spr::Mas0, mmu::mas0::kTlbsel.at(1) | mmu::mas0::kEsel.at(index) |
                                   mmu::mas0::kNv.at(index + 1));
    core.mtspr(mmu::Spr::Mas1,
               mmu::mas1::kValid.mask | mmu::mas1::kIprot.mask | mmu::mas1::kTsize.at(kSize256M));
    core.mtspr(mmu::Spr::Mas2, (kPageOffset + at).value() | kCoherent);
    core.mtspr(mmu::Spr::Mas3, static_cast<std::uint32_t>(at.value()) | kSupervisor);
    core.mtspr(mmu::Spr::Mas7, 0);
    core.tlbwe();
  }
}

}  // namespace

unsigned bolted_entries(PageCount ram) {
  const Bytes lowmem = std::min(kLowmemLimit, bytes_of(ram));
  return static_cast<unsigned>((lowmem.value() + kBoltedPage.value() - 1) / kBoltedPage.value());
}

void boot(Core& core, PageCount ram) {
  constexpr std::uint32_t kSize4K = 2;  // 2 s for size code s (e500mc-mmu.md 1.3)
  map_lowmem(core, bolted_entries(ram));
  core.mtspr(mmu::Spr::Mas4, mmu::mas4::kTsized5.at(kSize4K));
}

void run_on(Core& core, Pid pid, RealAddress pgd) {
  core.mtspr(mmu::Spr::Pid0, pid.value());
  core.store(kThread + kThreadPgdir, kernel_address(pgd).value());
}

}  // namespace tessera::machine
