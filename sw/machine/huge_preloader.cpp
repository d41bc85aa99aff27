#include "sw/machine/huge_preloader.hpp"

#include "model/mmu/mas.hpp"
#include "sw/machine/huge_tlb.hpp"

namespace tessera::machine {

namespace {

// Instructions that neither MMU nor memory see. The function is C and nobody has counted what it
// compiles to: its statements, written down as PowerPC instructions, are our estimate. MMU
// instructions, loads and stores come on top, each by itself.
constexpr std::uint64_t kEnter = 16;        // frame, page size to shift, interrupts off
constexpr std::uint64_t kSearch = 4;        // PID into place, EA; V out of MAS1, branch
constexpr std::uint64_t kSelect = 8;        // NENTRY, address of the variable, ESEL, compare, + 1
constexpr std::uint64_t kWrap = 2;          // address of tlbcam_index
constexpr std::uint64_t kBuildFields = 16;  // MAS1: 4, EPN and WIMGE: 4, RPN: 4, rights, DIRTY: 4
constexpr std::uint64_t kLeave = 8;         // interrupts on, frame

}  // namespace

void HugePreloader::preload(const vm::HugeTranslation& translation) {
  plain(kEnter);
  if (!is_there(translation)) {
    select_next_cam();
    write(translation);
  }
  plain(kLeave);
}

bool HugePreloader::is_there(const vm::HugeTranslation& translation) {
  ++counters_.searches;
  plain(kSearch);
  mtspr(mmu::Spr::Mas6, mmu::mas6::kSpid.at(translation.pid.value()));
  mmu::Instruction tlbsx;
  tlbsx.opcode = mmu::Opcode::Tlbsx;
  tlbsx.operand = translation.ea.value();
  core_.execute(tlbsx);
  ++counters_.instructions;
  const bool found = mmu::mas1::kValid.of(mfspr(mmu::Spr::Mas1)) != 0;
  if (!found) core_.search_failed(translation.ea);
  return found;
}

void HugePreloader::select_next_cam() {
  plain(kSelect);
  const std::uint32_t cams = cams_of(mfspr(mmu::Spr::Tlb1cfg));
  const std::uint32_t cam = load(kNextTlbcamIdx);
  mtspr(mmu::Spr::Mas0, select_cam(cam));
  std::uint32_t next = cam + 1;
  if (next >= cams) {
    plain(kWrap);
    next = load(kTlbcamIndex);
  }
  core_.store(kNextTlbcamIdx, next);
  ++counters_.instructions;
}

void HugePreloader::write(const vm::HugeTranslation& translation) {
  plain(kBuildFields);
  mtspr(mmu::Spr::Mas1, mmu::mas1::kValid.mask | mmu::mas1::kTid.at(translation.pid.value()) |
                            mmu::mas1::kTsize5.at(tsize_of(translation.shift)));
  mtspr(mmu::Spr::Mas2, translation.ea.value() | translation.fields.mas2_wimge);
  if (translation.fields.mas7_written) mtspr(mmu::Spr::Mas7, translation.fields.mas7);
  mtspr(mmu::Spr::Mas3, translation.fields.mas3);
  core_.tlbwe();
  ++counters_.instructions;
  ++counters_.writes;
}

void HugePreloader::plain(std::uint64_t count) {
  counters_.instructions += count;
  core_.instructions(count);
}

void HugePreloader::mtspr(mmu::Spr spr, std::uint32_t value) {
  ++counters_.instructions;
  core_.mtspr(spr, value);
}

std::uint32_t HugePreloader::mfspr(mmu::Spr spr) {
  ++counters_.instructions;
  return core_.mfspr(spr);
}

std::uint32_t HugePreloader::load(EffectiveAddress kernel) {
  ++counters_.instructions;
  return core_.load(kernel);
}

}  // namespace tessera::machine
