#include "model/clocked/pin_engine.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "model/clocked/perf_events.hpp"

namespace tessera::clocked {
namespace {

using mmu::Access;
using mmu::AccessKind;
using mmu::Instruction;
using mmu::Opcode;
using mmu::Outcome;
using mmu::Spr;
using mmu::Translation;

constexpr Cycles kOne{1};

// What a response that has taken a slot of the L2 port brings along (docs/pins.md 10,
// docs/walkers.md W2): one for its lookup, or for the end of its walk.
constexpr std::uint32_t kFetchL2Events = 0x64 | kFetchWalkFaultEvent;
constexpr std::uint32_t kDataL2Events = 0x98 | kDataWalkFaultEvent;
constexpr std::uint32_t kL2Events = kFetchL2Events | kDataL2Events;
constexpr std::uint32_t kMachineChecks = 0xC0;
constexpr std::uint32_t kWalkFaults = kFetchWalkFaultEvent | kDataWalkFaultEvent;

void put_fetch(InputPins& in, const Access& access) {
  in.i_req_valid = true;
  in.i_req_ea = access.ea.value();
  in.i_req_as = access.as;
  in.i_req_pr = access.pr;
  in.i_req_gs = access.gs;
}

void put_data(InputPins& in, const Access& access) {
  in.d_req_valid = true;
  in.d_req_ea = access.ea.value();
  in.d_req_store = access.kind == AccessKind::Store;
  in.d_req_as = access.as;
  in.d_req_pr = access.pr;
  in.d_req_gs = access.gs;
  in.d_req_epid = access.external_pid;
}

InputPins pins_of(const Instruction& instruction) {
  InputPins in;
  in.instr_valid = true;
  in.instr_opcode = static_cast<std::uint8_t>(instruction.opcode);
  in.instr_operand = instruction.operand;
  in.instr_t = instruction.t;
  in.instr_spr = static_cast<std::uint16_t>(instruction.spr);
  in.instr_ra_nonzero = instruction.ra_nonzero;
  in.instr_pr = instruction.pr;
  in.instr_gs = instruction.gs;
  return in;
}

Translation fetch_response(const OutputPins& out, Cycles done) {
  return {done,
          static_cast<Outcome>(out.i_rsp_outcome),
          RealAddress(out.i_rsp_ra),
          out.i_rsp_wimge,
          EffectiveAddress(out.i_rsp_fault_ea),
          0};
}

Translation data_response(const OutputPins& out, Cycles done) {
  return {done,
          static_cast<Outcome>(out.d_rsp_outcome),
          RealAddress(out.d_rsp_ra),
          out.d_rsp_wimge,
          EffectiveAddress(out.d_rsp_fault_ea),
          out.d_rsp_esr};
}

/// More than any answer takes without the time of memory: all times one after the other, the scan
/// set by set, a pair's lookups and walks, and some.
Cycles longest_answer(const mmu::Parameters& parameters, const mmu::Timing& t) {
  const Cycles accesses =
      t.l1tlb_hit_extra + (t.l2tlb_hit_penalty + t.l2tlb_accept) * 8 + Cycles(32);
  const Cycles scan = t.tlbilx_scan + t.tlbilx_scan_per_set * parameters.tlb0_sets;
  return accesses + scan + t.tlbwe + t.tlbre + t.tlbsx + t.tlbilx_va + t.mmucsr0_flash +
         t.tlbivax_local + t.tlbsync + t.mtspr + t.mfspr + t.pid_write_flush + t.trap;
}

void require_ready(bool ready) {
  if (!ready) {
    throw std::logic_error("the device is not ready though nothing is outstanding");
  }
}

}  // namespace

PinEngine::PinEngine(std::unique_ptr<PinDevice> device, const mmu::Parameters& parameters,
                     const mmu::Timing& timing, mmu::WalkMemory* memory)
    : device_(std::move(device)),
      parameters_(parameters),
      memory_(memory),
      l2tlb_accept_(timing.l2tlb_accept),
      l2tlb_hit_penalty_(timing.l2tlb_hit_penalty),
      longest_answer_(longest_answer(parameters, timing)) {
  if (const std::string text = missing_memory(parameters, memory); !text.empty()) {
    throw std::invalid_argument(text);
  }
  InputPins in;
  in.rst_n = false;
  device_->step(in);
  out_ = device_->step({});
}

void PinEngine::step(const InputPins& in) {
  if (memory_.connected()) {
    InputPins with_memory = in;
    memory_.drive(out_, now_, with_memory);
    out_ = device_->step(with_memory);
  } else {
    out_ = device_->step(in);
  }
  now_ += kOne;
  count_events(out_.perf_event, counters_);
}

void PinEngine::begin_call() {
  memory_.begin_call();
  fetch_ = {};
  data_ = {};
}

void PinEngine::wait_since(Cycles accepted) {
  if (now_ - accepted > longest_answer_ + memory_.loading()) {
    throw std::logic_error("the device does not answer");
  }
  step({});
}

// Only the L2 port's timer moves while nothing is outstanding (docs/pins.md 5), so that further
// idle cycles need not be stepped.
void PinEngine::advance(Cycles duration) {
  Cycles left = duration;
  while (left != Cycles(0) && idle_ < l2tlb_accept_) {
    step({});
    idle_ += kOne;
    left -= kOne;
  }
  if (left != Cycles(0)) {
    now_ += left;
    out_.i_rsp_valid = false;
    out_.d_rsp_valid = false;
    out_.instr_done = false;
    out_.perf_event = 0;
  }
}

/// How much longer an access that misses L1 now would wait for the L2 port than it does in the
/// device.
Cycles PinEngine::l2_wait() const {
  const Cycles first_slot = now_ + kOne;
  return std::max(first_slot, l2_port_.free) - std::max(first_slot, l2_port_.device_free);
}

/// The edge of a response that is on the pins now, `wait` later if it comes from L2.
Cycles PinEngine::note_response(bool fetch, Cycles wait) {
  const std::uint32_t events = out_.perf_event & (fetch ? kFetchL2Events : kDataL2Events);
  (fetch ? fetch_ : data_) = {events, now_, memory_.bus_errors()};
  return events == 0 ? now_ : now_ + wait;
}

/// What the responses of a call tell of the L2 port. A machine check comes from memory, or from
/// several matches: of a pair data is walked first, if at all, so that the first bus error is that
/// of data if data ends so.
void PinEngine::note_slots(Cycles wait) {
  const bool data_error = (data_.events & kMachineChecks) != 0 && data_.bus_errors > 0;
  const unsigned others = data_error ? 1 : 0;
  const bool fetch_error = (fetch_.events & kMachineChecks) != 0 && fetch_.bus_errors > others;
  note_slot(data_, data_error);
  note_slot(fetch_, fetch_error);
  if (((data_.events | fetch_.events) & kL2Events) != 0) {
    l2_port_.free = l2_port_.device_free + wait;
  }
}

/// A walk has its slot at the edge before its response, a lookup as early as its penalty says. Of
/// two responses the later one may have had the earlier slot.
void PinEngine::note_slot(const Answered& answered, bool bus_error) {
  if (answered.events == 0) {
    return;
  }
  const bool ends_walk = bus_error || (answered.events & kWalkFaults) != 0;
  const Cycles since_slot = ends_walk ? kOne : l2tlb_hit_penalty_;
  l2_port_.device_free =
      std::max(l2_port_.device_free, answered.cycle + l2tlb_accept_ - since_slot);
}

/// Time goes on, the device does not.
void PinEngine::end_at(Cycles done) {
  l2_port_.device_free += done - now_;
  now_ = done;
  idle_ = Cycles(0);
}

Translation PinEngine::access(const Access& access) {
  const bool fetch = access.kind == AccessKind::Fetch;
  require_ready(fetch ? out_.i_req_ready : out_.d_req_ready);
  InputPins in;
  fetch ? put_fetch(in, access) : put_data(in, access);
  const Cycles accepted = now_;
  const Cycles wait = l2_wait();
  begin_call();
  step(in);
  while (!(fetch ? out_.i_rsp_valid : out_.d_rsp_valid)) {
    wait_since(accepted);
  }
  const Cycles done = note_response(fetch, wait);
  note_slots(wait);
  end_at(done);
  return fetch ? fetch_response(out_, now_) : data_response(out_, now_);
}

std::pair<Translation, Translation> PinEngine::access_pair(const Access& fetch,
                                                           const Access& data) {
  require_ready(out_.i_req_ready && out_.d_req_ready);
  InputPins in;
  put_fetch(in, fetch);
  put_data(in, data);
  std::pair<Translation, Translation> responses;
  bool fetched = false;
  bool loaded = false;
  const Cycles accepted = now_;
  const Cycles wait = l2_wait();
  begin_call();
  for (step(in);; wait_since(accepted)) {
    if (out_.d_rsp_valid) {
      responses.second = data_response(out_, note_response(false, wait));
      loaded = true;
    }
    if (out_.i_rsp_valid) {
      responses.first = fetch_response(out_, note_response(true, wait));
      fetched = true;
    }
    if (fetched && loaded) {
      break;
    }
  }
  note_slots(wait);
  end_at(std::max(responses.first.done, responses.second.done));
  return responses;
}

mmu::Completion PinEngine::execute(const Instruction& instruction) {
  require_ready(out_.instr_ready);
  const Cycles accepted = now_;
  step(pins_of(instruction));
  while (!out_.instr_done) {
    wait_since(accepted);
  }
  idle_ = Cycles(0);
  return {now_, static_cast<mmu::Trap>(out_.instr_trap), out_.instr_value};
}

std::uint32_t PinEngine::untimed(Opcode opcode, Spr spr, std::uint32_t operand) const {
  Instruction instruction;
  instruction.opcode = opcode;
  instruction.spr = spr;
  instruction.operand = operand;
  const OutputPins* out = &device_->step(pins_of(instruction));
  while (!out->instr_done) {
    out = &device_->step({});
  }
  return out->instr_value;
}

mmu::TlbEntry PinEngine::read_entry(mmu::TlbArray array, std::uint32_t set,
                                    std::uint32_t slot) const {
  const bool tlb1 = array == mmu::TlbArray::Tlb1;
  untimed(Opcode::Mtspr, Spr::Mas0,
          mmu::mas0::kTlbsel.at(tlb1 ? 1 : 0) | mmu::mas0::kEsel.at(slot));
  untimed(Opcode::Mtspr, Spr::Mas2, set << kPageShift);
  untimed(Opcode::Tlbre, Spr::Mas0, 0);
  mmu::TlbEntry entry;
  entry.array = array;
  entry.set = static_cast<std::uint16_t>(set);
  entry.slot = static_cast<std::uint16_t>(slot);
  entry.mas1 = untimed(Opcode::Mfspr, Spr::Mas1, 0);
  entry.mas2 = untimed(Opcode::Mfspr, Spr::Mas2, 0);
  entry.mas3 = untimed(Opcode::Mfspr, Spr::Mas3, 0);
  entry.mas7 = untimed(Opcode::Mfspr, Spr::Mas7, 0);
  entry.mas8 = parameters_.has_ehv ? untimed(Opcode::Mfspr, Spr::Mas8, 0) : 0;
  const bool has_indirect = parameters_.hardware_walker == mmu::HardwareWalker::E6500;
  entry.indirect = has_indirect && tlb1 && mmu::mas1::kInd.of(entry.mas1) != 0;
  return entry;
}

std::vector<mmu::TlbEntry> PinEngine::valid_entries() const {
  static constexpr std::array kWrittenByTlbre{Spr::Mas0, Spr::Mas1, Spr::Mas2,
                                              Spr::Mas3, Spr::Mas7, Spr::Mas8};
  const std::size_t saved_count = kWrittenByTlbre.size() - (parameters_.has_ehv ? 0 : 1);
  std::array<std::uint32_t, kWrittenByTlbre.size()> saved{};
  for (std::size_t i = 0; i < saved_count; ++i) {
    saved[i] = untimed(Opcode::Mfspr, kWrittenByTlbre[i], 0);
  }
  std::vector<mmu::TlbEntry> valid;
  const auto add = [&](const mmu::TlbEntry& entry) {
    if (entry.valid()) {
      valid.push_back(entry);
    }
  };
  for (std::uint32_t set = 0; set < parameters_.tlb0_sets; ++set) {
    for (std::uint32_t way = 0; way < parameters_.tlb0_ways; ++way) {
      add(read_entry(mmu::TlbArray::Tlb0, set, way));
    }
  }
  for (std::uint32_t index = 0; index < parameters_.tlb1_entries; ++index) {
    add(read_entry(mmu::TlbArray::Tlb1, 0, index));
  }
  for (std::size_t i = 0; i < saved_count; ++i) {
    untimed(Opcode::Mtspr, kWrittenByTlbre[i], saved[i]);
  }
  l2_port_.device_free = Cycles(0);
  return valid;
}

}  // namespace tessera::clocked
