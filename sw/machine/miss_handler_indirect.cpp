#include <stdexcept>

#include "model/mmu/mas.hpp"
#include "sw/machine/kernel_layout.hpp"
#include "sw/machine/miss_handler.hpp"

/// What the miss handler does where a walker reads through indirect entries (e500mc-mmu.md 5.7).
namespace tessera::machine {
namespace {

/// The first address that a PTE page of 64-bit entries maps, of those that map `ea`.
EffectiveAddress span_of(EffectiveAddress ea) {
  return EffectiveAddress(ea.value() & ~static_cast<std::uint32_t>(kIndirectSpan.value() - 1));
}

/// Real address of the PTE page that a PGD entry names; lowmem, so MAS7 stays 0.
std::uint32_t table_of(std::uint32_t pgd_entry) {
  return static_cast<std::uint32_t>(real_address(EffectiveAddress(pgd_entry)).value());
}

/// Of TLB1's entries from `first` to `max` - 1, the one after `entry`.
std::uint32_t next_turn(std::uint32_t entry, std::uint32_t max, std::uint32_t first) {
  return entry + 1 == max ? first : entry + 1;
}

}  // namespace

void MissHandler::run_indirect(const Step& step, Registers& r) {
  constexpr std::uint32_t kSubPages4K = 2;  // 2^2 KB
  switch (step.kind) {
    case StepKind::LoadEselNext:
      r.esel_next = core_.load(kTlbCoreData + kEselNext);
      break;
    case StepKind::LoadEselMax:
      r.esel_max = core_.load(kTlbCoreData + kEselMax);
      break;
    case StepKind::LoadEselFirst:
      r.esel_first = core_.load(kTlbCoreData + kEselFirst);
      break;
    case StepKind::StoreEselNext:
      core_.store(kTlbCoreData + kEselNext, next_turn(r.esel_next, r.esel_max, r.esel_first));
      break;
    case StepKind::ReadMas0:
      r.mas0 = core_.mfspr(mmu::Spr::Mas0);
      break;
    case StepKind::WriteMas0:
      core_.mtspr(mmu::Spr::Mas0, mmu::mas0::kEsel.put(r.mas0, r.esel_next));
      break;
    case StepKind::WriteMas2Span:
      core_.mtspr(mmu::Spr::Mas2, span_of(r.miss.ea).value());
      break;
    case StepKind::WriteMas3Table:
      core_.mtspr(mmu::Spr::Mas3, table_of(r.pgd_entry) | mmu::mas3::kSpsize.at(kSubPages4K));
      break;
    default:
      throw std::logic_error("a step that no TLB-miss handler has");
  }
}

}  // namespace tessera::machine
