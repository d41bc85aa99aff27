#include "tb/lockstep/testbench.hpp"

#include <algorithm>
#include <stdexcept>

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using clocked::OutputPins;
using mmu::Opcode;
using mmu::Spr;

const Subject& subject_named(const std::string& name) {
  return *std::find_if(subjects().begin(), subjects().end(),
                       [&](const Subject& subject) { return subject.name == name; });
}

/// Idle until the pin is 1.
Answer wait_for(Testbench& bench, bool OutputPins::*pin) {
  constexpr std::uint64_t kPatience = 1000;
  const std::uint64_t begin = bench.now();
  while (!(bench.shown().*pin)) {
    if (bench.now() - begin > kPatience) {
      throw std::runtime_error("no answer");
    }
    bench.step();
  }
  return {bench.now(), bench.shown()};
}

}  // namespace

Testbench::Testbench(const std::string& subject)
    : subject_(subject_named(subject)),
      model_(subject_.core.parameters, subject_.core.timing),
      rtl_(make_rtl(subject_)),
      checker_(subject_.core.parameters, subject_.core.timing),
      lockstep_(model_, "C++", *rtl_, "RTL") {
  lockstep_.check_with(checker_);
  InputPins reset;
  reset.rst_n = false;
  step(reset);
  step();
}

const OutputPins& Testbench::step(const InputPins& in) {
  InputPins with_memory = in;
  answer_walker(with_memory);
  if (!lockstep_.step(with_memory)) {
    throw std::runtime_error(lockstep_.comparison().difference);
  }
  return lockstep_.shown();
}

void Testbench::answer_walker(InputPins& in) {
  if (asked_ && --left_ == 0) {
    const auto found = memory_.words.find(*asked_);
    in.mem_rsp_valid = true;
    in.mem_rsp_error = found == memory_.words.end();
    in.mem_rsp_data = in.mem_rsp_error ? 0 : found->second;
    asked_.reset();
  }
  in.mem_req_ready = true;
  if (shown().mem_req_valid) {
    asked_ = shown().mem_req_ra;
    left_ = memory_.latency;
  }
  if (!in.rst_n) {
    asked_.reset();
  }
}

void Testbench::idle(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i) {
    step();
  }
}

Answer Testbench::data_response() { return wait_for(*this, &OutputPins::d_rsp_valid); }
Answer Testbench::fetch_response() { return wait_for(*this, &OutputPins::i_rsp_valid); }
Answer Testbench::instruction_done() { return wait_for(*this, &OutputPins::instr_done); }

Answer Testbench::load(std::uint32_t ea) {
  step(load_pins(ea));
  return data_response();
}

Answer Testbench::fetch(std::uint32_t ea) {
  step(fetch_pins(ea));
  return fetch_response();
}

Answer Testbench::execute(const InputPins& in) {
  step(in);
  return instruction_done();
}

void Testbench::mtspr(Spr spr, std::uint32_t value) { execute(mtspr_pins(spr, value)); }

std::uint32_t Testbench::mfspr(Spr spr) {
  InputPins in = instruction_pins(Opcode::Mfspr);
  in.instr_spr = static_cast<std::uint16_t>(spr);
  return execute(in).pins.instr_value;
}

void Testbench::select(const PageToMap& page) {
  mtspr(Spr::Mas0, (page.tlb1 ? 0x10000000U : 0U) | (page.esel << 16));
  mtspr(Spr::Mas1, 0x80000100 | (page.tid << 16));
  mtspr(Spr::Mas2, page.ea);
  mtspr(Spr::Mas3, (page.frame << 12) | 0x3F);
}

void Testbench::map(const PageToMap& page) {
  select(page);
  execute(instruction_pins(Opcode::Tlbwe));
}

InputPins load_pins(std::uint32_t ea) {
  InputPins in;
  in.d_req_valid = true;
  in.d_req_ea = ea;
  return in;
}

InputPins fetch_pins(std::uint32_t ea) {
  InputPins in;
  in.i_req_valid = true;
  in.i_req_ea = ea;
  return in;
}

InputPins snoop_pins(std::uint32_t ea) {
  InputPins in;
  in.snoop_valid = true;
  in.snoop_ea = ea;
  return in;
}

InputPins instruction_pins(Opcode opcode, std::uint32_t operand, std::uint8_t t) {
  InputPins in;
  in.instr_valid = true;
  in.instr_opcode = static_cast<std::uint8_t>(opcode);
  in.instr_operand = operand;
  in.instr_t = t;
  return in;
}

InputPins mtspr_pins(Spr spr, std::uint32_t value) {
  InputPins in = instruction_pins(Opcode::Mtspr, value);
  in.instr_spr = static_cast<std::uint16_t>(spr);
  return in;
}

}  // namespace tessera::lockstep
