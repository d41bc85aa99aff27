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

// The same with hugetlb: a hugepd lacks the most significant bit of an address. The small page then
// clears the register that is to hold the shift (2), the huge one puts the bit back, takes the
// shift out of the low bits and branches over that (4).
constexpr Steps kFindEntry{plain(1), {StepKind::LoadPgdEntry}, plain(1), {StepKind::BranchSmall}};
constexpr Steps kFindSmallPte{plain(2), {StepKind::LoadPteLow}};
constexpr Steps kFindHugePte{{StepKind::BranchNoTable}, plain(4), {StepKind::LoadPteLow}};

constexpr Steps kCheckNarrow{plain(1), {StepKind::BranchPteLacks}};
constexpr Steps kCheckWide{plain(1), {StepKind::LoadPteHigh}, {StepKind::BranchPteLacks}};

// SMP: a false dependency orders the two words of the PTE.
constexpr Steps kOrderWords{plain(1)};

// Compare the shift with 0, and branch, after the checks; two more branches on the way out.
constexpr Steps kIsItHuge{plain(2)};
constexpr Steps kSkipMask{plain(1)};
constexpr Steps kSkipRestore{plain(1)};

// More registers are saved; then the variables of this CPU, by way of its number.
constexpr Steps kSaveMore{plain(1), save(4), save(5), save(6), save(7)};
constexpr Steps kCpuFromThreadInfo{{StepKind::LoadThreadInfo}, {StepKind::LoadCpu}};
constexpr Steps kCpuFromTask{{StepKind::LoadCpu}};
constexpr Steps kPerCpu{plain(3), {StepKind::LoadPerCpuOffset}, plain(3)};

// e500mc-mmu.md 5.5: ESEL and its successor, TSIZE. The last one keeps the shift.
constexpr Steps kSelectCam{{StepKind::LoadCam}, plain(2), {StepKind::SelectCam}};
constexpr Steps kNextCam{
    {StepKind::ReadTlb1cfg}, plain(1 + 3), {StepKind::WrapCam, 3}, {StepKind::StoreCam}};
constexpr Steps kTsize{plain(1), {StepKind::ReadMas1}, plain(1), {StepKind::WriteMas1}, plain(1)};

// MAS2[EPN] loses the bits within the page.
constexpr Steps kMaskEpn{plain(5)};
constexpr Steps kRestoreMore{restore(4), restore(5), restore(6), restore(7)};

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

// Linux 4.1 tlb_low_64e.S, tlb_miss_common_e6500, as the handler of a 32-bit kernel on one thread:
// save, EA, PGD entry and restore are those above; of what is between, the lock, tlbsx and the
// erratum's tlbilx are left out (they are for a second thread), and so are the test of the
// address's range, the two middle levels, and MAS1, which is all set for a user address. The
// PGD entry is a kernel address, not a real one: one instruction more. 9 loads and 5 stores,
// derived (docs/walker-costs.md).
constexpr Steps kTurn{plain(1), {StepKind::LoadEselNext}};
constexpr Steps kFindTable{plain(1), {StepKind::LoadPgdEntry}, plain(1), {StepKind::BranchNoTable}};
constexpr Steps kMas3Table{{StepKind::ReadMas0}, plain(2), {StepKind::WriteMas3Table}};
constexpr Steps kMas2Span{plain(1), {StepKind::WriteMas2Span}};
constexpr Steps kTakeTurns{
    {StepKind::LoadEselMax},  {StepKind::LoadEselFirst}, plain(2), {StepKind::WriteMas0}, plain(2),
    {StepKind::StoreEselNext}};

std::vector<Step> join(std::initializer_list<Steps> parts) {
  std::vector<Step> all;
  for (const Steps& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

std::vector<Step> refill_steps(const pte::Format& format, MissKind kind, HandlerBuild build) {
  const bool wide = format.width_bytes == 8;
  const Steps required = kind == MissKind::Data ? kRequiredData : kRequiredInstruction;
  if (build.hugetlb) {
    return join({kSave, kUserPgd, required, kFindEntry, kFindSmallPte, kOrderWords, kCheckWide,
                 kIsItHuge, kSkipMask, kMas2, kMas3Wide, kWrite, kSkipRestore, kRestore, kReturn});
  }
  return join({kSave, kUserPgd, required, kFindPte, wide ? kCheckWide : kCheckNarrow, kMas2,
               wide ? kMas3Wide : kMas3Narrow, kWrite, kRestore, kReturn});
}

std::vector<Step> huge_refill_steps(MissKind kind, HandlerBuild build) {
  const Steps required = kind == MissKind::Data ? kRequiredData : kRequiredInstruction;
  return join({kSave,        kUserPgd,
               required,     kFindEntry,
               kFindHugePte, kOrderWords,
               kCheckWide,   kIsItHuge,
               kSaveMore,    build.cpu_in_task ? kCpuFromTask : kCpuFromThreadInfo,
               kPerCpu,      kSelectCam,
               kNextCam,     kTsize,
               kSkipMask,    kMaskEpn,
               kMas2,        kMas3Wide,
               kWrite,       kSkipRestore,
               kRestoreMore, kRestore,
               kReturn});
}

std::vector<Step> indirect_refill_steps() {
  return join({kSave, kUserPgd, kTurn, kFindTable, kMas3Table, kMas2Span, kTakeTurns, kWrite,
               kRestore, kReturn});
}

std::vector<Step> bail_out_steps() { return join({kRestore, kBranchToFault}); }

std::uint64_t instructions_of(const std::vector<Step>& steps, bool dirty) {
  std::uint64_t count = 0;
  for (const Step& step : steps) {
    if (step.kind == StepKind::WithholdWrite) {
      count += dirty ? 0 : step.count;
    } else if (step.kind != StepKind::WrapCam) {
      count += step.kind == StepKind::Plain ? step.count : 1;
    }
  }
  return count;
}

}  // namespace tessera::machine
