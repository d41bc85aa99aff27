#include "tb/lockstep/translation_checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tb/lockstep/checker_codes.hpp"
#include "tb/lockstep/mas_bits.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using clocked::OutputPins;

/// SX, SR, SW by the number of the right; UX, UR, UW stand one bit higher.
constexpr std::uint32_t kExecute = 0x10;
constexpr std::uint32_t kRead = 0x01;
constexpr std::uint32_t kWrite = 0x04;

/// Events of instructions: not followed.
constexpr std::uint32_t kInstructionEvents = 0xFFC00;
constexpr std::uint32_t kSnoopEvent = 1U << 20;

}  // namespace

TranslationChecker::TranslationChecker(const mmu::Parameters& parameters, const mmu::Timing& timing)
    : parameters_(parameters), timing_(timing), entries_(parameters), hint_(parameters) {}

std::array<std::uint32_t, 3> TranslationChecker::searched_pids() const {
  return {registers_.pid[0] & 0x3FFF, registers_.pid[1] & 0x3FFF, registers_.pid[2] & 0x3FFF};
}

bool TranslationChecker::watch(const InputPins& in, const OutputPins& out) {
  edges_.push_back({in, out});
  if (edges_.size() > timing_.l1tlb_hit_extra.value()) {
    look_at(edges_.front());
    edges_.pop_front();
  }
  return complaint_.empty();
}

void TranslationChecker::look_at(const Edge& edge) {
  const auto& [in, out] = edge;
  expected_ = {};
  events_ = 0;
  walk_write_.reset();
  snooped_ = in.rst_n && in.snoop_valid && shown_.snoop_ready;
  if (!in.rst_n) {
    reset();
    check_outputs(in, out);
  } else if (!blind_) {
    const std::optional<Port> port = granted();
    const bool end = walk_.state == WalkState::End && timer_ == 0;
    timer_ -= timer_ == 0 ? 0 : 1;
    if (port || end) {
      timer_ = timing_.l2tlb_accept.value() - 1;
    }
    move_walker(in, end);
    move_ports();
    if (port && !end) {
      search(*port);
    }
    write_entry();
    accept(in);
    if (!blind_) {
      end_l1_hits();
      check_outputs(in, out);
    }
    if (snooped_) {
      tlbivax(in.snoop_ea, parameters_.has_ehv ? in.snoop_lpid : 0);
    }
    execute(out);
  }
  shown_ = out;
  ++cycle_;
}

void TranslationChecker::reset() {
  registers_ = {};
  entries_.reset(cycle_);
  hint_.reset();
  requests_ = {};
  walk_ = {};
  timer_ = 0;
  blind_ = false;
}

void TranslationChecker::accept(const InputPins& in) {
  if (in.i_req_valid && shown_.i_req_ready) {
    accept_request(Fetch, fetch_of(in));
  }
  if (in.d_req_valid && shown_.d_req_ready) {
    accept_request(Data, data_of(in));
  }
  if (in.instr_valid && shown_.instr_ready && !in.i_req_valid && !in.d_req_valid) {
    instruction_ = {in.instr_opcode, in.instr_operand, in.instr_t,
                    static_cast<mmu::Spr>(in.instr_spr), in.instr_gs};
  }
}

void TranslationChecker::accept_request(Port port, const Request& request) {
  if (requests_[port].state != PortState::Idle) {
    complain("a request was accepted before the last one was answered");
  }
  requests_[port] = request;
  requests_[port].accepted = cycle_;
  if (reset_is_near()) {
    blind_ = true;
  } else if (answered_by_l1(port)) {
    requests_[port].state = PortState::Hold;
    requests_[port].l1_answer = l1_answer(port, response_of(port, edges_.back().out));
  } else {
    requests_[port].state = PortState::Wait;
    for (ListedEntry* copy : entries_.copies(request.context, port, cycle_)) {
      copy->l1.at(port) = {};
    }
  }
}

TranslationChecker::Request TranslationChecker::fetch_of(const InputPins& in) const {
  Request request;
  request.pr = in.i_req_pr;
  request.gs_pin = in.i_req_gs;
  request.context = {in.i_req_ea, in.i_req_as, parameters_.has_ehv && in.i_req_gs, searched_pids(),
                     registers_.lpidr};
  return request;
}

TranslationChecker::Request TranslationChecker::data_of(const InputPins& in) const {
  Request request;
  request.pr = in.d_req_pr;
  request.gs_pin = in.d_req_gs;
  request.store = in.d_req_store;
  request.external = in.d_req_epid;
  request.context = {in.d_req_ea, in.d_req_as, parameters_.has_ehv && in.d_req_gs, searched_pids(),
                     registers_.lpidr};
  if (in.d_req_epid) {
    const std::uint32_t other = in.d_req_store ? registers_.epsc : registers_.eplc;
    request.pr = (other & 0x80000000) != 0;
    request.context.as = (other & 0x40000000) != 0;
    request.context.gs = (other & 0x20000000) != 0;
    request.context.lpid = (other >> 16) & 0xFF;
    request.context.pids = {other & 0x3FFF, 0, 0};
  }
  return request;
}

