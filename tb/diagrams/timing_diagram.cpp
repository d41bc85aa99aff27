#include "tb/diagrams/timing_diagram.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/core.hpp"

namespace tessera::diagrams {
namespace {

using clocked::InputPins;
using clocked::OutputPins;
using lockstep::Trace;
using nlohmann::ordered_json;

/// The pins as they stand in one cycle.
struct Cycle {
  InputPins in;
  OutputPins out;
};

/// What a lane shows in a cycle: a level, or a labelled box; an empty label is "no payload".
using Level = std::function<bool(const Cycle&)>;
using Label = std::function<std::string(const Cycle&)>;

std::vector<Cycle> play(const Trace& trace) {
  clocked::ClockedMmu device(trace.core.parameters, trace.core.timing);
  std::vector<Cycle> cycles;
  cycles.reserve(trace.draw_to + 1);
  auto next = trace.cycles.begin();
  OutputPins out;
  for (std::uint64_t now = 0; now <= trace.draw_to; ++now) {
    const bool written = next != trace.cycles.end() && next->number == now;
    const InputPins in = written ? (next++)->in : InputPins{};
    cycles.push_back({in, out});
    out = device.step(in);
  }
  return {cycles.begin() + static_cast<std::ptrdiff_t>(trace.draw_from), cycles.end()};
}

// WaveJSON writes a value that stays as a dot.
ordered_json levels(const std::string& name, const std::vector<Cycle>& cycles, const Level& level) {
  std::string wave;
  char last = 0;
  for (const Cycle& cycle : cycles) {
    const char now = level(cycle) ? '1' : '0';
    wave += now == last ? '.' : now;
    last = now;
  }
  return {{"name", name}, {"wave", wave}};
}

ordered_json labels(const std::string& name, const std::vector<Cycle>& cycles, const Label& label) {
  std::string wave;
  ordered_json data = ordered_json::array();
  for (const Cycle& cycle : cycles) {
    const std::string text = label(cycle);
    const bool nothing_before = !wave.empty() && wave.find_last_not_of('.') != std::string::npos &&
                                wave[wave.find_last_not_of('.')] == '0';
    wave += !text.empty() ? '=' : nothing_before ? '.' : '0';
    if (!text.empty()) {
      data.push_back(text);
    }
  }
  return {{"name", name}, {"wave", wave}, {"data", data}};
}

std::string hex(std::uint64_t value) { return fmt::format("{:x}", value); }

// The codes of docs/pins.md 2.
std::string outcome(std::uint8_t code, std::uint64_t ra) {
  static const std::array<const char*, 6> names{"", "D err", "I err", "DSI", "ISI", "MC"};
  return code == 0 ? hex(ra) : names.at(code);
}

std::string instruction(const InputPins& in) {
  static const std::array<const char*, 8> names{"tlbwe",   "tlbre",   "tlbsx", "tlbilx",
                                                "tlbivax", "tlbsync", "mtspr", "mfspr"};
  return names.at(in.instr_opcode);
}

/// Adds lanes in the order of the ports, the idle ones left out.
class Lanes {
 public:
  explicit Lanes(const std::vector<Cycle>& cycles) : cycles_(cycles) {}

  void level(const std::string& name, const Level& of) {
    const ordered_json lane = levels(name, cycles_, of);
    if (std::any_of(cycles_.begin(), cycles_.end(),
                    [&](const Cycle& cycle) { return of(cycle) != of(cycles_.front()); })) {
      signals_.push_back(lane);
    }
  }

  void label(const std::string& name, const Label& of) {
    const ordered_json lane = labels(name, cycles_, of);
    if (!lane.at("data").empty()) {
      signals_.push_back(lane);
    }
  }

  ordered_json take() { return std::move(signals_); }

 private:
  const std::vector<Cycle>& cycles_;
  ordered_json signals_ = ordered_json::array();
};

void add_fetch_port(Lanes& lanes) {
  lanes.level("i_req_ready_o", [](const Cycle& c) { return c.out.i_req_ready; });
  lanes.label("i_req: EA",
              [](const Cycle& c) { return c.in.i_req_valid ? hex(c.in.i_req_ea) : ""; });
  lanes.label("i_rsp: RA or outcome", [](const Cycle& c) {
    return c.out.i_rsp_valid ? outcome(c.out.i_rsp_outcome, c.out.i_rsp_ra) : "";
  });
}

void add_data_port(Lanes& lanes) {
  lanes.level("d_req_ready_o", [](const Cycle& c) { return c.out.d_req_ready; });
  lanes.label("d_req: EA",
              [](const Cycle& c) { return c.in.d_req_valid ? hex(c.in.d_req_ea) : ""; });
  lanes.level("d_req_store_i", [](const Cycle& c) { return c.in.d_req_store; });
  lanes.label("d_rsp: RA or outcome", [](const Cycle& c) {
    return c.out.d_rsp_valid ? outcome(c.out.d_rsp_outcome, c.out.d_rsp_ra) : "";
  });
}

void add_instructions(Lanes& lanes) {
  lanes.level("instr_ready_o", [](const Cycle& c) { return c.out.instr_ready; });
  lanes.label("instr", [](const Cycle& c) { return c.in.instr_valid ? instruction(c.in) : ""; });
  lanes.level("instr_done_o", [](const Cycle& c) { return c.out.instr_done; });
}

void add_memory(Lanes& lanes) {
  lanes.label("mem_req: RA",
              [](const Cycle& c) { return c.out.mem_req_valid ? hex(c.out.mem_req_ra) : ""; });
  lanes.level("mem_req_ready_i", [](const Cycle& c) { return c.in.mem_req_ready; });
  lanes.label("mem_rsp: data", [](const Cycle& c) {
    return !c.in.mem_rsp_valid ? "" : c.in.mem_rsp_error ? "error" : hex(c.in.mem_rsp_data);
  });
}

}  // namespace

ordered_json timing_diagram(const Trace& trace) {
  const std::vector<Cycle> cycles = play(trace);
  Lanes lanes(cycles);
  lanes.level("rst_ni", [](const Cycle& c) { return c.in.rst_n; });
  add_fetch_port(lanes);
  add_data_port(lanes);
  add_instructions(lanes);
  lanes.label("snoop: EA",
              [](const Cycle& c) { return c.in.snoop_valid ? hex(c.in.snoop_ea) : ""; });
  add_memory(lanes);
  lanes.label("perf_event_o",
              [](const Cycle& c) { return c.out.perf_event != 0 ? hex(c.out.perf_event) : ""; });
  ordered_json diagram;
  diagram["signal"] = lanes.take();
  diagram["head"] = {{"text", trace.title}, {"tick", trace.draw_from}, {"every", 1}};
  diagram["config"] = {{"hscale", 2}};
  return diagram;
}

}  // namespace tessera::diagrams
