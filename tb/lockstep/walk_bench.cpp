#include "tb/lockstep/walk_bench.hpp"

#include "tb/lockstep/mas_bits.hpp"

namespace tessera::lockstep {
namespace {

using mmu::Spr;

constexpr std::uint32_t kPageOffset = 0xC0000000;

/// Real address of the table of those 2 MB.
std::uint64_t table_of(std::uint32_t ea) { return kTables + (std::uint64_t{ea >> 21} << 12); }

std::uint64_t index_of(std::uint32_t ea) { return (ea >> 12) & 0x1FF; }

}  // namespace

WalkBench::WalkBench(const std::string& subject)
    : Testbench(subject), indirect_(subject.find("e6500") != std::string::npos) {
  mtspr(Spr::Pid0, kWalkedPid);
  if (indirect_) {
    for (std::uint32_t half = 0; half < 2; ++half) {
      map_table(kWalkedPage + (half << 21), half + 1, kWalkedPid);
    }
    mtspr(Spr::Mas6, kWalkedPid << 16);
  } else {
    mtspr(Spr::Walkctl, 3);
    mtspr(Spr::Walkpgd, kDirectory >> 12);
    mtspr(Spr::Walkkpgd, kKernelDirectory >> 12);
    mtspr(Spr::Walkbase, kPageOffset);
    mtspr(Spr::Mas6, kWalkedPid << 16);
  }
  put_pte(kWalkedPage, good_pte(kWalkedFrame));
  put_pte(kKernelPage, good_pte(kWalkedFrame));
}

void WalkBench::put_pte(std::uint32_t ea, std::uint64_t pte) {
  memory().words[table_of(ea) + 8 * index_of(ea)] = pte;
  const std::uint64_t directory = ea >= kPageOffset ? kKernelDirectory : kDirectory;
  memory().words[directory + 4 * (ea >> 21)] = kPageOffset + table_of(ea);
}

void WalkBench::unplug_table(std::uint32_t ea) {
  memory().words.erase(table_of(ea) + 8 * index_of(ea));
}

void WalkBench::map_table(std::uint32_t ea, std::uint32_t esel, std::uint32_t tid,
                          std::uint32_t page_size) {
  mtspr(Spr::Mas0, kTlb1 | (esel << 16));
  mtspr(Spr::Mas1, kValid | kIndirect | kSize2M | (tid << 16));
  mtspr(Spr::Mas2, ea & 0xFFE00000);
  mtspr(Spr::Mas3, static_cast<std::uint32_t>(table_of(ea)) | (page_size << 1));
  execute(instruction_pins(mmu::Opcode::Tlbwe));
}

void WalkBench::stop_walks() {
  if (!indirect_) {
    mtspr(Spr::Walkctl, 0);
    return;
  }
  mtspr(Spr::Mmucsr0, 2);
}

clocked::InputPins with_snoop(clocked::InputPins in, std::uint32_t ea) {
  in.snoop_valid = true;
  in.snoop_ea = ea;
  return in;
}

}  // namespace tessera::lockstep
