#include "model/mmu/mas.hpp"
#include "model/mmu/mmu.hpp"

namespace tessera::mmu {

L2Match Mmu::lookup_indirect(const MatchKeys& keys) const {
  L2Match match;
  if (indirect_bit_ == 0) return match;
  const Tlb1::Match cam = tlb1_.lookup_indirect(keys);
  match.array = TlbArray::Tlb1;
  match.index = cam.index;
  match.multiple = cam.multiple && multi_hit_is_fatal();
  match.indirect = cam.found && !match.multiple;
  return match;
}

bool Mmu::may_walk(const Access& access, const L2Match& match) const {
  if (match.found || match.multiple) return false;
  if (parameters_.hardware_walker != HardwareWalker::Tablewalk) return match.indirect;
  const bool guest = access.gs && parameters_.has_ehv;
  return walkctl::kWalk.of(registers_.walk.control) != 0 && !access.external_pid && !guest;
}

Walk Mmu::begin_walk(const Access& access, const Sample& sample, const L2Match& match) const {
  if (match.indirect) return {access.ea, tlb1_.array().entry(match.index)};
  return {access.ea, registers_.walk, sample.as, registers_.pid[0], registers_.lpidr};
}

void Mmu::advance_walk(Walk& walk, const WalkLoad& load) {
  ++counters_.walk_loads;
  walk.take(load.data, load.error);
}

unsigned Mmu::walk_way(EffectiveAddress ea) const {
  const unsigned set = tlb0_.set_of(ea);
  const bool lru = parameters_.tlb0_repl == Tlb0Replacement::Lru;
  return lru ? tlb0_.victim(set) : next_victim_.value(set);
}

TlbEntry Mmu::walked_entry(const Walk& walk) const {
  TlbEntry entry = walk.entry();
  entry.mas7 &= parameters_.ra_bits > 32 ? writable_.mas[7] : 0;
  return entry;
}

void Mmu::end_walk(const Walk& walk, unsigned way) {
  TlbEntry entry = walked_entry(walk);
  entry.set = static_cast<std::uint16_t>(tlb0_.set_of(entry.ea()));
  entry.slot = static_cast<std::uint16_t>(way);
  back_invalidate(tlb0_.array().word(entry.set * tlb0_.ways() + way));
  tlb0_.write(entry);
  next_victim_.step_past(entry.set, way);
  ++counters_.walk_writes;
}

Translation Mmu::fail_walk(const Access& access, const Walk& walk, Cycles done) {
  Translation response;
  response.done = done;
  if (walk.result() == WalkResult::BusError) {
    machine_check(access, response);
    return response;
  }
  deny(access, response);
  const bool page_table = walk.result() == WalkResult::PageTable;
  if (access.kind != AccessKind::Fetch) {
    response.esr |= page_table ? esr::kPageTable.mask : esr::kTlbIneligible.mask;
  }
  ++counters_.walk_faults;
  return response;
}

}  // namespace tessera::mmu