bool TranslationChecker::reset_is_near() const {
  return std::any_of(edges_.begin(), edges_.end(), [](const Edge& edge) { return !edge.in.rst_n; });
}

/// A hit of L1 answers L1TLB_HIT_EXTRA edges after this one, with its event.
bool TranslationChecker::answered_by_l1(Port port) const {
  return (edges_.back().out.perf_event >> port & 1U) != 0;
}

/// What L1 must answer; of several answers that it may give, the one that comes.
TranslationChecker::Response TranslationChecker::l1_answer(Port port, const Response& found) {
  ++checked_.l1_hits;
  const Request& request = requests_[port];
  const auto& copies = entries_.copies(request.context, port, cycle_);
  if (copies.empty()) {
    complain(fmt::format("an L1 hit of {:x}, of which L1 can hold nothing", request.context.ea));
  }
  Response expected;
  unsigned answers = 0;
  for (const ListedEntry* copy : copies) {
    const Response answer = answer_of(port, *copy);
    answers += answer == expected ? 0 : 1;
    expected = expected == found ? expected : answer;
  }
  checked_.ambiguous += answers > 1 ? 1 : 0;
  checked_.denied += expected.outcome != code::kTranslated ? 1 : 0;
  return expected;
}

void TranslationChecker::end_l1_hits() {
  for (const Port port : {Fetch, Data}) {
    const Request& request = requests_[port];
    if (request.state == PortState::Hold &&
        request.accepted + timing_.l1tlb_hit_extra.value() == cycle_) {
      respond(port, request.l1_answer, 1U << port);
    }
  }
}

TranslationChecker::Response TranslationChecker::response_of(Port port, const OutputPins& out) {
  if (port == Fetch) {
    return {out.i_rsp_valid, out.i_rsp_outcome,  out.i_rsp_ra,
            out.i_rsp_wimge, out.i_rsp_fault_ea, 0};
  }
  return {out.d_rsp_valid, out.d_rsp_outcome,  out.d_rsp_ra,
          out.d_rsp_wimge, out.d_rsp_fault_ea, out.d_rsp_esr};
}

void TranslationChecker::check_outputs(const InputPins& in, const OutputPins& out) {
  for (const Port port : {Fetch, Data}) {
    compare(port, response_of(port, out), expected_[port]);
  }
  if (!in.rst_n && out.instr_done) {
    complain("an answer came out of reset");
  }
  events_ |= snooped_ ? kSnoopEvent : 0;
  const std::uint32_t found = out.perf_event & ~(in.rst_n ? kInstructionEvents : 0);
  if (found != events_) {
    complain(fmt::format("the events are {:x}, not {:x}", found, events_));
  }
  check_memory_pins(out);
}

TranslationChecker::Response TranslationChecker::answer_of(Port port,
                                                           const ListedEntry& entry) const {
  const Request& request = requests_[port];
  const std::uint32_t supervisor = port == Fetch ? kExecute : request.store ? kWrite : kRead;
  const std::uint32_t needed = request.pr ? supervisor << 1 : supervisor;
  const bool fault = port == Data && (entry.words.mas8 & kVirtualizationFault) != 0;
  if ((entry.words.mas3 & needed) == 0 || fault) {
    return failure(port, port == Fetch ? code::kInstructionStorage : code::kDataStorage);
  }
  const std::uint64_t frame =
      (std::uint64_t{entry.words.mas7 & 0xF} << 32) | (entry.words.mas3 & 0xFFFFF000);
  Response response;
  response.valid = true;
  response.outcome = code::kTranslated;
  response.ra = (frame & ~entry.offset) | (request.context.ea & entry.offset);
  response.wimge = entry.words.mas2 & 0x1F;
  return response;
}

TranslationChecker::Response TranslationChecker::failure(Port port, std::uint8_t outcome) const {
  const Request& request = requests_[port];
  Response response;
  response.valid = true;
  response.outcome = outcome;
  response.fault_ea = request.context.ea;
  if (port == Data && outcome != code::kMachineCheck) {
    response.esr = (request.store ? 0x00800000U : 0U) + (request.external ? 0x40U : 0U);
  }
  return response;
}

void TranslationChecker::compare(Port port, const Response& found, const Response& expected) {
  if (found != expected) {
    complain(fmt::format(
        "{} of {:x}: valid {} outcome {} RA {:x} WIMGE {:x} EA {:x} ESR {:x}, but the list gives "
        "valid {} outcome {} RA {:x} WIMGE {:x} EA {:x} ESR {:x}",
        port == Fetch ? "fetch" : "data", requests_[port].context.ea, found.valid, found.outcome,
        found.ra, found.wimge, found.fault_ea, found.esr, expected.valid, expected.outcome,
        expected.ra, expected.wimge, expected.fault_ea, expected.esr));
  }
}

void TranslationChecker::complain(const std::string& text) {
  if (complaint_.empty()) {
    complaint_ = fmt::format("checker, edge {}: {}", cycle_, text);
  }
}

}  // namespace tessera::lockstep
