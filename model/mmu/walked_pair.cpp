#include "model/mmu/walked_pair.hpp"

#include <algorithm>
#include <limits>

namespace tessera::mmu {

namespace {

constexpr Cycles kAnEdge{1};
constexpr Cycles kNever{std::numeric_limits<std::uint64_t>::max()};

}  // namespace

WalkedPair::WalkedPair(Mmu& mmu, const Timing& timing, WalkMemory& memory, const Miss& fetch,
                       const Miss& data)
    : mmu_(mmu), timing_(timing), memory_(memory), fetch_{fetch}, data_{data} {}

std::pair<Translation, Translation> WalkedPair::run(Cycles accepted, Cycles l2_free) {
  now_ = accepted;
  l2_free_ = l2_free;
  while (fetch_.state != PortState::Done || data_.state != PortState::Done) {
    now_ = next_edge();
    edge();
  }
  return {fetch_.response, data_.response};
}

Cycles WalkedPair::next_edge() const {
  return std::min({next_edge_of(fetch_), next_edge_of(data_), next_edge_of_walker()});
}

Cycles WalkedPair::next_edge_of(const Port& port) const {
  switch (port.state) {
    case PortState::Wait:
      return std::max(now_ + kAnEdge, l2_free_);
    case PortState::Lookup:
      return port.commit;
    case PortState::Walk:
      return walker_ == WalkerState::Idle ? now_ + kAnEdge : kNever;
    case PortState::Walked:
    case PortState::Done:
      break;
  }
  return kNever;
}

Cycles WalkedPair::next_edge_of_walker() const {
  switch (walker_) {
    case WalkerState::Idle:
      break;
    case WalkerState::Request:
      return now_ + kAnEdge;
    case WalkerState::Load:
      return load_shown_;
    case WalkerState::End:
      return std::max(now_ + kAnEdge, l2_free_);
  }
  return kNever;
}

void WalkedPair::edge() {
  const bool data_walks = data_.state == PortState::Walk;
  const bool fetch_walks = fetch_.state == PortState::Walk;
  const bool ends = walker_ == WalkerState::End && l2_free_ <= now_;
  const bool writes = ends && walk_.result() == WalkResult::Entry;
  // Before the commits: one that is a TLB error may move the hint.
  const unsigned way = writes ? mmu_.walk_way(walked_->miss.access.ea) : 0;
  if (ends) l2_free_ = now_ + timing_.l2tlb_accept;
  const Port* const searcher = search();
  commit(data_, writes);
  commit(fetch_, writes);
  if (searcher != nullptr) mmu_.use(searcher->miss.access.ea, searcher->match);
  move_walker(data_walks, fetch_walks, ends, way);
  if (!writes) return;
  for (Port* port : {&data_, &fetch_}) {
    if (port->state == PortState::Walk) port->state = PortState::Wait;
  }
}

/// Data takes the slot before the fetch does. Returns who did, or nullptr.
WalkedPair::Port* WalkedPair::search() {
  if (l2_free_ > now_) return nullptr;
  Port* const port = data_.state == PortState::Wait    ? &data_
                     : fetch_.state == PortState::Wait ? &fetch_
                                                       : nullptr;
  if (port == nullptr) return nullptr;
  l2_free_ = now_ + timing_.l2tlb_accept;
  port->match = mmu_.latch(mmu_.search_l2(port->miss.access.ea, port->miss.sample.keys));
  port->commit = now_ + timing_.l2tlb_hit_penalty - kAnEdge;
  port->overtaken = false;
  port->state = PortState::Lookup;
  return port;
}

void WalkedPair::commit(Port& port, bool overtaken) {
  if (port.state != PortState::Lookup) return;
  port.overtaken = port.overtaken || overtaken;
  if (port.commit != now_) return;
  const Access& access = port.miss.access;
  if (mmu_.may_walk(access, port.match)) {
    port.state = port.overtaken ? PortState::Wait : PortState::Walk;
    return;
  }
  port.response =
      mmu_.resolve(access, port.miss.sample, port.match, !port.overtaken, now_ + kAnEdge);
  port.state = PortState::Done;
}

void WalkedPair::move_walker(bool data_walks, bool fetch_walks, bool ends, unsigned way) {
  switch (walker_) {
    case WalkerState::Idle:
      if (data_walks || fetch_walks) take(data_walks ? data_ : fetch_);
      return;
    case WalkerState::Request:
      load_ = memory_.load(walk_.ra(), walk_.is_double());
      load_shown_ = now_ + load_.latency;
      walker_ = WalkerState::Load;
      return;
    case WalkerState::Load:
      if (now_ < load_shown_) return;
      mmu_.advance_walk(walk_, load_);
      walker_ = walk_.loads() ? WalkerState::Request : WalkerState::End;
      return;
    case WalkerState::End:
      if (ends) end_walk(way);
      return;
  }
}

void WalkedPair::take(Port& port) {
  walked_ = &port;
  port.state = PortState::Walked;
  walk_ = mmu_.begin_walk(port.miss.access, port.miss.sample, port.match);
  walker_ = walk_.loads() ? WalkerState::Request : WalkerState::End;
}

void WalkedPair::end_walk(unsigned way) {
  walker_ = WalkerState::Idle;
  if (walk_.result() == WalkResult::Entry) {
    mmu_.end_walk(walk_, way);
    walked_->state = PortState::Wait;
    return;
  }
  walked_->response = mmu_.fail_walk(walked_->miss.access, walk_, now_ + kAnEdge);
  walked_->state = PortState::Done;
}

}  // namespace tessera::mmu
