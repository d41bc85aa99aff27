#include "sw/machine/miss_handler_steps.hpp"

#include <initializer_list>

namespace tessera::machine {
namespace {

using Steps = std::initializer_list<Step>;

constexpr Step plain(std::uint8_t count) { return {StepKind::Plain, count}; }
constexpr Step save(std::uint8_t slot) { return {StepKind::SaveRegister, slot}; }
constexpr Step restore(std::uint8_t slot) { return {StepKind::RestoreRegister, slot}; }

// Step 1 of e500mc-mmu.md 5.3: r10 to an SPRG, thread from an SPRG, r11, r12, r13 and CR saved.
constexpr Steps kSave{plain(2), save(0), save(1), save(2), plain(1), save(3)};

// Steps 2 and 3: EA from DEAR or SRR0, compared with PAGE_OFFSET (3), the user's PGD.
constexpr Steps kUserPgd{plain(1), plain(3), plain(1), {StepKind::LoadPgdir}};

// Step 4: PRESENT|ACCESSED (2), and for data the store bit out of ESR (2).
constexpr Steps kRequiredData{plain(4)};
constexpr Steps kRequiredInstruction{plain(2)};

// Step 5, up to the PTE's low word.
constexpr Steps kFindPte{plain(1), {StepKind::LoadPgdEntry}, plain(1), {StepKind::BranchNoTable},
                         plain(1), {StepKind::LoadPteLow}};

constexpr Steps kCheckNarrow{plain(1), {StepKind::BranchPteLacks}};
constexpr Steps kCheckWide{plain(1), {StepKind::LoadPteHigh}, {StepKind::BranchPteLacks}};

// Step 6: MAS2 gets WIMGE; MAS3 (and MAS7) the frame and the permissions.
constexpr Steps kMas2{plain(1), {StepKind::ReadMas2}, plain(1), {StepKind::WriteMas2}};
constexpr Steps kMas3Narrow{plain(8), {StepKind::WriteMas3}};
constexpr Steps kMas3Wide{plain(3), {StepKind::WithholdWrite, 2}, plain(2), {StepKind::WriteMas3},
                          plain(1), {StepKind::WriteMas7}};
constexpr Steps kWrite{{StepKind::Tlbwe}};

constexpr Steps kRestore{plain(1),   restore(3), plain(1), restore(2),
                         restore(1), restore(0), plain(1)};
constexpr Steps kReturn{{StepKind::Rfi}};
constexpr Steps kBranchToFault{plain(1)};

std::vector<Step> join(std::initializer_list<Steps> parts) {
  std::vector<Step> all;
  for (const Steps& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

std::vector<Step> refill_steps(const pte::Format& format, MissKind kind) {
  const bool wide = format.width_bytes == 8;
  const bool data = kind == MissKind::Data;
  return join({kSave, kUserPgd, data ? kRequiredData : kRequiredInstruction, kFindPte,
               wide ? kCheckWide : kCheckNarrow, kMas2, wide ? kMas3Wide : kMas3Narrow, kWrite,
               kRestore, kReturn});
}

std::vector<Step> bail_out_steps() { return join({kRestore, kBranchToFault}); }

std::uint64_t instructions_of(const std::vector<Step>& steps, bool dirty) {
  std::uint64_t count = 0;
  for (const Step& step : steps) {
    if (step.kind == StepKind::WithholdWrite) {
      count += dirty ? 0 : step.count;
    } else {
      count += step.kind == StepKind::Plain ? step.count : 1;
    }
  }
  return count;
}

}  // namespace tessera::machine
