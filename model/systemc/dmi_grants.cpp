#include "model/systemc/dmi_grants.hpp"

#include <algorithm>

#include "model/mmu/mas.hpp"

namespace tessera::systemc {

namespace {

constexpr std::uint32_t kPageMask = 0xFFFFF000;

Touched everything() { return {kEverywhere, {}}; }

Touched page_at(std::uint32_t ea) {
  const std::uint64_t first = ea & kPageMask;
  return {{first, first + kPageBytes.value() - 1}, {}};
}

Touched by_address(std::uint32_t operand) {
  return mmu::tlbivax::kInvAll.of(operand) != 0 ? everything() : page_at(operand);
}

AddressRange range_of(const mmu::TlbEntry& entry) {
  if (!entry.valid() || entry.indirect) return {};
  return {entry.ea().value(), entry.ea().value() + entry.size().value() - 1};
}

/// The page that a tlbwe writes, and the one that stands there.
Touched by_tlbwe(const mmu::Mmu& mmu) {
  const mmu::TlbEntry written = mmu.selected_entry();
  const mmu::TlbEntry& victim =
      written.array == mmu::TlbArray::Tlb0
          ? mmu.tlb0().array().entry(written.set * mmu.tlb0().ways() + written.slot)
          : mmu.tlb1().array().entry(written.slot);
  return {range_of(victim), range_of(written)};
}

Touched by_mtspr(const mmu::Instruction& instruction) {
  switch (instruction.spr) {
    case mmu::Spr::Pid0:
    case mmu::Spr::Pid1:
    case mmu::Spr::Pid2:
    case mmu::Spr::Lpidr:
    case mmu::Spr::Eplc:
    case mmu::Spr::Epsc:
      return everything();
    case mmu::Spr::Mmucsr0: {
      const std::uint32_t flash = mmu::mmucsr0::kTlb0Fi.mask | mmu::mmucsr0::kTlb1Fi.mask;
      return (instruction.operand & flash) != 0 ? everything() : Touched();
    }
    default:
      return {};
  }
}

}  // namespace

Touched touched_by(const mmu::Instruction& instruction, const mmu::Mmu& mmu) {
  switch (instruction.opcode) {
    case mmu::Opcode::Tlbwe:
      return by_tlbwe(mmu);
    case mmu::Opcode::Tlbilx:
      return instruction.t == 3 ? page_at(instruction.operand) : everything();
    case mmu::Opcode::Tlbivax:
      return by_address(instruction.operand);
    case mmu::Opcode::Mtspr:
      return by_mtspr(instruction);
    default:
      return {};
  }
}

Touched touched_by_walk(EffectiveAddress ea, const mmu::Mmu& mmu) {
  const unsigned first = mmu.tlb0().set_of(ea) * mmu.tlb0().ways();
  const mmu::TlbEntry& victim = mmu.tlb0().array().entry(first + mmu.walk_way(ea));
  return {range_of(victim), page_at(ea.value()).one};
}

Touched touched_by_snoop(std::uint32_t operand) { return by_address(operand); }

void DmiGrants::add(const DmiGrant& grant) {
  const auto known = [&](const DmiGrant& other) {
    return other.page == grant.page && other.granted == grant.granted && other.ra == grant.ra;
  };
  if (std::none_of(grants_.begin(), grants_.end(), known)) grants_.push_back(grant);
}

template <class Predicate>
std::vector<AddressRange> DmiGrants::withdraw_if(Predicate doomed) {
  std::vector<AddressRange> withdrawn;
  const auto kept = std::remove_if(grants_.begin(), grants_.end(), [&](const DmiGrant& grant) {
    const bool goes = doomed(grant);
    if (goes) withdrawn.push_back(grant.granted);
    return goes;
  });
  grants_.erase(kept, grants_.end());
  return withdrawn;
}

std::vector<AddressRange> DmiGrants::withdraw(const Touched& touched) {
  return withdraw_if([&](const DmiGrant& grant) { return touched.overlaps(grant.page); });
}

std::vector<AddressRange> DmiGrants::withdraw_memory(const AddressRange& ra) {
  return withdraw_if([&](const DmiGrant& grant) {
    const std::uint64_t length = grant.granted.last - grant.granted.first;
    return ra.overlaps({grant.ra, grant.ra + length});
  });
}

}  // namespace tessera::systemc
