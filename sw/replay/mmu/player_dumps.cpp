#include <algorithm>

#include "model/mmu/mas.hpp"
#include "sw/replay/mmu/logged_registers.hpp"
#include "sw/replay/mmu/player.hpp"

namespace tessera::replay {

using mmu::Opcode;
using mmu::Spr;

/// The state before operation 0 (tb/golden/mmu-qemu/README.md), reached by instructions alone.
void Player::set_up() {
  constexpr std::uint32_t kSets = 128;
  constexpr std::uint32_t kWays = 4;
  write(Spr::Mas1, 0x100);
  for (std::uint32_t i = 0; i < kSets * kWays; ++i) {
    write(Spr::Mas0, (i % kWays) << 16);
    write(Spr::Mas2, (i / kWays) << 12);
    engine_.execute({Opcode::Tlbwe});
  }
  for (const LogLine& line : dump_) {
    write(Spr::Mas0, (1U << 28) | (line.operands.number("esel") << 16));
    write(Spr::Mas1, line.operands.number("mas1"));
    write(Spr::Mas2, line.operands.number("mas2"));
    write(Spr::Mas3, line.operands.number("mas3"));
    write(Spr::Mas7, line.operands.number("mas7"));
    engine_.execute({Opcode::Tlbwe});
  }
  for (const auto& [name, spr] : kLoggedRegisters) write(spr, spr == Spr::Mas4 ? 0x100 : 0);
}

void Player::finish_dump() {
  leave_out_absent_entries();
  const std::vector<mmu::TlbEntry> entries = engine_.valid_entries();
  comparator_.compare("valid entries", dump_.size(), entries.size());
  for (std::size_t i = 0; i < dump_.size() && i < entries.size(); ++i) {
    comparator_.at_line(dump_[i].number);
    compare_entry(dump_[i], entries[i]);
  }
  dump_.clear();
}

void Player::leave_out_absent_entries() {
  const auto absent =
      std::stable_partition(dump_.begin(), dump_.end(),
                            [this](const LogLine& line) { return !absent_.concern_dump(line); });
  absent_.forget();
  for (auto line = absent; line != dump_.end(); ++line) {
    comparator_.omit(Omission::AbsentEntry);
    absent_.note_dump(*line);
  }
  dump_.erase(absent, dump_.end());
}

void Player::compare_entry(const LogLine& line, const mmu::TlbEntry& entry) {
  const Pairs& expected = line.operands;
  const bool tlb1 = expected.number("tlb") == 1;
  comparator_.compare("tlb", tlb1 ? 1U : 0U, entry.array == mmu::TlbArray::Tlb1 ? 1U : 0U);
  comparator_.compare("set", tlb1 ? 0U : expected.number("set"), entry.set);
  comparator_.compare("slot", expected.number(tlb1 ? "esel" : "way"), entry.slot);
  comparator_.compare("mas1", expected.number("mas1"), entry.mas1);
  comparator_.compare("mas2", expected.number("mas2"), entry.mas2);
  comparator_.compare("mas3", expected.number("mas3"), entry.mas3);
  comparator_.compare("mas7", expected.number("mas7"), entry.mas7);
}

void Player::drop_what_qemu_dropped(const LogLine& tlbilx) {
  bool dropped = false;
  for (const mmu::TlbEntry& entry : engine_.valid_entries()) {
    if (!rules_.only_qemu_drops(tlbilx, entry)) continue;
    comparator_.omit(rules_.dropped_because());
    overwrite_invalid(entry);
    dropped = true;
  }
  if (dropped) adopt_registers(tlbilx);
}

/// tlbre shows what an invalidated entry held, so that all but V stays.
void Player::overwrite_invalid(const mmu::TlbEntry& entry) {
  const std::uint32_t tlbsel = entry.array == mmu::TlbArray::Tlb0 ? 0 : 1;
  write(Spr::Mas0, mmu::mas0::kTlbsel.at(tlbsel) | mmu::mas0::kEsel.at(entry.slot));
  write(Spr::Mas1, mmu::mas1::kValid.put(entry.mas1, 0));
  write(Spr::Mas2, entry.mas2);
  write(Spr::Mas3, entry.mas3);
  write(Spr::Mas7, entry.mas7);
  engine_.execute({Opcode::Tlbwe});
}

}  // namespace tessera::replay
