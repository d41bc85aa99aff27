#include "tb/lockstep/trace.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "tb/lockstep/named_parameters.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using clocked::OutputPins;

void set_input(InputPins& in, const std::string& pin, std::uint64_t value) {
  bool found = false;
  visit_inputs(in, [&](const char* name, auto& member) {
    if (pin == name) {
      member = static_cast<std::decay_t<decltype(member)>>(value);
      found = true;
    }
  });
  if (!found) {
    throw std::runtime_error("no input pin " + pin);
  }
}

std::uint64_t output(const OutputPins& out, const std::string& pin) {
  bool found = false;
  std::uint64_t result = 0;
  visit_outputs(out, [&](const char* name, auto value) {
    if (pin == name) {
      result = value;
      found = true;
    }
  });
  if (!found) {
    throw std::runtime_error("no output pin " + pin);
  }
  return result;
}

mmu::Core preset_named(std::istringstream& words) {
  std::string name;
  words >> name;
  const mmu::Core* const core = mmu::find_core(name);
  if (core == nullptr) {
    throw std::runtime_error("no preset " + name);
  }
  return *core;
}

std::string rest_of(std::istringstream& words) {
  std::string rest;
  std::getline(words, rest);
  return rest;
}

TraceCycle parse_cycle(std::istringstream& words, const std::string& first) {
  TraceCycle cycle;
  cycle.number = std::stoull(first);
  bool outputs = false;
  for (std::string word; words >> word;) {
    if (word == "|") {
      outputs = true;
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string pin = word.substr(0, equals);
    const std::uint64_t value = std::stoull(word.substr(equals + 1), nullptr, 0);
    if (outputs) {
      output({}, pin);
      cycle.out.push_back({pin, value});
    } else {
      set_input(cycle.in, pin, value);
    }
  }
  return cycle;
}

}  // namespace

Trace read_trace(const std::string& path) {
  std::ifstream file(path);
  Trace trace;
  std::uint64_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    std::istringstream words(line);
    std::string first;
    if (!(words >> first)) {
      continue;
    }
    if (first[0] == '#') {
      trace.title = trace.title.empty() ? line.substr(2) : trace.title;
      continue;
    }
    try {
      if (first == "preset") {
        trace.core = preset_named(words);
      } else if (first == "parameters") {
        trace.core = core_with(rest_of(words), trace.core);
      } else if (first == "draw") {
        words >> trace.draw_from >> trace.draw_to;
      } else {
        trace.cycles.push_back(parse_cycle(words, first));
      }
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("{}:{}: {}", path, number, error.what()));
    }
  }
  return trace;
}

TraceResult replay_trace(const Trace& trace, clocked::PinDevice& device) {
  TraceResult result;
  OutputPins out;
  std::uint64_t now = 0;
  for (const TraceCycle& cycle : trace.cycles) {
    for (; now < cycle.number; ++now) {
      out = device.step({});
    }
    for (const Expectation& expected : cycle.out) {
      ++result.checks;
      const std::uint64_t found = output(out, expected.pin);
      if (found != expected.value) {
        result.differences.push_back(fmt::format("cycle {}: {} is {:x}, not {:x}", cycle.number,
                                                 expected.pin, found, expected.value));
      }
    }
    out = device.step(cycle.in);
    ++now;
  }
  return result;
}

}  // namespace tessera::lockstep
