// How an access goes from port to port state: L2 slot, search, commit (docs/pins.md 5, 7;
// docs/walkers.md W4).

#include "tb/lockstep/checker_codes.hpp"
#include "tb/lockstep/translation_checker.hpp"

namespace tessera::lockstep {

/// The end of a walk goes before; it is not asked for here.
std::optional<TranslationChecker::Port> TranslationChecker::granted() const {
  if (timer_ != 0 || walk_.state == WalkState::End) {
    return {};
  }
  for (const Port port : {Data, Fetch}) {
    if (requests_[port].state == PortState::Wait) {
      return port;
    }
  }
  return {};
}

bool TranslationChecker::overtakes(Port port) const {
  return snooped_ || (walk_write_ && walk_write_->port != port);
}

/// Ports in LOOKUP and, unless the walker has just taken them, in WALK.
void TranslationChecker::move_ports() {
  for (const Port port : {Fetch, Data}) {
    Request& request = requests_[port];
    if (request.state == PortState::Walk) {
      checked_.both_walk += 1;
      if (overtakes(port)) {
        request.state = PortState::Wait;
        ++checked_.overtaken.at(static_cast<std::size_t>(Overtaken::BeforeWalk));
      }
    } else if (request.state == PortState::Lookup) {
      request.overtaken = request.overtaken || overtakes(port);
      if (request.commit == cycle_) {
        commit(port);
      }
    }
  }
}

void TranslationChecker::search(Port port) {
  Request& request = requests_[port];
  request.state = PortState::Lookup;
  request.commit = cycle_ + timing_.l2tlb_hit_penalty.value() - 1;
  request.overtaken = overtakes(port);
  Latched& latched = request.latched;
  latched = {};
  SearchContext context = request.context;
  if (const auto& matches = entries_.matches(context, cycle_); !matches.empty()) {
    latched.direct = matches.size();
    latched.entry = *matches.front();
  } else if (has_indirect()) {
    context.indirect = true;
    if (const auto& tables = entries_.matches(context, cycle_); !tables.empty()) {
      latched.indirect = tables.size();
      latched.indirect_words = tables.front()->words;
    }
  }
  const bool answers = latched.direct == 1 ||
                       (latched.direct > 1 && parameters_.multi_hit != mmu::MultiHit::MachineCheck);
  if (answers && !latched.entry->tlb1) {
    hint_.use(latched.entry->place, cycle_);
  }
  if (request.commit == cycle_) {
    commit(port);
  }
}

void TranslationChecker::commit(Port port) {
  Request& request = requests_[port];
  const Latched& latched = request.latched;
  const bool several = latched.direct > 1 || latched.indirect > 1;
  if (several && parameters_.multi_hit == mmu::MultiHit::MachineCheck) {
    ++checked_.machine_checks;
    respond(port, failure(port, code::kMachineCheck), code::kMachineChecked << port);
  } else if (latched.direct != 0) {
    answer_hit(port);
  } else if (!eligible(request)) {
    ++checked_.tlb_errors;
    tlb_error(request, port);
    respond(port, failure(port, port == Fetch ? code::kInstructionTlbError : code::kDataTlbError),
            port == Fetch ? code::kItlbError : code::kDtlbError);
  } else if (request.overtaken) {
    request.state = PortState::Wait;
    ++checked_.overtaken.at(static_cast<std::size_t>(Overtaken::Lookup));
  } else {
    request.state = PortState::Walk;
  }
}

void TranslationChecker::answer_hit(Port port) {
  const Request& request = requests_[port];
  const ListedEntry& entry = *request.latched.entry;
  ++checked_.l2_hits;
  const Response answer = answer_of(port, entry);
  checked_.denied += answer.outcome != code::kTranslated ? 1 : 0;
  const bool taken = (entry.tlb1 ? parameters_.l1_vsp_entries : parameters_.l1_4k_ways) != 0;
  if (taken && !request.overtaken) {
    entries_.begin_copy(entry.tlb1, entry.place, port, cycle_);
  }
  const std::uint32_t cancelled = request.overtaken ? code::kFillCancelled : 0;
  respond(port, answer, (code::kL2Hit << port) | cancelled);
}

/// The port is idle from now on.
void TranslationChecker::respond(Port port, const Response& response, std::uint32_t events) {
  if (response.outcome == code::kDataStorage) {
    events |= code::kDsi;
  } else if (response.outcome == code::kInstructionStorage) {
    events |= code::kIsi;
  }
  expected_[port] = response;
  events_ |= events;
  requests_[port].state = PortState::Idle;
}

bool TranslationChecker::eligible(const Request& request) const {
  switch (parameters_.hardware_walker) {
    case mmu::HardwareWalker::Off:
      return false;
    case mmu::HardwareWalker::Tablewalk:
      return (registers_.walkctl & 1) != 0 && !request.external &&
             (!request.gs_pin || !parameters_.has_ehv);
    case mmu::HardwareWalker::E6500:
      return request.latched.indirect != 0;
  }
  return false;
}

}  // namespace tessera::lockstep
