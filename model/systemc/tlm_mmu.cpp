#include "model/systemc/tlm_mmu.hpp"

#include <string>

namespace tessera::systemc {

namespace {

constexpr std::uint64_t kEaLimit = std::uint64_t{1} << 32;

tlm::tlm_response_status status_of(mmu::Outcome outcome) {
  switch (outcome) {
    case mmu::Outcome::Translated:
      return tlm::TLM_OK_RESPONSE;
    case mmu::Outcome::DataTlbError:
    case mmu::Outcome::InstructionTlbError:
      return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    case mmu::Outcome::DataStorage:
    case mmu::Outcome::InstructionStorage:
      return tlm::TLM_COMMAND_ERROR_RESPONSE;
    case mmu::Outcome::MachineCheck:
      break;
  }
  return tlm::TLM_GENERIC_ERROR_RESPONSE;
}

/// Attributes that no target can do anything with (IEEE 1666-2011, 14.11 to 14.15).
tlm::tlm_response_status status_of_data(const tlm::tlm_generic_payload& payload) {
  if (payload.get_data_ptr() == nullptr) return tlm::TLM_GENERIC_ERROR_RESPONSE;
  if (payload.get_data_length() == 0) return tlm::TLM_BURST_ERROR_RESPONSE;
  if (payload.get_streaming_width() == 0) return tlm::TLM_BURST_ERROR_RESPONSE;
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0) {
    return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  }
  return tlm::TLM_OK_RESPONSE;
}

}  // namespace

TlmMmu::TlmMmu(const sc_core::sc_module_name& name, const mmu::Parameters& parameters,
               const mmu::Timing& timing, const sc_core::sc_time& clock_period)
    : sc_module(name),
      parameters_(parameters),
      clock_(clock_period),
      walk_memory_(initiator_socket, clock_, timing),
      engine_(parameters, timing, &walk_memory_),
      hit_time_(clock_.duration_of(Cycles(1) + timing.l1tlb_hit_extra)) {
  target_socket.register_b_transport(this, &TlmMmu::b_transport);
  target_socket.register_transport_dbg(this, &TlmMmu::transport_dbg);
  target_socket.register_get_direct_mem_ptr(this, &TlmMmu::get_direct_mem_ptr);
  initiator_socket.register_invalidate_direct_mem_ptr(this, &TlmMmu::invalidate_direct_mem_ptr);
}

bool TlmMmu::complain_of_waiting() const {
  SC_REPORT_ERROR(name(),
                  "called while the memory waits in a hardware walker's load: such a memory serves "
                  "one initiator; for more it must add to the delay and not wait");
  return false;
}

/// Calls the engine at sc_time_stamp() + delay and charges what that takes. Of that, time in which
/// memory has waited in a walker's load is over.
template <class Call>
auto TlmMmu::timed(sc_core::sc_time& delay, Call call) {
  const std::uint64_t start = simcontext()->time_stamp().value() + delay.value();
  engine_.advance(clock_.idle_until(start));
  walk_memory_.accept(start);
  const Cycles before = engine_.now();
  const auto result = call();
  const std::uint64_t end = start + clock_.pass(result.done - before).value();
  delay = sc_core::sc_time::from_value(end - simcontext()->time_stamp().value());
  return result;
}

/// The access that a transaction stands for. What is no access of this core is refused: an EA
/// above 32 bits, TLM_IGNORE_COMMAND, a fetch that writes or has an external PID.
tlm::tlm_response_status TlmMmu::read(const tlm::tlm_generic_payload& payload,
                                      mmu::Access& access) const {
  const auto* extension = payload.get_extension<MmuExtension>();
  const AccessContext& context = extension != nullptr ? extension->context : default_context_;
  const bool write = payload.is_write();
  if (!write && !payload.is_read()) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (context.fetch && (write || context.external_pid)) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (context.external_pid && !parameters_.has_external_pid) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (payload.get_address() >= kEaLimit) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  access.ea = EffectiveAddress(static_cast<std::uint32_t>(payload.get_address()));
  access.kind = write           ? mmu::AccessKind::Store
                : context.fetch ? mmu::AccessKind::Fetch
                                : mmu::AccessKind::Load;
  access.as = context.as;
  access.pr = context.pr;
  access.gs = context.gs;
  access.external_pid = context.external_pid;
  return tlm::TLM_OK_RESPONSE;
}

