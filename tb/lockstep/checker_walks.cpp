// The one walker (docs/walkers.md W5, W6).

#include <fmt/format.h>

#include "tb/lockstep/checker_codes.hpp"
#include "tb/lockstep/translation_checker.hpp"

namespace tessera::lockstep {
namespace {

using Kind = WalkStep::Kind;

constexpr std::uint32_t kEsrPageTable = 0x100;
constexpr std::uint32_t kEsrTlbIneligible = 0x200;

}  // namespace

/// `slot`: the end of the walk has the L2 slot.
void TranslationChecker::move_walker(const clocked::InputPins& in, bool slot) {
  if (snooped_) {
    count_overtaken_walk(slot);
  }
  walk_.overtaken = walk_.overtaken || snooped_;
  switch (walk_.state) {
    case WalkState::Idle:
      return take_port();
    case WalkState::Req:
      if (in.mem_req_ready) {
        walk_.state = WalkState::Load;
        events_ |= code::kWalkLoad;
      }
      return;
    case WalkState::Load:
      if (in.mem_rsp_valid) {
        WalkStep nothing_there;
        nothing_there.kind = Kind::BusError;
        take_step(in.mem_rsp_error ? nothing_there
                                   : next_step(walk_.access, registers_, parameters_, walk_.load,
                                               in.mem_rsp_data));
        ++walk_.load;
      }
      return;
    case WalkState::End:
      return slot ? end_walk() : void();
  }
}

void TranslationChecker::take_port() {
  for (const Port port : {Data, Fetch}) {
    Request& request = requests_[port];
    if (request.state == PortState::Walk) {
      ++checked_.walks;
      request.state = PortState::Walked;
      walk_ = {};
      walk_.port = port;
      walk_.overtaken = snooped_;
      checked_.overtaken.at(static_cast<std::size_t>(Overtaken::Taken)) += snooped_ ? 1 : 0;
      walk_.access = {request.context.ea, request.context.as, request.context.lpid,
                      request.context.pids[0], request.latched.indirect_words};
      return take_step(first_step(walk_.access, registers_, parameters_));
    }
  }
}

void TranslationChecker::take_step(const WalkStep& step) {
  walk_.step = step;
  walk_.state = step.kind == Kind::Load ? WalkState::Req : WalkState::End;
}

void TranslationChecker::end_walk() {
  const Port port = walk_.port;
  walk_.state = WalkState::Idle;
  if (walk_.overtaken) {
    requests_[port].state = PortState::Wait;
    events_ |= code::kWalkOvertaken;
  } else if (walk_.step.kind == Kind::BusError) {
    ++checked_.walk_errors;
    respond(port, failure(port, code::kMachineCheck), code::kMachineChecked << port);
  } else if (walk_.step.kind == Kind::Write) {
    ++checked_.walk_writes;
    requests_[port].state = PortState::Wait;
    events_ |= code::kWalkWrite;
    walk_write_ = {port, hint_.way(walk_.access.ea, entries_, cycle_)};
  } else {
    ++checked_.walk_faults;
    Response fault = failure(port, port == Fetch ? code::kInstructionStorage : code::kDataStorage);
    if (port == Data) {
      fault.esr |= walk_.step.kind == Kind::PageTableFault ? kEsrPageTable : kEsrTlbIneligible;
    }
    respond(port, fault, code::kWalkFault << port);
  }
}

/// Once a TLB error of this edge has read TLB0[NV].
void TranslationChecker::write_entry() {
  if (!walk_write_) {
    return;
  }
  const std::uint32_t ea = walk_.access.ea;
  const unsigned set = (ea >> 12) % parameters_.tlb0_sets;
  const unsigned way = walk_write_->way;
  entries_.write(false, set * parameters_.tlb0_ways + way, walk_.step.entry, cycle_);
  hint_.walked(ea, way);
}

void TranslationChecker::count_overtaken_walk(bool slot) {
  Overtaken where = Overtaken::Request;
  switch (walk_.state) {
    case WalkState::Idle:
      return;
    case WalkState::Req:
      break;
    case WalkState::Load:
      where = Overtaken::Loading;
      break;
    case WalkState::End:
      where = slot ? Overtaken::End : Overtaken::EndWaiting;
      break;
  }
  ++checked_.overtaken.at(static_cast<std::size_t>(where));
}

/// After the edge: in REQ the address, and nothing otherwise.
void TranslationChecker::check_memory_pins(const clocked::OutputPins& out) {
  const bool asks = walk_.state == WalkState::Req;
  const std::uint64_t ra = asks ? walk_.step.ra : 0;
  const bool is_double = asks && walk_.step.is_double;
  checked_.walk_loads += asks && !shown_.mem_req_valid ? 1 : 0;
  if (out.mem_req_valid != asks || out.mem_req_ra != ra || out.mem_req_double != is_double) {
    complain(fmt::format("memory request {} {:x} double {}, not {} {:x} double {}",
                         out.mem_req_valid, out.mem_req_ra, out.mem_req_double, asks, ra,
                         is_double));
  }
}

}  // namespace tessera::lockstep
