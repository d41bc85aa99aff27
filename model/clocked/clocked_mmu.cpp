#include "model/clocked/clocked_mmu.hpp"

#include <stdexcept>
#include <string>

#include "model/clocked/perf_events.hpp"
#include "model/mmu/latency.hpp"

namespace tessera::clocked {
namespace {

using mmu::Access;
using mmu::AccessKind;
using mmu::Instruction;
using mmu::Outcome;
using mmu::Translation;
using mmu::Trap;
using State = AccessPort::State;

const mmu::Parameters& checked(const mmu::Parameters& parameters, const mmu::Timing& timing) {
  std::string text = mmu::validation_error(parameters);
  if (text.empty()) {
    text = mmu::validation_error(timing);
  }
  if (!text.empty()) {
    throw std::invalid_argument(text);
  }
  return parameters;
}

Instruction instruction_of(const InputPins& in) {
  Instruction instruction;
  instruction.opcode = static_cast<mmu::Opcode>(in.instr_opcode);
  instruction.operand = in.instr_operand;
  instruction.t = in.instr_t;
  instruction.spr = static_cast<mmu::Spr>(in.instr_spr);
  instruction.ra_nonzero = in.instr_ra_nonzero;
  instruction.pr = in.instr_pr;
  instruction.gs = in.instr_gs;
  return instruction;
}

}  // namespace

ClockedMmu::ClockedMmu(const mmu::Parameters& parameters, const mmu::Timing& timing)
    : parameters_(checked(parameters, timing)),
      timing_(timing),
      mmu_(parameters),
      walks_(mmu_.walks()) {}

// docs/pins.md 12 and docs/walkers.md W8, in their order: what comes first has seen the state of
// this cycle.
const OutputPins& ClockedMmu::step(const InputPins& in) {
  if (!in.rst_n) {
    reset();
    return out_;
  }
  const OutputPins ready = out_;
  out_ = {};
  const bool i_accepted = in.i_req_valid && ready.i_req_ready;
  const bool d_accepted = in.d_req_valid && ready.d_req_ready;
  const bool snooped = in.snoop_valid && ready.snoop_ready;
  const bool i_waits = i_port_.state == State::Wait;
  const bool d_waits = d_port_.state == State::Wait;
  const WalkEdge walk = walks_ ? walk_edge(snooped) : WalkEdge{};

  end_hold(i_port_);
  end_hold(d_port_);
  if (d_accepted) {
    accept_data(in);
  }
  if (i_accepted) {
    accept_fetch(in);
  }
  const AccessPort* const searcher = grant_slot(!walk.ends && d_waits, !walk.ends && i_waits);
  commit_lookups(snooped || walk.writes);
  // Behind the commit: the victim of a TLB error is that of the order in this cycle (8).
  if (searcher != nullptr) {
    mmu_.use(searcher->access.ea, searcher->match);
  }
  if (walks_) {
    move_walker(in, walk, snooped);
  }
  if (in.instr_valid && ready.instr_ready && !in.i_req_valid && !in.d_req_valid) {
    accept_instruction(in);
  }
  finish_instruction(in, snooped);
  live_ = true;
  drive_ready();
  drive_memory();
  return out_;
}

void ClockedMmu::reset() {
  mmu_ = mmu::Mmu(parameters_);
  i_port_ = {};
  d_port_ = {};
  unit_ = {};
  walker_ = {};
  l2_timer_ = 0;
  live_ = false;
  out_ = {};
}

void ClockedMmu::accept_fetch(const InputPins& in) {
  Access access;
  access.ea = EffectiveAddress(in.i_req_ea);
  access.kind = AccessKind::Fetch;
  access.as = in.i_req_as;
  access.pr = in.i_req_pr;
  access.gs = in.i_req_gs;
  accept(i_port_, access);
}

void ClockedMmu::accept_data(const InputPins& in) {
  Access access;
  access.ea = EffectiveAddress(in.d_req_ea);
  access.kind = in.d_req_store ? AccessKind::Store : AccessKind::Load;
  access.as = in.d_req_as;
  access.pr = in.d_req_pr;
  access.gs = in.d_req_gs;
  access.external_pid = in.d_req_epid;
  accept(d_port_, access);
}

void ClockedMmu::accept(AccessPort& port, const Access& access) {
  port.access = access;
  port.sample = mmu_.sample(access);
  const mmu::Page* page = mmu_.lookup_l1(access, port.sample);
  if (page == nullptr) {
    port.state = State::Wait;
    return;
  }
  const Translation response = mmu_.permit(access, port.sample, *page, Cycles(0));
  port.left = timing_.l1tlb_hit_extra.value();
  if (port.left == 0) {
    respond(port, response, event_of(response.outcome, port.fetches(), true, false));
    return;
  }
  port.state = State::Hold;
  port.held = response;
}

void ClockedMmu::end_hold(AccessPort& port) {
  if (port.state == State::Hold && --port.left == 0) {
    port.state = State::Idle;
    respond(port, port.held, event_of(port.held.outcome, port.fetches(), true, false));
  }
}

/// The port that searches at this edge, or nullptr.
const AccessPort* ClockedMmu::grant_slot(bool d_waits, bool i_waits) {
  if (l2_timer_ != 0) {
    --l2_timer_;
    return nullptr;
  }
  if (!d_waits && !i_waits) {
    return nullptr;
  }
  AccessPort& port = d_waits ? d_port_ : i_port_;
  port.match = mmu_.latch(mmu_.search_l2(port.access.ea, port.sample.keys));
  port.cancelled = false;
  port.left = timing_.l2tlb_hit_penalty.value();
  port.state = State::Lookup;
  l2_timer_ = timing_.l2tlb_accept.value() - 1;
  return &port;
}

void ClockedMmu::commit_lookups(bool overtaken) {
  for (AccessPort* port : {&d_port_, &i_port_}) {
    if (port->state == State::Lookup) {
      port->cancelled = port->cancelled || overtaken;
      if (--port->left == 0) {
        commit(*port);
      }
    }
  }
}

void ClockedMmu::commit(AccessPort& port) {
  if (walks_ && mmu_.may_walk(port.access, port.match)) {
    port.state = port.cancelled ? State::Wait : State::Walk;
    return;
  }
  const Translation response =
      mmu_.resolve(port.access, port.sample, port.match, !port.cancelled, Cycles(0));
  port.state = State::Idle;
  respond(port, response, event_of(response.outcome, port.fetches(), false, port.cancelled));
}

void ClockedMmu::accept_instruction(const InputPins& in) {
  unit_.instruction = instruction_of(in);
  const Trap trap = mmu_.trap_of(unit_.instruction);
  unit_.left = latency_of(unit_.instruction, trap, parameters_, timing_).value();
  unit_.busy = true;
}

// The instruction reads the arrays of this cycle, so it goes before the snoop; what a tlbwe has
// written is put back behind it (docs/pins.md 7).
void ClockedMmu::finish_instruction(const InputPins& in, bool snooped) {
  mmu::TlbEntry entry;
  const mmu::TlbEntry* written = nullptr;
  if (unit_.busy && --unit_.left == 0) {
    unit_.busy = false;
    const mmu::Effect effect = mmu_.execute(unit_.instruction);
    out_.instr_done = true;
    out_.instr_trap = static_cast<std::uint8_t>(effect.trap);
    out_.instr_value = effect.value;
    if (effect.trap == Trap::None) {
      entry = mmu_.selected_entry();
      written = unit_.instruction.opcode == mmu::Opcode::Tlbwe ? &entry : nullptr;
      out_.perf_event |= event_of(unit_.instruction, entry.array);
    }
  }
  if (snooped) {
    mmu_.snoop(in.snoop_ea, in.snoop_lpid, written);
    out_.perf_event |= kSnoopEvent;
  }
}

void ClockedMmu::respond(const AccessPort& port, const Translation& response,
                         std::uint32_t events) {
  const bool translated = response.outcome == Outcome::Translated;
  const auto outcome = static_cast<std::uint8_t>(response.outcome);
  const std::uint64_t ra = translated ? response.ra.value() : 0;
  const std::uint8_t wimge = translated ? response.wimge : std::uint8_t{0};
  const std::uint32_t fault_ea = translated ? 0 : response.fault_ea.value();
  if (port.fetches()) {
    out_.i_rsp_valid = true;
    out_.i_rsp_outcome = outcome;
    out_.i_rsp_ra = ra;
    out_.i_rsp_wimge = wimge;
    out_.i_rsp_fault_ea = fault_ea;
  } else {
    out_.d_rsp_valid = true;
    out_.d_rsp_outcome = outcome;
    out_.d_rsp_ra = ra;
    out_.d_rsp_wimge = wimge;
    out_.d_rsp_fault_ea = fault_ea;
    out_.d_rsp_esr = response.esr;
  }
  out_.perf_event |= events;
}

void ClockedMmu::drive_ready() {
  const bool open = live_ && !unit_.busy;
  out_.i_req_ready = open && i_port_.idle();
  out_.d_req_ready = open && d_port_.idle();
  out_.instr_ready = out_.i_req_ready && out_.d_req_ready;
  out_.snoop_ready = live_;
}

}  // namespace tessera::clocked
