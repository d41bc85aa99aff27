#include "model/clocked/perf_events.hpp"

#include <array>

#include "model/mmu/mas.hpp"

namespace tessera::clocked {
namespace {

using mmu::MmuCounters;
using mmu::Outcome;

constexpr std::uint32_t bit(unsigned number) { return 1U << number; }

}  // namespace

std::uint32_t event_of(Outcome outcome, bool fetch, bool l1, bool cancelled) {
  switch (outcome) {
    case Outcome::DataTlbError:
      return bit(4);
    case Outcome::InstructionTlbError:
      return bit(5);
    case Outcome::MachineCheck:
      return fetch ? bit(6) : bit(7);
    case Outcome::Translated:
    case Outcome::DataStorage:
    case Outcome::InstructionStorage:
      break;
  }
  std::uint32_t events = bit((l1 ? 0U : 2U) + (fetch ? 0U : 1U));
  if (outcome != Outcome::Translated) {
    events |= fetch ? bit(9) : bit(8);
  }
  return events | (cancelled ? kCancelledFillEvent : 0);
}

std::uint32_t event_of_walk(Outcome outcome, bool fetch) {
  if (outcome == Outcome::MachineCheck) {
    return fetch ? bit(6) : bit(7);
  }
  return fetch ? bit(9) | kFetchWalkFaultEvent : bit(8) | kDataWalkFaultEvent;
}

std::uint32_t event_of(const mmu::Instruction& instruction, mmu::TlbArray array) {
  const std::uint32_t flash = mmu::mmucsr0::kTlb0Fi.mask | mmu::mmucsr0::kTlb1Fi.mask;
  switch (instruction.opcode) {
    case mmu::Opcode::Tlbwe:
      return array == mmu::TlbArray::Tlb0 ? bit(10) : bit(11);
    case mmu::Opcode::Tlbilx:
      return instruction.t == 3 ? bit(14) : bit(12U + instruction.t);
    case mmu::Opcode::Tlbivax:
      return bit(15);
    case mmu::Opcode::Tlbsync:
      return bit(16);
    case mmu::Opcode::Tlbre:
      return bit(17);
    case mmu::Opcode::Tlbsx:
      return bit(18);
    case mmu::Opcode::Mtspr:
      return instruction.spr == mmu::Spr::Mmucsr0 && (instruction.operand & flash) != 0 ? bit(19)
                                                                                        : 0;
    case mmu::Opcode::Mfspr:
      return 0;
  }
  return 0;
}

void count_events(std::uint32_t events, MmuCounters& counters) {
  using Counter = std::uint64_t MmuCounters::*;
  static constexpr std::array<Counter, 27> kCounters{&MmuCounters::l1_hits,
                                                     &MmuCounters::l1_hits,
                                                     &MmuCounters::l2_hits,
                                                     &MmuCounters::l2_hits,
                                                     &MmuCounters::dtlb_errors,
                                                     &MmuCounters::itlb_errors,
                                                     &MmuCounters::machine_checks,
                                                     &MmuCounters::machine_checks,
                                                     &MmuCounters::dsi,
                                                     &MmuCounters::isi,
                                                     &MmuCounters::tlb0_writes,
                                                     &MmuCounters::tlb1_writes,
                                                     &MmuCounters::tlbilx_lpid,
                                                     &MmuCounters::tlbilx_pid,
                                                     &MmuCounters::tlbilx_va,
                                                     &MmuCounters::tlbivax,
                                                     &MmuCounters::tlbsync,
                                                     &MmuCounters::tlbre,
                                                     &MmuCounters::tlbsx,
                                                     &MmuCounters::flash_invalidates,
                                                     nullptr,
                                                     nullptr,
                                                     &MmuCounters::walk_faults,
                                                     &MmuCounters::walk_faults,
                                                     &MmuCounters::walk_loads,
                                                     &MmuCounters::walk_writes,
                                                     &MmuCounters::walks_overtaken};
  for (std::size_t number = 0; number < kCounters.size() && events != 0; ++number, events >>= 1) {
    if (kCounters[number] != nullptr) {
      counters.*kCounters[number] += events & 1U;
    }
  }
}

}  // namespace tessera::clocked
