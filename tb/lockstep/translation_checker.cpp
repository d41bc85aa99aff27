#include "tb/lockstep/translation_checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tb/lockstep/mas_bits.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using clocked::OutputPins;

// Outcomes of docs/pins.md 2.
constexpr std::uint8_t kTranslated = 0;
constexpr std::uint8_t kDataTlbError = 1;
constexpr std::uint8_t kInstructionTlbError = 2;
constexpr std::uint8_t kDataStorage = 3;
constexpr std::uint8_t kInstructionStorage = 4;
constexpr std::uint8_t kMachineCheck = 5;

constexpr std::uint32_t kCancelled = 1U << 21;

/// SX, SR, SW by the number of the right; UX, UR, UW stand one bit higher.
constexpr std::uint32_t kExecute = 0x10;
constexpr std::uint32_t kRead = 0x01;
constexpr std::uint32_t kWrite = 0x04;

}  // namespace

TranslationChecker::TranslationChecker(const mmu::Parameters& parameters, const mmu::Timing& timing)
    : parameters_(parameters),
      timing_(timing),
      entries_(parameters, timing.l2tlb_hit_penalty.value() + timing.l1tlb_hit_extra.value() + 2),
      hint_(parameters) {}

std::array<std::uint32_t, 3> TranslationChecker::searched_pids() const {
  return {registers_.pid[0] & 0x3FFF, registers_.pid[1] & 0x3FFF, registers_.pid[2] & 0x3FFF};
}

bool TranslationChecker::watch(const InputPins& in, const OutputPins& out) {
  if (!in.rst_n) {
    reset();
    if (out.i_rsp_valid || out.d_rsp_valid || out.instr_done) {
      complain("an answer came out of reset");
    }
  } else {
    accept(in);
    settle_hint_before(cycle_ + 1);
    check_port(
        Fetch,
        {out.i_rsp_valid, out.i_rsp_outcome, out.i_rsp_ra, out.i_rsp_wimge, out.i_rsp_fault_ea, 0},
        out.perf_event);
    check_port(Data,
               {out.d_rsp_valid, out.d_rsp_outcome, out.d_rsp_ra, out.d_rsp_wimge,
                out.d_rsp_fault_ea, out.d_rsp_esr},
               out.perf_event);
    if (last_snoop_ == cycle_) {
      tlbivax(in.snoop_ea, parameters_.has_ehv ? in.snoop_lpid : 0);
    }
    execute(out);
  }
  shown_ = out;
  ++cycle_;
  return complaint_.empty();
}

void TranslationChecker::reset() {
  registers_ = {};
  entries_.reset(cycle_);
  hint_.reset();
  waiting_hint_.reset();
  requests_ = {};
  last_snoop_.reset();
}

void TranslationChecker::accept(const InputPins& in) {
  if (in.snoop_valid && shown_.snoop_ready) {
    last_snoop_ = cycle_;
  }
  if (in.i_req_valid && shown_.i_req_ready) {
    accept_fetch(in);
  }
  if (in.d_req_valid && shown_.d_req_ready) {
    accept_data(in);
  }
  if (in.instr_valid && shown_.instr_ready && !in.i_req_valid && !in.d_req_valid) {
    settle_hint();
    instruction_ = {in.instr_opcode, in.instr_operand, in.instr_t,
                    static_cast<mmu::Spr>(in.instr_spr), in.instr_gs};
  }
}

void TranslationChecker::accept_fetch(const InputPins& in) {
  Request& request = requests_[Fetch];
  if (request.open) {
    complain("a fetch was accepted before the last one was answered");
  }
  request = {};
  request.open = true;
  request.accepted = cycle_;
  request.pr = in.i_req_pr;
  request.gs_pin = in.i_req_gs;
  request.context = {in.i_req_ea, in.i_req_as, parameters_.has_ehv && in.i_req_gs, searched_pids(),
                     registers_.lpidr};
}

void TranslationChecker::accept_data(const InputPins& in) {
  Request& request = requests_[Data];
  if (request.open) {
    complain("a data request was accepted before the last one was answered");
  }
  request = {};
  request.open = true;
  request.accepted = cycle_;
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
}

void TranslationChecker::check_port(Port port, const Response& found, std::uint32_t events) {
  if (!found.valid) {
    return;
  }
  Request& request = requests_[port];
  if (!request.open) {
    complain("a response to no request");
    return;
  }
  request.open = false;
  if ((events >> port & 1U) != 0) {
    check_l1(port, request, found);
  } else {
    check_l2(port, request, found, (events & kCancelled) != 0);
  }
}

