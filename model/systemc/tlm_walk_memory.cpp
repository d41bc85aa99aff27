#include "model/systemc/tlm_walk_memory.hpp"

#include <algorithm>

namespace tessera::systemc {

namespace {

constexpr unsigned kWordBytes = 4;
constexpr unsigned kDoubleBytes = 8;
/// From an access to its first load: this and the L2 lookup (docs/walkers.md W7).
constexpr Cycles kToWalker{2};

/// A read that no target has seen yet (IEEE 1666-2011, 14.7).
void prepare(tlm::tlm_generic_payload& payload, RealAddress ra, WalkBytes& bytes, bool is_double) {
  const unsigned length = is_double ? kDoubleBytes : kWordBytes;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(ra.value());
  payload.set_data_ptr(bytes.data());
  payload.set_data_length(length);
  payload.set_streaming_width(length);
  payload.set_byte_enable_ptr(nullptr);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
}

std::uint64_t big_endian(const WalkBytes& bytes, bool is_double) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < (is_double ? kDoubleBytes : kWordBytes); ++i) {
    value = value << 8 | bytes.at(i);
  }
  return value;
}

/// True as long as it lives, exceptions of the memory included.
class BusyWhile {
 public:
  explicit BusyWhile(bool& busy) : busy_(busy) { busy_ = true; }
  BusyWhile(const BusyWhile&) = delete;
  BusyWhile& operator=(const BusyWhile&) = delete;
  ~BusyWhile() { busy_ = false; }

 private:
  bool& busy_;
};

/// In units of the time resolution.
std::uint64_t now() { return sc_core::sc_time_stamp().value(); }

}  // namespace

TlmWalkMemory::TlmWalkMemory(Socket& socket, const EngineClock& clock, const mmu::Timing& timing)
    : socket_(socket),
      clock_(clock),
      lead_(clock.duration_of(timing.l2tlb_hit_penalty + kToWalker).value()) {}

mmu::WalkLoad TlmWalkMemory::load(RealAddress ra, bool is_double) {
  prepare(payload_, ra, bytes_, is_double);
  const BusyWhile busy(busy_);
  auto delay = sc_core::sc_time::from_value(request_ - now());
  socket_->b_transport(payload_, delay);
  const std::uint64_t answered = std::max<std::uint64_t>(now() + delay.value(), request_);
  const Cycles latency = std::max(clock_.cycles_begun(answered - request_), Cycles(1));
  request_ += clock_.duration_of(latency + Cycles(1)).value();
  return {big_endian(bytes_, is_double), latency, !payload_.is_response_ok()};
}

mmu::WalkLoad TlmWalkMemory::peek(RealAddress ra, bool is_double) const {
  WalkBytes bytes{};
  tlm::tlm_generic_payload payload;
  prepare(payload, ra, bytes, is_double);
  const bool all = socket_->transport_dbg(payload) == payload.get_data_length();
  return {big_endian(bytes, is_double), Cycles(1), !all};
}

}  // namespace tessera::systemc
