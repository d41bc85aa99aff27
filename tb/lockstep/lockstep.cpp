#include "tb/lockstep/lockstep.hpp"

#include <bit>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using clocked::OutputPins;

constexpr std::uint64_t kOutputPins = 22;

using Values = std::vector<std::pair<const char*, std::uint64_t>>;

Values values_of(const OutputPins& pins) {
  Values values;
  values.reserve(kOutputPins);
  visit_outputs(pins, [&](const char* name, auto value) {
    values.emplace_back(name, static_cast<std::uint64_t>(value));
  });
  return values;
}

/// Only pins that are not 0: the others say nothing.
std::string text_of(const OutputPins& pins) {
  std::string text;
  visit_outputs(pins, [&](const char* name, auto value) {
    if (value != 0) {
      text += fmt::format(" {}={:x}", name, static_cast<std::uint64_t>(value));
    }
  });
  return text;
}

std::string text_of(const InputPins& in) {
  std::string text;
  visit_inputs(in, [&](const char* name, auto value) {
    const std::string pin = name;
    const bool told =
        (in.i_req_valid && pin[0] == 'i' && pin[1] == '_') || (in.d_req_valid && pin[0] == 'd') ||
        (in.instr_valid && pin.rfind("instr", 0) == 0) || (in.snoop_valid && pin[0] == 's') ||
        pin == "mem_req_ready_i" || (in.mem_rsp_valid && pin.rfind("mem_rsp", 0) == 0) ||
        (pin[0] == 'r' && !in.rst_n);
    if (told) {
      text += fmt::format(" {}={:x}", name, static_cast<std::uint64_t>(value));
    }
  });
  return text;
}

/// The first output pin that differs, or nullptr.
const char* first_difference(const OutputPins& left, const OutputPins& right) {
  const Values a = values_of(left);
  const Values b = values_of(right);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].second != b[i].second) {
      return a[i].first;
    }
  }
  return nullptr;
}

bool same(const OutputPins& a, const OutputPins& b) {
  return a.i_req_ready == b.i_req_ready && a.i_rsp_valid == b.i_rsp_valid &&
         a.i_rsp_outcome == b.i_rsp_outcome && a.i_rsp_ra == b.i_rsp_ra &&
         a.i_rsp_wimge == b.i_rsp_wimge && a.i_rsp_fault_ea == b.i_rsp_fault_ea &&
         a.d_req_ready == b.d_req_ready && a.d_rsp_valid == b.d_rsp_valid &&
         a.d_rsp_outcome == b.d_rsp_outcome && a.d_rsp_ra == b.d_rsp_ra &&
         a.d_rsp_wimge == b.d_rsp_wimge && a.d_rsp_fault_ea == b.d_rsp_fault_ea &&
         a.d_rsp_esr == b.d_rsp_esr && a.instr_ready == b.instr_ready &&
         a.instr_done == b.instr_done && a.instr_trap == b.instr_trap &&
         a.instr_value == b.instr_value && a.snoop_ready == b.snoop_ready &&
         a.mem_req_valid == b.mem_req_valid && a.mem_req_ra == b.mem_req_ra &&
         a.mem_req_double == b.mem_req_double && a.perf_event == b.perf_event;
}

}  // namespace

Lockstep::Lockstep(clocked::PinDevice& left, std::string left_name, clocked::PinDevice& right,
                   std::string right_name)
    : left_(left),
      right_(right),
      left_name_(std::move(left_name)),
      right_name_(std::move(right_name)) {}

bool Lockstep::step(const InputPins& in) {
  Cycle& cycle = last_[comparison_.cycles % kTold];
  cycle.in = in;
  cycle.left = left_.step(in);
  cycle.right = right_.step(in);
  ++comparison_.cycles;
  comparison_.pins += kOutputPins;
  count(cycle.left);
  shown_ = cycle.left;
  if (!same(cycle.left, cycle.right)) {
    comparison_.difference =
        story(fmt::format("{} differs", first_difference(cycle.left, cycle.right)));
  } else if (checker_ != nullptr && !checker_->watch(in, cycle.left)) {
    comparison_.difference = story(checker_->complaint());
  }
  return comparison_.difference.empty();
}

bool Lockstep::run(Stimulus& stimulus, std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i) {
    if (!step(stimulus.next(shown_))) {
      return false;
    }
  }
  return true;
}

void Lockstep::count(const OutputPins& out) {
  for (std::uint32_t events = out.perf_event; events != 0; events &= events - 1) {
    ++comparison_.events.at(static_cast<std::size_t>(std::countr_zero(events)));
  }
  if (out.instr_done) {
    ++comparison_.traps.at(out.instr_trap);
  }
}

std::string Lockstep::story(const std::string& what) const {
  const std::uint64_t end = comparison_.cycles;
  std::string text = fmt::format("{} after cycle {}\n", what, end - 1);
  for (std::uint64_t number = end < kTold ? 0 : end - kTold; number < end; ++number) {
    const Cycle& cycle = last_[number % kTold];
    text += fmt::format("cycle {} in:{}\n", number, text_of(cycle.in));
    const std::string left = text_of(cycle.left);
    const std::string right = text_of(cycle.right);
    if (left == right) {
      text += fmt::format("  both:{}\n", left);
    } else {
      text += fmt::format("  {}:{}\n  {}:{}\n", left_name_, left, right_name_, right);
    }
  }
  return text;
}

}  // namespace tessera::lockstep
