#include "model/clocked/clocked_mmu.hpp"
#include "model/clocked/perf_events.hpp"

// The hardware walker of the clocked model (docs/walkers.md W4, W5, W8).
namespace tessera::clocked {
namespace {

using State = AccessPort::State;

/// A load that is answered on pins has its latency behind it.
constexpr Cycles kAnyLatency{1};

}  // namespace

/// What the walker does at this edge, by the state of this cycle: the hint, too, is the one that a
/// TLB error at this edge has not moved yet. A walk that ends has the slot before the ports.
ClockedMmu::WalkEdge ClockedMmu::walk_edge(bool snooped) {
  WalkEdge edge;
  edge.next = d_port_.state == State::Walk   ? &d_port_
              : i_port_.state == State::Walk ? &i_port_
                                             : nullptr;
  edge.ends = walker_.state == Walker::State::End && l2_timer_ == 0;
  edge.writes = edge.ends && !walker_.overtaken && !snooped &&
                walker_.walk.result() == mmu::WalkResult::Entry;
  if (edge.writes) {
    edge.way = mmu_.walk_way(walker_.port->access.ea);
  }
  return edge;
}

void ClockedMmu::move_walker(const InputPins& in, const WalkEdge& edge, bool snooped) {
  walker_.overtaken = walker_.overtaken || snooped;
  switch (walker_.state) {
    case Walker::State::Idle:
      if (edge.next != nullptr) {
        begin_walk(*edge.next, snooped);
      }
      break;
    case Walker::State::Request:
      if (in.mem_req_ready) {
        walker_.state = Walker::State::Load;
        out_.perf_event |= kWalkLoadEvent;
      }
      break;
    case Walker::State::Load:
      if (in.mem_rsp_valid) {
        mmu_.advance_walk(walker_.walk, {in.mem_rsp_data, kAnyLatency, in.mem_rsp_error});
        walker_.state = walker_.walk.loads() ? Walker::State::Request : Walker::State::End;
      }
      break;
    case Walker::State::End:
      if (edge.ends) {
        finish_walk(edge);
      }
      break;
  }
  if (!snooped && !edge.writes) {
    return;
  }
  for (AccessPort* port : {&d_port_, &i_port_}) {
    if (port->state == State::Walk) {
      port->state = State::Wait;
    }
  }
}

void ClockedMmu::begin_walk(AccessPort& port, bool snooped) {
  port.state = State::Walked;
  walker_.port = &port;
  walker_.walk = mmu_.begin_walk(port.access, port.sample, port.match);
  walker_.state = walker_.walk.loads() ? Walker::State::Request : Walker::State::End;
  walker_.overtaken = snooped;
}

void ClockedMmu::finish_walk(const WalkEdge& edge) {
  AccessPort& port = *walker_.port;
  walker_.state = Walker::State::Idle;
  l2_timer_ = timing_.l2tlb_accept.value() - 1;
  if (walker_.overtaken) {
    mmu_.drop_walk();
    out_.perf_event |= kWalkOvertakenEvent;
    port.state = State::Wait;
    return;
  }
  if (edge.writes) {
    mmu_.end_walk(walker_.walk, edge.way);
    out_.perf_event |= kWalkWriteEvent;
    port.state = State::Wait;
    return;
  }
  const mmu::Translation response = mmu_.fail_walk(port.access, walker_.walk, Cycles(0));
  port.state = State::Idle;
  respond(port, response, event_of_walk(response.outcome, port.fetches()));
}

void ClockedMmu::drive_memory() {
  if (walker_.state == Walker::State::Request) {
    out_.mem_req_valid = true;
    out_.mem_req_ra = walker_.walk.ra().value();
    out_.mem_req_double = walker_.walk.is_double();
  }
}

}  // namespace tessera::clocked
