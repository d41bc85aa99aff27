#include "sw/replay/mmu/player.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace tessera::replay {

using mmu::Instruction;
using mmu::Opcode;
using mmu::Spr;
using mmu::Trap;

namespace {

constexpr std::uint32_t kEsrIllegal = 0x08000000;
constexpr std::uint32_t kEsrPrivileged = 0x04000000;

std::uint32_t esr_of(Trap trap) {
  return trap == Trap::IllegalInstruction ? kEsrIllegal : kEsrPrivileged;
}

/// Operands named m0 .. m7 are loaded into MAS0 .. MAS7 just before the instruction.
constexpr std::array<std::pair<std::string_view, Spr>, 6> kMasOperands{{{"m0", Spr::Mas0},
                                                                        {"m1", Spr::Mas1},
                                                                        {"m2", Spr::Mas2},
                                                                        {"m3", Spr::Mas3},
                                                                        {"m6", Spr::Mas6},
                                                                        {"m7", Spr::Mas7}}};

/// The register values that end every O line.
constexpr std::array<std::pair<std::string_view, Spr>, 8> kTail{{{"pid", Spr::Pid0},
                                                                 {"mas0", Spr::Mas0},
                                                                 {"mas1", Spr::Mas1},
                                                                 {"mas2", Spr::Mas2},
                                                                 {"mas3", Spr::Mas3},
                                                                 {"mas4", Spr::Mas4},
                                                                 {"mas6", Spr::Mas6},
                                                                 {"mas7", Spr::Mas7}}};

}  // namespace

void Player::play(const LogLine& line) {
  comparator_.at_line(line.number);
  switch (line.kind) {
    case 'D':
      dump_.push_back(line);
      break;
    case 'E':
      if (line.count == 0) set_up();
      finish_dump();
      break;
    case 'O':
      play_operation(line);
      break;
    case 'Z':
      complete_ = true;
      break;
    default:  // H describes the run, P probes registers: neither is an operation
      break;
  }
}

void Player::play_operation(const LogLine& line) {
  ++operations_;
  load(line.operands);
  if (line.operation == "cop") {
    play_cache_op(line);
  } else if (line.operation == "upriv") {
    play_unprivileged(line);
  } else if (!play_instruction(line) && !play_plain_access(line)) {
    throw MalformedLine(fmt::format("there is no operation '{}'", line.operation));
  }
  compare_registers(line);
}

bool Player::play_instruction(const LogLine& line) {
  const Pairs& in = line.operands;
  Instruction instruction;
  if (line.operation == "tlbwe") {
    instruction.opcode = Opcode::Tlbwe;
  } else if (line.operation == "tlbre") {
    instruction.opcode = Opcode::Tlbre;
  } else if (line.operation == "tlbsx") {
    instruction.opcode = Opcode::Tlbsx;
    instruction.operand = in.number("ea");
  } else if (line.operation == "tlbilx") {
    instruction.opcode = Opcode::Tlbilx;
    instruction.t = static_cast<std::uint8_t>(in.number("t"));
    instruction.operand = in.has("ea") ? in.number("ea") : 0;
  } else if (line.operation == "tlbivax") {
    instruction.opcode = Opcode::Tlbivax;
    instruction.operand = in.number("ea");
  } else if (line.operation == "mtpid" || line.operation == "mtmas4") {
    instruction.opcode = Opcode::Mtspr;
    instruction.spr = line.operation == "mtpid" ? Spr::Pid0 : Spr::Mas4;
    instruction.operand = in.number("val");
  } else if (line.operation == "mmucsr0") {
    instruction.opcode = Opcode::Mtspr;
    instruction.spr = Spr::Mmucsr0;
    instruction.operand = in.number("val");
  } else {
    return false;
  }
  execute(line, instruction);
  if (line.operation == "tlbivax") engine_.execute({});  // the generator's tlbsync
  if (line.operation == "mmucsr0") {
    comparator_.compare("rd", line.results.number("rd"), read(Spr::Mmucsr0));
  }
  return true;
}

void Player::play_unprivileged(const LogLine& line) {
  static constexpr std::array<std::pair<std::string_view, Opcode>, 8> kOpcodes{
      {{"tlbwe", Opcode::Tlbwe},
       {"tlbre", Opcode::Tlbre},
       {"tlbsx", Opcode::Tlbsx},
       {"tlbivax", Opcode::Tlbivax},
       {"tlbilx0", Opcode::Tlbilx},
       {"tlbilx1", Opcode::Tlbilx},
       {"tlbilx3", Opcode::Tlbilx},
       {"mtmmucsr0", Opcode::Mtspr}}};
  const std::string_view name = line.operands.text("k");
  Instruction instruction;
  for (const auto& [known, opcode] : kOpcodes) {
    if (known == name) instruction.opcode = opcode;
  }
  if (instruction.opcode == Opcode::Tlbilx) {
    instruction.t = static_cast<std::uint8_t>(name.back() - '0');
  }
  instruction.spr = Spr::Mmucsr0;
  instruction.pr = true;
  execute(line, instruction);
}

void Player::execute(const LogLine& line, const Instruction& instruction) {
  const mmu::Completion completion = engine_.execute(instruction);
  const bool trapped = completion.trap != Trap::None;
  comparator_.compare("res", line.results.text("res"), trapped ? "PROG" : "ok");
  if (trapped && line.results.has("esr")) {
    comparator_.compare("esr", line.results.number("esr"), esr_of(completion.trap));
  }
}

void Player::compare_registers(const LogLine& line) {
  for (const auto& [name, spr] : kTail) {
    comparator_.compare(name, line.results.number(name), read(spr));
  }
}

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
  for (const auto& [name, spr] : kTail) write(spr, spr == Spr::Mas4 ? 0x100 : 0);
}

void Player::finish_dump() {
  const std::vector<mmu::TlbEntry> entries = engine_.valid_entries();
  comparator_.compare("valid entries", dump_.size(), entries.size());
  for (std::size_t i = 0; i < dump_.size() && i < entries.size(); ++i) {
    comparator_.at_line(dump_[i].number);
    compare_entry(dump_[i], entries[i]);
  }
  dump_.clear();
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

void Player::load(const Pairs& operands) {
  for (const auto& [name, spr] : kMasOperands) {
    if (operands.has(name)) write(spr, operands.number(name));
  }
}

void Player::write(Spr spr, std::uint32_t value) {
  Instruction instruction;
  instruction.opcode = Opcode::Mtspr;
  instruction.spr = spr;
  instruction.operand = value;
  engine_.execute(instruction);
}

std::uint32_t Player::read(Spr spr) {
  Instruction instruction;
  instruction.opcode = Opcode::Mfspr;
  instruction.spr = spr;
  return engine_.execute(instruction).value;
}

}  // namespace tessera::replay
