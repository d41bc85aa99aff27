#include "model/wave/vcd_wave.hpp"

#include <array>
#include <cerrno>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace tessera::wave {
namespace {

constexpr std::size_t kEnough = 1U << 16;  // characters that are worth a write

/// Ranges of docs/pins.md 2; what is not here has one bit.
constexpr std::array<std::pair<std::string_view, unsigned>, 22> kWidths{
    {{"i_req_ea_i", 32},     {"d_req_ea_i", 32},  {"instr_opcode_i", 3}, {"instr_operand_i", 32},
     {"instr_t_i", 3},       {"instr_spr_i", 10}, {"snoop_ea_i", 32},    {"snoop_lpid_i", 8},
     {"i_rsp_outcome_o", 3}, {"i_rsp_ra_o", 36},  {"i_rsp_wimge_o", 5},  {"i_rsp_fault_ea_o", 32},
     {"d_rsp_outcome_o", 3}, {"d_rsp_ra_o", 36},  {"d_rsp_wimge_o", 5},  {"d_rsp_fault_ea_o", 32},
     {"d_rsp_esr_o", 32},    {"instr_trap_o", 3}, {"instr_value_o", 32}, {"perf_event_o", 27},
     {"mem_rsp_data_i", 64}, {"mem_req_ra_o", 36}}};

unsigned width_of(std::string_view pin) {
  for (const auto& [name, width] : kWidths) {
    if (name == pin) {
      return width;
    }
  }
  return 1;
}

/// What the file calls a pin: a printable character. The clock is pin 0.
char code_of(std::size_t pin) { return static_cast<char>('!' + pin); }

}  // namespace

VcdWave::VcdWave(const Wave& wave) : WaveFile(wave) {
  file_.open(part(), std::ios::binary | std::ios::trunc);
  check();
}

void VcdWave::show(Cycles cycle, const clocked::InputPins& in, const clocked::OutputPins& out) {
  if (pins_.empty()) {
    write_header();
  }
  const std::uint64_t tick = cycle.value() * kTicksACycle;
  fmt::format_to(std::back_inserter(text_), "#{}\n", tick);
  std::size_t pin = 0;
  const auto show_next = [&](const char*, std::uint64_t value) { show_pin(pin++, value); };
  show_next("clk_i", 1);
  visit_inputs(in, show_next);
  visit_outputs(out, show_next);
  fmt::format_to(std::back_inserter(text_), "#{}\n", tick + kTicksACycle / 2);
  show_pin(0, 0);
  if (text_.size() > kEnough) {
    write_out();
  }
}

void VcdWave::write_header() {
  text_ = fmt::format("$timescale {} $end\n$scope module mmu $end\n", kTimeUnit);
  const auto declare = [this](const char* name, std::uint64_t) {
    const unsigned width = width_of(name);
    fmt::format_to(std::back_inserter(text_), "$var wire {} {} {} $end\n", width,
                   code_of(pins_.size()), name);
    pins_.push_back({width, std::nullopt});
  };
  declare("clk_i", 0);
  const clocked::InputPins in;
  const clocked::OutputPins out;
  visit_inputs(in, declare);
  visit_outputs(out, declare);
  text_ += "$upscope $end\n$enddefinitions $end\n";
}

void VcdWave::show_pin(std::size_t pin, std::uint64_t value) {
  if (pins_[pin].shown == value) {
    return;
  }
  pins_[pin].shown = value;
  if (pins_[pin].width == 1) {
    fmt::format_to(std::back_inserter(text_), "{}{}\n", value, code_of(pin));
  } else {
    fmt::format_to(std::back_inserter(text_), "b{:b} {}\n", value, code_of(pin));
  }
}

void VcdWave::write_out() {
  file_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  text_.clear();
  check();
}

void VcdWave::close() {
  write_out();
  file_.close();
  check();
}

void VcdWave::check() const {
  if (!file_) {
    refuse(std::generic_category().message(errno));
  }
}

}  // namespace tessera::wave
