#include "sw/replay/mmu/player.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "sw/replay/mmu/logged_registers.hpp"
#include "sw/replay/mmu/masks.hpp"

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

}  // namespace

void Player::play(const LogLine& line) {
  comparator_.at_line(line.number);
  switch (line.kind) {
    case 'H':
      rules_.check_header(line);
      break;
    case 'P':
      comparator_.omit(Omission::ProbeLine);
      break;
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
    default:
      break;
  }
}

void Player::play_operation(const LogLine& line) {
  ++operations_;
  load(line.operands);
  if (const std::optional<Omission> reason = reason_not_to_play(line)) {
    comparator_.omit(*reason);
    adopt_registers(line);
  } else {
    omit_fields(line);
    play_by_name(line);
    compare_registers(line);
  }
  if (line.operation == "tlbilx") drop_what_qemu_dropped(line);
}

std::optional<Omission> Player::reason_not_to_play(const LogLine& line) {
  if (absent_.concern(line)) {
    absent_.note(line);
    return Omission::AbsentEntry;
  }
  return rules_.reason_not_to_play(line);
}

void Player::omit_fields(const LogLine& line) {
  for (const char* const name : {"hits", "hits2", "srr0", "srr1", "nbytes"}) {
    if (line.results.has(name)) comparator_.omit(Omission::NotTheMmus);
  }
  if (line.results.has("dear") && !masks::dear_counts(line.results.text("res"))) {
    comparator_.omit(Omission::DearOfOthers);
  }
}

void Player::play_by_name(const LogLine& line) {
  if (line.operation == "cop") {
    play_cache_op(line);
  } else if (line.operation == "upriv") {
    play_unprivileged(line);
  } else if (!play_instruction(line) && !play_plain_access(line)) {
    throw UnusableLine(fmt::format("there is no operation '{}'", line.operation));
  }
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

/// What an omission leaves different becomes the log's, so that no later line meets it again.
void Player::compare_registers(const LogLine& line) {
  for (const auto& [name, spr] : kLoggedRegisters) {
    const std::uint32_t expected = line.results.number(name);
    const std::uint32_t actual = read(spr);
    const std::vector<OmittedBits> omitted = rules_.omitted_bits(line, spr, expected);
    comparator_.compare(name, expected, actual, omitted);
    std::uint32_t adopted = actual;
    for (const OmittedBits& bits : omitted) {
      adopted = (adopted & ~bits.bits) | (expected & bits.bits);
    }
    if (adopted != actual) write(spr, adopted);
  }
}

void Player::adopt_registers(const LogLine& line) {
  for (const auto& [name, spr] : kLoggedRegisters) {
    if (spr != Spr::Pid0) write(spr, line.results.number(name));
  }
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