/// What has no page yet ends in a TLB error, and is asked about again after that; or in a walk,
/// which finds none but of 4 KB.
bool TlmMmu::fits_large_page(const mmu::Access& access, std::uint64_t bytes) const {
  const mmu::Probe probe(engine_.mmu(), access);
  if (probe.page() == nullptr) return !probe.walks();
  const std::uint64_t mask = probe.page()->offset_mask;
  return (access.ea.value() & mask) + bytes <= mask + 1;
}

mmu::Translation TlmMmu::translate(const mmu::Access& access, sc_core::sc_time& delay) {
  const auto call = [&] { return engine_.access(access); };
  if (!engine_.mmu().walks()) return timed(delay, call);
  const Touched touched = touched_by_walk(access.ea, engine_.mmu());
  const std::uint64_t writes = engine_.counters().walk_writes;
  const mmu::Translation translation = timed(delay, call);
  if (engine_.counters().walk_writes != writes) take_back(grants_.withdraw(touched));
  return translation;
}

mmu::Translation TlmMmu::translate_after(const mmu::Access& access, mmu::Translation exception,
                                         sc_core::sc_time& delay) {
  if (!handler_) return exception;
  for (unsigned retries = 0; retries < kMostRetries; ++retries) {
    if (handler_(access, exception, delay) == Resolution::Fail) return exception;
    exception = translate(access, delay);
    if (exception.outcome == mmu::Outcome::Translated) return exception;
  }
  const std::string text = "the exception handler had the access to EA " +
                           std::to_string(access.ea.value()) + " retried " +
                           std::to_string(kMostRetries) + " times, and it still fails";
  SC_REPORT_ERROR(name(), text.c_str());
  return exception;
}

void TlmMmu::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  if (!is_free()) return payload.set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
  mmu::Access access;
  tlm::tlm_response_status status = read(payload, access);
  if (status == tlm::TLM_OK_RESPONSE) status = status_of_data(payload);
  if (status == tlm::TLM_OK_RESPONSE && !fits(payload, access)) {
    status = tlm::TLM_BURST_ERROR_RESPONSE;
  }
  if (status != tlm::TLM_OK_RESPONSE) return payload.set_response_status(status);
  mmu::Translation translation = translate(access, delay);
  if (translation.outcome != mmu::Outcome::Translated) {
    translation = translate_after(access, translation, delay);
    status = status_of(translation.outcome);
    if (status == tlm::TLM_OK_RESPONSE && !fits(payload, access)) {
      status = tlm::TLM_BURST_ERROR_RESPONSE;
    }
    if (status != tlm::TLM_OK_RESPONSE) return payload.set_response_status(status);
  }
  payload.set_address(translation.ra.value());
  initiator_socket->b_transport(payload, delay);
  payload.set_address(access.ea.value());
}

mmu::Completion TlmMmu::execute(const mmu::Instruction& instruction, sc_core::sc_time& delay) {
  if (!is_free()) return {engine_.now(), mmu::Trap::MachineCheck};
  const Touched touched = grants_.empty() ? Touched() : touched_by(instruction, engine_.mmu());
  const mmu::Completion completion = timed(delay, [&] { return engine_.execute(instruction); });
  if (completion.trap == mmu::Trap::None) take_back(grants_.withdraw(touched));
  return completion;
}

void TlmMmu::snoop(std::uint32_t operand, std::uint32_t lpid) {
  if (!is_free()) return;
  engine_.snoop(operand, lpid);
  take_back(grants_.withdraw(touched_by_snoop(operand)));
}

}  // namespace tessera::systemc
