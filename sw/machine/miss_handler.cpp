#include "sw/machine/miss_handler.hpp"

#include "model/mmu/mas.hpp"
#include "model/pte/entry.hpp"
#include "model/pte/loader.hpp"
#include "sw/machine/kernel_layout.hpp"

namespace tessera::machine {
namespace {

constexpr Bytes kWord{4};

// Hugepd entries of the PGD (e500mc-mmu.md 5.1).
constexpr std::uint32_t kAddressBit = 0x80000000U;
constexpr std::uint32_t kHugeShiftMask = 0x3FU;

EffectiveAddress save_slot(std::uint8_t slot) { return kThread + kThreadNormsave + kWord * slot; }

/// Where the entry of `ea` stands in the PGD (e500mc-mmu.md 5.1).
EffectiveAddress pgd_entry_address(const pte::Geometry& geometry, std::uint32_t pgd,
                                   EffectiveAddress ea) {
  return EffectiveAddress(pgd) + kWord * (ea.value() >> geometry.pgd_shift);
}

/// Where the entry of `ea` stands in its PTE page.
EffectiveAddress pte_address(const pte::Format& format, std::uint32_t table, EffectiveAddress ea) {
  const std::uint32_t index =
      (ea.value() >> kPageShift) & ((1U << format.geometry.pte_index_bits) - 1);
  return EffectiveAddress(table) + Bytes(std::uint64_t{index} * format.width_bytes);
}

/// Where the only entry of a huge page stands.
EffectiveAddress huge_pte_address(std::uint32_t hugepd) {
  return EffectiveAddress((hugepd | kAddressBit) & ~kHugeShiftMask);
}

}  // namespace

MissHandler::MissHandler(Core& core, const pte::Format& format, HandlerBuild build)
    : core_(core),
      format_(format),
      data_(paths_of(format, MissKind::Data, build)),
      instruction_(paths_of(format, MissKind::Instruction, build)),
      bail_out_(bail_out_steps()) {}

MissHandler::Paths MissHandler::paths_of(const pte::Format& format, MissKind kind,
                                         HandlerBuild build) {
  if (build.indirect) return {indirect_refill_steps(), {}};
  return {refill_steps(format, kind, build),
          build.hugetlb ? huge_refill_steps(kind, build) : std::vector<Step>{}};
}

bool MissHandler::handle(const Miss& miss) {
  core_.enter_exception();
  Registers registers;
  registers.miss = miss;
  const Paths& paths = miss.kind == MissKind::Data ? data_ : instruction_;
  const std::vector<Step>* steps = &paths.small;
  for (std::size_t i = 0; i < steps->size(); ++i) {
    const Step& step = (*steps)[i];
    if (!run(step, registers)) {
      bail_out(registers);
      return false;
    }
    if (step.kind == StepKind::BranchSmall && (registers.pgd_entry & kAddressBit) == 0) {
      registers.shift = registers.pgd_entry & kHugeShiftMask;
      steps = &paths.huge;
    }
  }
  ++counters_.refills;
  counters_.huge_refills += registers.huge() ? 1U : 0U;
  return true;
}

void MissHandler::bail_out(Registers& registers) {
  for (const Step& step : bail_out_) {
    run(step, registers);
  }
  ++counters_.bail_outs;
}

bool MissHandler::run(const Step& step, Registers& r) {
  const bool skipped = skips(step, r, format_);
  count(step, skipped);
  switch (step.kind) {
    case StepKind::Plain:
      core_.instructions(step.count);
      break;
    case StepKind::SaveRegister:
      core_.store(save_slot(step.count), 0);
      break;
    case StepKind::RestoreRegister:
      core_.load(save_slot(step.count));
      break;
    case StepKind::LoadPgdir:
      r.pgd = core_.load(kThread + kThreadPgdir);
      break;
    case StepKind::LoadPgdEntry:
      r.pgd_entry = core_.load(pgd_entry_address(format_.geometry, r.pgd, r.miss.ea));
      break;
    case StepKind::BranchSmall:
      core_.instructions(1);
      break;
    case StepKind::BranchNoTable:
      core_.instructions(1);
      return r.pgd_entry != 0;
    case StepKind::LoadPteLow:
      load_pte_word(r, false);
      break;
    case StepKind::LoadPteHigh:
      load_pte_word(r, true);
      break;
    case StepKind::BranchPteLacks:
      core_.instructions(1);
      return !lacks_required_bits(r);
    case StepKind::ReadMas2:
      r.mas2 = core_.mfspr(mmu::Spr::Mas2);
      break;
    case StepKind::WriteMas2:
      core_.mtspr(mmu::Spr::Mas2,
                  mmu::mas2::kWimge.put(epn_of(r), pte::load(format_, r.pte).mas2_wimge));
      break;
    case StepKind::WithholdWrite:
      core_.instructions(skipped ? 0 : step.count);
      break;
    case StepKind::WriteMas3:
      core_.mtspr(mmu::Spr::Mas3, pte::load(format_, r.pte).mas3);
      break;
    case StepKind::WriteMas7:
      core_.mtspr(mmu::Spr::Mas7, pte::load(format_, r.pte).mas7);
      break;
    case StepKind::Tlbwe:
      core_.tlbwe();
      break;
    case StepKind::Rfi:
      core_.rfi();
      break;
    default:
      run_huge(step, r, skipped);
  }
  return true;
}

void MissHandler::count(const Step& step, bool skipped) {
  if (skipped) return;
  const bool several = step.kind == StepKind::Plain || step.kind == StepKind::WithholdWrite ||
                       step.kind == StepKind::WrapCam;
  counters_.instructions += several ? step.count : 1;
}

void MissHandler::load_pte_word(Registers& r, bool high) {
  // Big-endian: the word with the flags of a 64-bit entry stands at +4 (e500mc-mmu.md 5.1).
  const bool wide = format_.width_bytes == 8;
  const Bytes word = wide && !high ? kWord : Bytes(0);
  const EffectiveAddress entry =
      r.huge() ? huge_pte_address(r.pgd_entry) : pte_address(format_, r.pgd_entry, r.miss.ea);
  const std::uint64_t value = core_.load(entry + word);
  r.pte |= high ? value << 32 : value;
}

bool MissHandler::lacks_required_bits(const Registers& r) const {
  const pte::LoaderRules& rules = format_.loader;
  pte::Raw required = r.miss.store ? rules.required_store : rules.required_load;
  if (r.miss.kind == MissKind::Instruction) {
    required = rules.required_fetch_user;
  }
  return (required & ~r.pte) != 0;
}

}  // namespace tessera::machine