void TranslationChecker::check_l1(Port port, const Request& request, const Response& found) {
  ++checked_.l1_hits;
  if (cycle_ != request.accepted + timing_.l1tlb_hit_extra.value()) {
    complain("an L1 hit came at the wrong edge");
  }
  const auto& copies = entries_.copies(request.context, port, request.accepted);
  if (copies.empty()) {
    complain(fmt::format("an L1 hit of {:x}, of which L1 can hold nothing", request.context.ea));
    return;
  }
  Response expected;
  unsigned answers = 0;
  bool is_one = false;
  for (const ListedEntry* copy : copies) {
    const Response answer = answer_of(port, request, *copy);
    answers += answer == expected ? 0 : 1;
    is_one = is_one || answer == found;
    expected = answer;
  }
  checked_.ambiguous += answers > 1 ? 1 : 0;
  checked_.denied += found.outcome != kTranslated ? 1 : 0;
  if (!is_one) {
    compare(port, found, expected);
  }
}

// The slot was at edge s = d - L2TLB_HIT_PENALTY; d is the cycle behind this edge.
void TranslationChecker::check_l2(Port port, const Request& request, const Response& found,
                                  bool cancelled) {
  const std::uint64_t slot = cycle_ + 1 - timing_.l2tlb_hit_penalty.value();
  if (slot <= request.accepted) {
    complain("an L2 lookup was answered too early");
    return;
  }
  // L1 had nothing in the cycle of the request, or it would have answered.
  for (ListedEntry* copy : entries_.copies(request.context, port, request.accepted)) {
    copy->l1.at(port) = {};
  }
  const auto& matches = entries_.matches(request.context, slot);
  if (matches.empty()) {
    ++checked_.tlb_errors;
    compare(port, found,
            failure(port, request, port == Fetch ? kInstructionTlbError : kDataTlbError));
    tlb_error(request, port);
    return;
  }
  ListedEntry& entry = *matches.front();
  if (matches.size() > 1 && parameters_.multi_hit == mmu::MultiHit::MachineCheck) {
    ++checked_.machine_checks;
    compare(port, found, failure(port, request, kMachineCheck));
    return;
  }
  ++checked_.l2_hits;
  checked_.denied += found.outcome != kTranslated ? 1 : 0;
  compare(port, found, answer_of(port, request, entry));
  if (!entry.tlb1) {
    hint_.use(entry.place, slot);
  }
  const bool snooped = last_snoop_ && *last_snoop_ >= slot;
  if (snooped != cancelled) {
    complain("a fill was cancelled without a snoop, or not cancelled with one");
  }
  const bool taken = (entry.tlb1 ? parameters_.l1_vsp_entries : parameters_.l1_4k_ways) != 0;
  if (!snooped && taken) {
    entry.l1.at(port).begin(cycle_);
  }
}

TranslationChecker::Response TranslationChecker::answer_of(Port port, const Request& request,
                                                           const ListedEntry& entry) const {
  const std::uint32_t supervisor = port == Fetch ? kExecute : request.store ? kWrite : kRead;
  const std::uint32_t needed = request.pr ? supervisor << 1 : supervisor;
  const bool fault = port == Data && (entry.words.mas8 & kVirtualizationFault) != 0;
  if ((entry.words.mas3 & needed) == 0 || fault) {
    return failure(port, request, port == Fetch ? kInstructionStorage : kDataStorage);
  }
  const std::uint64_t frame =
      (std::uint64_t{entry.words.mas7 & 0xF} << 32) | (entry.words.mas3 & 0xFFFFF000);
  Response response;
  response.valid = true;
  response.outcome = kTranslated;
  response.ra = (frame & ~entry.offset) | (request.context.ea & entry.offset);
  response.wimge = entry.words.mas2 & 0x1F;
  return response;
}

TranslationChecker::Response TranslationChecker::failure(Port port, const Request& request,
                                                         std::uint8_t outcome) const {
  Response response;
  response.valid = true;
  response.outcome = outcome;
  response.fault_ea = request.context.ea;
  if (port == Data && outcome != kMachineCheck) {
    response.esr = (request.store ? 0x00800000U : 0U) + (request.external ? 0x40U : 0U);
  }
  return response;
}

void TranslationChecker::compare(Port port, const Response& found, const Response& expected) {
  if (found != expected) {
    complain(
        fmt::format("{} of {:x}: outcome {} RA {:x} WIMGE {:x} EA {:x} ESR {:x}, but the list "
                    "gives outcome {} RA {:x} WIMGE {:x} EA {:x} ESR {:x}",
                    port == Fetch ? "fetch" : "data", requests_[port].context.ea, found.outcome,
                    found.ra, found.wimge, found.fault_ea, found.esr, expected.outcome, expected.ra,
                    expected.wimge, expected.fault_ea, expected.esr));
  }
}

void TranslationChecker::complain(const std::string& text) {
  if (complaint_.empty()) {
    complaint_ = fmt::format("checker, edge {}: {}", cycle_, text);
  }
}

}  // namespace tessera::lockstep
