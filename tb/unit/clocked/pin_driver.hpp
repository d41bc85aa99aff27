#pragma once

#include <cstdint>

#include "model/clocked/clocked_mmu.hpp"
#include "model/clocked/pins.hpp"
#include "model/mmu/parameters.hpp"
#include "model/mmu/spr.hpp"
#include "model/mmu/timing.hpp"

namespace tessera::clocked {

/// A clocked model out of reset, with the short words that tests of pins speak in. `out` is what
/// the pins show in the present cycle.
struct PinDriver {
  ClockedMmu mmu;
  OutputPins out;

  explicit PinDriver(const mmu::Parameters& parameters = {}, const mmu::Timing& timing = {})
      : mmu(parameters, timing) {
    InputPins in;
    in.rst_n = false;
    mmu.step(in);
    idle();
  }

  const OutputPins& step(const InputPins& in) { return out = mmu.step(in); }
  const OutputPins& idle(unsigned cycles = 1) {
    for (unsigned i = 0; i < cycles; ++i) step({});
    return out;
  }

  static InputPins load(std::uint32_t ea) {
    InputPins in;
    in.d_req_valid = true;
    in.d_req_ea = ea;
    return in;
  }
  static InputPins fetch(std::uint32_t ea, InputPins in = {}) {
    in.i_req_valid = true;
    in.i_req_ea = ea;
    return in;
  }
  static InputPins snoop(std::uint32_t operand, InputPins in = {}) {
    in.snoop_valid = true;
    in.snoop_ea = operand;
    return in;
  }
  static InputPins instruction(mmu::Opcode opcode, std::uint32_t operand = 0,
                               mmu::Spr spr = mmu::Spr::Pid0) {
    InputPins in;
    in.instr_valid = true;
    in.instr_opcode = static_cast<std::uint8_t>(opcode);
    in.instr_operand = operand;
    in.instr_spr = static_cast<std::uint16_t>(spr);
    return in;
  }

  /// Runs an instruction to its end; its value.
  std::uint32_t run(const InputPins& in) {
    step(in);
    while (!out.instr_done) idle();
    return out.instr_value;
  }
  std::uint32_t run(mmu::Opcode opcode, std::uint32_t operand = 0) {
    return run(instruction(opcode, operand));
  }
  void write(mmu::Spr spr, std::uint32_t value) {
    run(instruction(mmu::Opcode::Mtspr, value, spr));
  }
  std::uint32_t read(mmu::Spr spr) { return run(instruction(mmu::Opcode::Mfspr, 0, spr)); }

  /// MAS for a tlbwe of a 4 KB page with every permission, TLB0 way 0, RA = EA + 0x1000_0000.
  void prepare(std::uint32_t ea, std::uint32_t mas0 = 0) {
    write(mmu::Spr::Mas0, mas0);
    write(mmu::Spr::Mas1, 0x80000100);
    write(mmu::Spr::Mas2, ea);
    write(mmu::Spr::Mas3, (ea + 0x10000000) | 0x3F);
  }
  void map(std::uint32_t ea, std::uint32_t mas0 = 0) {
    prepare(ea, mas0);
    run(mmu::Opcode::Tlbwe);
  }
  /// Loads to the end; the number of cycles it took.
  unsigned load_cycles(std::uint32_t ea) {
    unsigned cycles = 1;
    for (step(load(ea)); !out.d_rsp_valid; ++cycles) idle();
    return cycles;
  }
};

}  // namespace tessera::clocked
