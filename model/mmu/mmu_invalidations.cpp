#include "model/mmu/mas.hpp"
#include "model/mmu/mmu.hpp"
#include "model/mmu/privilege.hpp"

namespace tessera::mmu {

std::uint64_t Mmu::searched_lpid() const { return mas5::kSlpid.of(mas(5)); }

void Mmu::back_invalidate(const MatchWord& victim) {
  // What had invalidated it dropped its copies; an indirect entry never had any.
  if (!victim.valid() || victim.indirect()) return;
  l1_instruction_.back_invalidate(victim);
  l1_data_.back_invalidate(victim);
}

void Mmu::invalidate(TlbArray array, const Invalidation& invalidation) {
  if (array == TlbArray::Tlb0) {
    tlb0_.invalidate(invalidation);
  } else {
    tlb1_.invalidate(invalidation);
  }
  l1_instruction_.invalidate(array, invalidation);
  l1_data_.invalidate(array, invalidation);
}

// e500mc-mmu.md 3.8: T=0 by LPID, T=1 by LPID and PID, T=3 by GS, EPN and IND besides. TS never
// counts.
Trap Mmu::tlbilx(std::uint8_t t, EffectiveAddress ea) {
  if (!has_tlbilx_form(t)) return Trap::IllegalInstruction;
  Invalidation invalidation;
  const std::uint64_t spid = mas6::kSpid.of(mas(6));
  invalidation.key =
      key_of(ea, false, mas5::kSgs.of(mas(5)) != 0) | searched_lpid() | (spid << match::kPidShift);
  invalidation.exact |= match::kLpid;
  if (t != 0) invalidation.exact |= match::kPid;
  if (t == 3) {
    invalidation.exact |= match::kGs | match::kInd;
    invalidation.under_mask |= match::kEpn;
    if (indirect_bit_ != 0 && mas6::kSind.of(mas(6)) != 0) invalidation.key |= match::kInd;
  }
  if (t == 3 && parameters_.tlbilx_tid0_wildcard) {
    invalidation.exact &= ~match::kPid;
    invalidation.under_mask |= match::kPid;
  }
  invalidate(TlbArray::Tlb0, invalidation);
  invalidate(TlbArray::Tlb1, invalidation);
  ++(t == 0 ? counters_.tlbilx_lpid : t == 1 ? counters_.tlbilx_pid : counters_.tlbilx_va);
  return Trap::None;
}

// e500mc-mmu.md 3.7: EPN alone decides; TID, TS and MAS6 do not count.
void Mmu::tlbivax(std::uint32_t operand) {
  invalidate_by_address(operand, searched_lpid());
  ++counters_.tlbivax;
}

void Mmu::snoop(std::uint32_t operand, std::uint32_t lpid, const TlbEntry* written) {
  invalidate_by_address(operand, parameters_.has_ehv ? lpid : 0);
  if (written == nullptr) return;
  if (written->array == TlbArray::Tlb0) {
    tlb0_.write(*written);
  } else {
    tlb1_.write(*written);
  }
}

void Mmu::invalidate_by_address(std::uint32_t operand, std::uint64_t lpid) {
  Invalidation invalidation;
  invalidation.key = key_of(EffectiveAddress(operand), false, false) | lpid;
  if (tlbivax::kInvAll.of(operand) == 0) invalidation.under_mask = match::kEpn;
  if (parameters_.tlbivax_lpid == TlbivaxLpid::Match) invalidation.exact |= match::kLpid;
  const bool tlb1 = tlbivax::kTlb1.of(operand) != 0;
  invalidate(tlb1 ? TlbArray::Tlb1 : TlbArray::Tlb0, invalidation);
}

void Mmu::flash_invalidate(std::uint32_t mmucsr0_value) {
  Invalidation everything;
  everything.key = match::kValid;
  const bool tlb0 = mmucsr0::kTlb0Fi.of(mmucsr0_value) != 0;
  const bool tlb1 = mmucsr0::kTlb1Fi.of(mmucsr0_value) != 0;
  if (tlb0) invalidate(TlbArray::Tlb0, everything);
  if (tlb1) invalidate(TlbArray::Tlb1, everything);
  if (tlb0 || tlb1) ++counters_.flash_invalidates;
}

}  // namespace tessera::mmu
