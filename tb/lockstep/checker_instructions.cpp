// What the instructions and the TLB errors do to the checker's registers and list
// (docs/pins.md 8, 9; docs/walkers.md W3).

#include <fmt/format.h>

#include "model/mmu/engine.hpp"
#include "tb/lockstep/mas_bits.hpp"
#include "tb/lockstep/translation_checker.hpp"

namespace tessera::lockstep {
namespace {

using mmu::Opcode;
using mmu::Spr;

constexpr std::uint32_t kTlbsel = 0x30000000;
constexpr std::uint32_t kEsel = 0x0FFF0000;
constexpr std::uint32_t kNv = 0x00000FFF;
constexpr std::uint32_t kTidField = 0x3FFF0000;
constexpr std::uint32_t kTsizeField = 0x00000F80;

std::uint32_t replaced(std::uint32_t word, std::uint32_t mask, std::uint32_t bits) {
  return (word & ~mask) | (bits & mask);
}

}  // namespace

/// The request's own GS pin counts, also for an external-PID access.
void TranslationChecker::tlb_error(const Request& request, Port port) {
  const std::uint32_t directed = port == Fetch ? 0x20000000 : 0x40000000;
  const bool inhibited =
      (registers_.epcr & 0x00400000) != 0 && !(request.gs_pin && (registers_.epcr & directed) != 0);
  if (inhibited) {
    return;
  }
  const std::uint32_t selected = (registers_.mas[4] >> 16) & 3;
  std::uint32_t spid = registers_.pid[0];
  std::uint32_t tid = spid;
  if (request.external) {
    spid = tid = request.context.pids[0];
  } else if (parameters_.npids == 3) {
    tid = selected == 3 ? 0 : registers_.pid.at(selected);
  }
  load_miss_defaults(request.context.ea, tid, request.context.as, true);
  registers_.mas[2] = replaced(registers_.mas[2], 0xFFFFF000, request.context.ea);
  const bool indirect = has_indirect() && (registers_.mas[4] & kMas4Indirect) != 0;
  registers_.mas[6] =
      ((spid << 16) & kTidField) | (indirect ? kMas6Indirect : 0U) | (request.context.as ? 1U : 0U);
}

void TranslationChecker::load_miss_defaults(std::uint32_t ea, std::uint32_t tid, bool as,
                                            bool valid) {
  auto& mas = registers_.mas;
  mas[0] = replaced(mas[0], kTlbsel, mas[4]);
  if ((mas[4] & kTlbsel) == 0 || parameters_.nv_scope == mmu::NvScope::Qemu) {
    const unsigned way = hint_.offer(ea, entries_, cycle_);
    const std::uint32_t next = (way + 1) % parameters_.tlb0_ways;
    mas[0] = replaced(mas[0], kEsel | kNv, (way << 16) | next);
  }
  mas[1] = (valid ? 0x80000000U : 0U) | ((tid << 16) & kTidField) | (as ? 0x1000U : 0U) |
           (mas[4] & kTsizeField) |
           (has_indirect() && (mas[4] & kMas4Indirect) != 0 ? kIndirect : 0U);
  mas[2] = replaced(mas[2], 0x00000FFF, mas[4] & 0x7F);
  mas[3] = parameters_.miss_u_bits == mmu::MissUBits::Zero ? 0 : mas[3] & 0x3C0;
  mas[7] = 0;
}

void TranslationChecker::execute(const clocked::OutputPins& out) {
  if (!out.instr_done) {
    return;
  }
  const auto opcode = static_cast<Opcode>(instruction_.opcode);
  if (opcode == Opcode::Mfspr && out.instr_trap == 0) {
    ++checked_.registers_read;
    const std::uint32_t expected = read_register(registers_, instruction_.spr, parameters_);
    if (out.instr_value != expected) {
      complain(fmt::format("mfspr {} is {:x}, not {:x}", static_cast<unsigned>(instruction_.spr),
                           out.instr_value, expected));
    }
  } else if (out.instr_value != 0) {
    complain("a value without mfspr");
  }
  if (out.instr_trap != 0) {
    return;
  }
  switch (opcode) {
    case Opcode::Tlbwe:
      return tlbwe();
    case Opcode::Tlbre:
      return tlbre();
    case Opcode::Tlbsx:
      return tlbsx();
    case Opcode::Tlbilx:
      return tlbilx();
    case Opcode::Tlbivax:
      return tlbivax(instruction_.operand, registers_.mas[5] & 0xFFF);
    case Opcode::Mtspr:
      return mtspr();
    case Opcode::Tlbsync:
    case Opcode::Mfspr:
      return;
  }
}

bool TranslationChecker::has_indirect() const {
  return parameters_.hardware_walker == mmu::HardwareWalker::E6500;
}

/// Instructions mean indirect entries.
bool TranslationChecker::searches_indirect() const {
  return has_indirect() && (registers_.mas[6] & kMas6Indirect) != 0;
}

/// Where MAS0 and MAS2 point to in the array.
unsigned TranslationChecker::place(bool tlb1) const {
  const unsigned esel = (registers_.mas[0] & kEsel) >> 16;
  if (tlb1) {
    return esel % parameters_.tlb1_entries;
  }
  const unsigned set = (registers_.mas[2] >> 12) % parameters_.tlb0_sets;
  return set * parameters_.tlb0_ways + esel % parameters_.tlb0_ways;
}

EntryWords TranslationChecker::words_of_mas(bool tlb1) const {
  EntryWords words{registers_.mas[1], registers_.mas[2], registers_.mas[3], registers_.mas[7],
                   registers_.mas[8]};
  const unsigned code = (words.mas1 >> 8) & 0xF;
  const bool half_step = parameters_.tsize_bits == 5 && (words.mas1 & 0x80) != 0;
  const bool direct = code >= parameters_.tlb1_min_size_code &&
                      code <= parameters_.tlb1_max_size_code && !half_step;
  const bool table = (words.mas1 & kTsizeField) == kSize2M;
  const bool indirect = has_indirect() && (words.mas1 & kIndirect) != 0;
  const bool legal = (words.mas1 & kValid) == 0 || (indirect ? table : direct);
  if (!tlb1 || !legal) {
    words.mas1 = replaced(words.mas1, kTsizeField | (has_indirect() ? kIndirect : 0), kSize4K);
  }
  if (!tlb1) {
    words.mas1 &= ~0x40000000U;
  }
  const unsigned doublings =
      parameters_.tsize_bits == 5 ? (words.mas1 & kTsizeField) >> 7 : 2 * ((words.mas1 >> 8) & 0xF);
  const auto page = static_cast<std::uint32_t>(~((std::uint64_t{1024} << doublings) - 1));
  words.mas2 &= (0xFFFFF000 & page) + 0x7F;
  const bool as_is = has_indirect() && (words.mas1 & kIndirect) != 0;
  if (parameters_.reserved_bits == mmu::ReservedBits::ReadZero && !as_is) {
    words.mas3 &= page | 0xFFF;
  }
  return words;
}

void TranslationChecker::tlbwe() {
  const bool tlb1 = (registers_.mas[0] & kTlbsel) != 0;
  const unsigned where = place(tlb1);
  entries_.write(tlb1, where, words_of_mas(tlb1), cycle_);
  if (!tlb1) {
    hint_.load(where / parameters_.tlb0_ways, registers_.mas[0] & kNv);
  }
}

void TranslationChecker::load_words(const EntryWords& words) {
  registers_.mas[1] = words.mas1;
  registers_.mas[2] = words.mas2;
  registers_.mas[3] = words.mas3;
  registers_.mas[7] = words.mas7;
  registers_.mas[8] = words.mas8;
}

void TranslationChecker::load_nv(bool tlb1, unsigned place) {
  if (!tlb1 || parameters_.nv_scope == mmu::NvScope::Qemu) {
    const unsigned set = tlb1 ? 0 : place / parameters_.tlb0_ways;
    registers_.mas[0] = replaced(registers_.mas[0], kNv, hint_.next(set));
  }
}

void TranslationChecker::tlbre() {
  const std::uint32_t selected = registers_.mas[0] & kTlbsel;
  if (selected > 0x10000000) {
    registers_.mas[1] = 0;
    return;
  }
  const bool tlb1 = selected != 0;
  const unsigned where = place(tlb1);
  load_words(entries_.words(tlb1, where, cycle_));
  if (parameters_.tlbre_mas0 == mmu::TlbreMas0::Rewrite) {
    const unsigned slot = tlb1 ? where : where % parameters_.tlb0_ways;
    registers_.mas[0] = selected | (slot << 16);
  }
  load_nv(tlb1, where);
}

void TranslationChecker::tlbsx() {
  const std::uint32_t spid = (registers_.mas[6] & kTidField) >> 16;
  const bool as = (registers_.mas[6] & 1) != 0;
  const SearchContext context{instruction_.operand,
                              as,
                              (registers_.mas[5] & 0x80000000) != 0,
                              {spid, 0, 0},
                              registers_.mas[5] & 0xFFF,
                              searches_indirect()};
  const auto& matches = entries_.matches(context, cycle_);
  if (matches.size() > 1 && parameters_.multi_hit == mmu::MultiHit::MachineCheck) {
    complain("tlbsx of several entries ended without a machine check");
    return;
  }
  if (matches.empty()) {
    load_miss_defaults(context.ea, spid, as, false);
    if (parameters_.tlbsx_miss_epn == mmu::TlbsxMissEpn::Zero) {
      registers_.mas[2] &= 0xFFF;
    }
    return;
  }
  const ListedEntry& entry = *matches.front();
  load_words(entry.words);
  const unsigned slot = entry.tlb1 ? entry.place : entry.place % parameters_.tlb0_ways;
  registers_.mas[0] =
      replaced(registers_.mas[0], kTlbsel | kEsel, (entry.tlb1 ? 0x10000000U : 0U) | (slot << 16));
  load_nv(entry.tlb1, entry.place);
}

void TranslationChecker::tlbilx() {
  Doomed doomed;
  doomed.lpid = registers_.mas[5] & 0xFFF;
  if (instruction_.t != 0) {
    doomed.tid = (registers_.mas[6] & kTidField) >> 16;
  }
  if (instruction_.t == 3) {
    doomed.gs = (registers_.mas[5] & 0x80000000) != 0;
    doomed.ea = instruction_.operand;
    doomed.tid0_passes = parameters_.tlbilx_tid0_wildcard;
    doomed.indirect = searches_indirect();
  }
  entries_.invalidate(doomed, cycle_);
}

void TranslationChecker::tlbivax(std::uint32_t operand, std::uint32_t lpid) {
  Doomed doomed;
  doomed.tlb1 = (operand & 8) != 0;
  if ((operand & 4) == 0) {
    doomed.ea = operand;
  }
  if (parameters_.tlbivax_lpid == mmu::TlbivaxLpid::Match) {
    doomed.lpid = lpid;
  }
  entries_.invalidate(doomed, cycle_);
}

void TranslationChecker::mtspr() {
  const Spr spr = instruction_.spr;
  const bool pid = spr == Spr::Pid0 || spr == Spr::Pid1 || spr == Spr::Pid2;
  write_register(registers_, spr, instruction_.operand, instruction_.gs, parameters_);
  if (!has_register(spr, parameters_)) {
    return;
  }
  if (pid && parameters_.l1_flush_on_pid != mmu::L1FlushOnPid::None) {
    entries_.flush_l1(parameters_.l1_flush_on_pid == mmu::L1FlushOnPid::NonGlobal, cycle_);
  }
  if (spr == Spr::Lpidr && parameters_.l1_flush_on_lpid == mmu::L1FlushOnLpid::All) {
    entries_.flush_l1(false, cycle_);
  }
  for (const bool tlb1 : {false, true}) {
    if (spr == Spr::Mmucsr0 && (instruction_.operand & (tlb1 ? 2U : 4U)) != 0) {
      Doomed doomed;
      doomed.tlb1 = tlb1;
      entries_.invalidate(doomed, cycle_);
    }
  }
}

}  // namespace tessera::lockstep
