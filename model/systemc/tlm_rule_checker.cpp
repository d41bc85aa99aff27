#include "model/systemc/tlm_rule_checker.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

namespace tessera::systemc {

namespace {

// In the order of TlmRule.
constexpr std::array<const char*, kTlmRules> kRuleTexts{
    "b_transport called from an SC_METHOD (IEEE 1666-2011, 11.1.1)",
    "response status on entry is not TLM_INCOMPLETE_RESPONSE (14.17)",
    "DMI hint on entry is not false (14.16)",
    "option on entry is not TLM_MIN_PAYLOAD (14.8)",
    "data pointer is null (14.11)",
    "data length is 0 (14.12)",
    "byte enables of length 0 (14.14)",
    "byte enable is neither 0x00 nor 0xff (14.14)",
    "streaming width is 0 (14.15)",
    "address of the last byte is beyond 64 bits (14.10)",
    "response status on return is TLM_INCOMPLETE_RESPONSE (14.17)",
    "target changed an attribute that only an initiator may set (14.7)",
    "target changed the data of a write (14.7)",
    "extension left behind, and there is no memory manager (14.5)",
    "target made time run backwards (11.1.1)",
    "DMI descriptor on entry is not in its initial state (11.2.5)",
    "DMI asked for with neither a read nor a write (11.2.5)",
    "DMI granted without a pointer, around the address, or without what was asked for (11.2.5)",
    "invalidated DMI range ends before it begins (11.2.6)",
    "DMI asked for within its invalidation (11.2.6)",
    "data pointer of a debug transaction is null (11.3.4)",
    "debug transport returned more bytes than asked for (11.3.4)",
    "debug transport let time pass (11.3)",
};

std::vector<unsigned char> copy_of(const unsigned char* bytes, unsigned length) {
  return bytes != nullptr ? std::vector<unsigned char>(bytes, bytes + length)
                          : std::vector<unsigned char>();
}

/// All that a target must leave alone; the address it may not, but an interconnect may.
struct Fixed {
  explicit Fixed(const tlm::tlm_generic_payload& p)
      : attributes(p.get_command(), p.get_data_ptr(), p.get_data_length(), p.get_byte_enable_ptr(),
                   p.get_byte_enable_length(), p.get_streaming_width()),
        byte_enables(copy_of(p.get_byte_enable_ptr(), p.get_byte_enable_length())) {
    if (p.is_write()) data = copy_of(p.get_data_ptr(), p.get_data_length());
  }

