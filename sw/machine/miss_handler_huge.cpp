#include "model/mmu/mas.hpp"
#include "model/pte/entry.hpp"
#include "sw/machine/huge_tlb.hpp"
#include "sw/machine/miss_handler.hpp"

/// What the miss handler does for huge pages alone (e500mc-mmu.md 5.5).
namespace tessera::machine {

bool MissHandler::skips(const Step& step, const Registers& r, const pte::Format& format) {
  if (step.kind == StepKind::WithholdWrite) return pte::is_dirty(format, r.pte);
  return step.kind == StepKind::WrapCam && r.cam + 1 < cams_of(r.tlb1cfg);
}

void MissHandler::run_huge(const Step& step, Registers& r, bool skipped) {
  switch (step.kind) {
    case StepKind::LoadThreadInfo:
      core_.load(kThread + kThreadInfoPointer);
      r.cpu = kThreadInfo + kThreadInfoCpu;
      break;
    case StepKind::LoadCpu:
      core_.load(r.cpu);
      break;
    case StepKind::LoadPerCpuOffset:
      core_.load(kPerCpuOffset);
      break;
    case StepKind::LoadCam:
      r.cam = core_.load(kNextTlbcamIdx);
      break;
    case StepKind::SelectCam:
      core_.mtspr(mmu::Spr::Mas0, select_cam(r.cam));
      break;
    case StepKind::ReadTlb1cfg:
      r.tlb1cfg = core_.mfspr(mmu::Spr::Tlb1cfg);
      break;
    case StepKind::WrapCam:
      if (skipped) {
        ++r.cam;
      } else {
        core_.instructions(step.count - 1U);
        r.cam = core_.load(kTlbcamIndex);
      }
      break;
    case StepKind::StoreCam:
      core_.store(kNextTlbcamIdx, r.cam);
      break;
    case StepKind::ReadMas1:
      r.mas1 = core_.mfspr(mmu::Spr::Mas1);
      break;
    case StepKind::WriteMas1:
      core_.mtspr(mmu::Spr::Mas1, mmu::mas1::kTsize5.put(r.mas1, tsize_of(r.shift)));
      break;
    default:
      run_indirect(step, r);
  }
}

// EPN as hardware left it, without the bits within a huge page.
std::uint32_t MissHandler::epn_of(const Registers& r) {
  const std::uint32_t within = r.huge() ? ((1U << r.shift) - 1) & mmu::mas2::kEpn.mask : 0;
  return r.mas2 & ~within;
}

}  // namespace tessera::machine