  std::tuple<tlm::tlm_command, unsigned char*, unsigned, unsigned char*, unsigned, unsigned>
      attributes;
  std::vector<unsigned char> byte_enables;
  std::vector<unsigned char> data;
};

unsigned extensions_of(const tlm::tlm_generic_payload& payload) {
  unsigned count = 0;
  for (unsigned i = 0; i < tlm::max_num_extensions(); ++i) {
    count += payload.get_extension(i) != nullptr ? 1 : 0;
  }
  return count;
}

bool is_initial(const tlm::tlm_dmi& dmi) {
  return dmi.get_dmi_ptr() == nullptr && dmi.is_none_allowed() && dmi.get_start_address() == 0 &&
         dmi.get_end_address() == std::numeric_limits<sc_dt::uint64>::max() &&
         dmi.get_read_latency() == sc_core::SC_ZERO_TIME &&
         dmi.get_write_latency() == sc_core::SC_ZERO_TIME;
}

}  // namespace

TlmRuleChecker::TlmRuleChecker(const sc_core::sc_module_name& name) : sc_module(name) {
  target_socket.register_b_transport(this, &TlmRuleChecker::b_transport);
  target_socket.register_nb_transport_fw(this, &TlmRuleChecker::nb_transport_fw);
  target_socket.register_transport_dbg(this, &TlmRuleChecker::transport_dbg);
  target_socket.register_get_direct_mem_ptr(this, &TlmRuleChecker::get_direct_mem_ptr);
  initiator_socket.register_nb_transport_bw(this, &TlmRuleChecker::nb_transport_bw);
  initiator_socket.register_invalidate_direct_mem_ptr(this,
                                                      &TlmRuleChecker::invalidate_direct_mem_ptr);
}

std::uint64_t TlmRuleChecker::broken() const {
  return std::accumulate(broken_.begin(), broken_.end(), std::uint64_t{0});
}

void TlmRuleChecker::insist(bool kept, TlmRule rule) {
  if (kept) return;
  const auto number = static_cast<std::size_t>(rule);
  ++broken_.at(number);
  SC_REPORT_ERROR(name(), kRuleTexts.at(number));
}

void TlmRuleChecker::check_data(const tlm::tlm_generic_payload& payload) {
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return;
  insist(payload.get_data_ptr() != nullptr, TlmRule::DataPointer);
  insist(payload.get_data_length() != 0, TlmRule::DataLength);
  const std::uint64_t bytes = std::min(payload.get_data_length(), payload.get_streaming_width());
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  insist(bytes == 0 || payload.get_address() <= most - (bytes - 1), TlmRule::AddressRange);
}

void TlmRuleChecker::check_entry(const tlm::tlm_generic_payload& payload) {
  insist(sc_core::sc_get_current_process_handle().proc_kind() != sc_core::SC_METHOD_PROC_,
         TlmRule::MethodProcess);
  insist(payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE, TlmRule::ResponseOnEntry);
  insist(!payload.is_dmi_allowed(), TlmRule::DmiHintOnEntry);
  insist(payload.get_gp_option() == tlm::TLM_MIN_PAYLOAD, TlmRule::OptionOnEntry);
  insist(payload.get_streaming_width() != 0, TlmRule::StreamingWidth);
  check_data(payload);
  const unsigned char* enables = payload.get_byte_enable_ptr();
  if (enables == nullptr) return;
  insist(payload.get_byte_enable_length() != 0, TlmRule::ByteEnableLength);
  insist(
      std::all_of(enables, enables + payload.get_byte_enable_length(),
                  [](unsigned char e) { return e == TLM_BYTE_DISABLED || e == TLM_BYTE_ENABLED; }),
      TlmRule::ByteEnableValue);
}

void TlmRuleChecker::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  ++calls_;
  check_entry(payload);
  const Fixed before(payload);
  const unsigned extensions = extensions_of(payload);
  const sc_core::sc_time start = sc_core::sc_time_stamp() + delay;
  initiator_socket->b_transport(payload, delay);
  const Fixed after(payload);
  insist(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE, TlmRule::ResponseOnReturn);
  insist(after.attributes == before.attributes && after.byte_enables == before.byte_enables,
         TlmRule::AttributeChanged);
  insist(after.data == before.data, TlmRule::DataChanged);
  insist(payload.has_mm() || extensions_of(payload) <= extensions, TlmRule::ExtensionLeft);
  insist(sc_core::sc_time_stamp() + delay >= start, TlmRule::TimeRunsBackwards);
}

tlm::tlm_sync_enum TlmRuleChecker::nb_transport_fw(tlm::tlm_generic_payload& payload,
                                                   tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  return initiator_socket->nb_transport_fw(payload, phase, delay);
}

tlm::tlm_sync_enum TlmRuleChecker::nb_transport_bw(tlm::tlm_generic_payload& payload,
                                                   tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  return target_socket->nb_transport_bw(payload, phase, delay);
}

unsigned TlmRuleChecker::transport_dbg(tlm::tlm_generic_payload& payload) {
  ++calls_;
  insist(payload.get_data_length() == 0 || payload.get_data_ptr() != nullptr,
         TlmRule::DebugDataPointer);
  const Fixed before(payload);
  const std::uint64_t start = sc_core::sc_time_stamp().value();
  const unsigned count = initiator_socket->transport_dbg(payload);
  const Fixed after(payload);
  insist(count <= payload.get_data_length(), TlmRule::DebugCount);
  insist(after.attributes == before.attributes, TlmRule::AttributeChanged);
  insist(after.data == before.data, TlmRule::DataChanged);
  insist(sc_core::sc_time_stamp().value() == start, TlmRule::DebugTime);
  return count;
}

void TlmRuleChecker::check_grant(const tlm::tlm_generic_payload& payload, std::uint64_t address,
                                 const tlm::tlm_dmi& dmi) {
  const bool around = dmi.get_start_address() <= address && address <= dmi.get_end_address();
  const bool wanted = payload.is_write() ? dmi.is_write_allowed() : dmi.is_read_allowed();
  insist(dmi.get_dmi_ptr() != nullptr && around && wanted, TlmRule::DmiGrant);
}

bool TlmRuleChecker::get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  ++calls_;
  insist(invalidations_ == 0, TlmRule::DmiReentry);
  insist(payload.is_read() || payload.is_write(), TlmRule::DmiCommand);
  insist(is_initial(dmi), TlmRule::DmiDescriptor);
  const std::uint64_t address = payload.get_address();
  const bool granted = initiator_socket->get_direct_mem_ptr(payload, dmi);
  if (granted) check_grant(payload, address, dmi);
  return granted;
}

void TlmRuleChecker::invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) {
  ++calls_;
  insist(first <= last, TlmRule::DmiRange);
  ++invalidations_;
  target_socket->invalidate_direct_mem_ptr(first, last);
  --invalidations_;
}

}  // namespace tessera::systemc
