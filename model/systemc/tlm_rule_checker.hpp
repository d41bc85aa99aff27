#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

namespace tessera::systemc {

/// The rules of the TLM-2.0 base protocol that a TlmRuleChecker knows; clauses of IEEE 1666-2011.
enum class TlmRule : std::uint8_t {
  MethodProcess,      ///< 11.1.1: b_transport is not called from an SC_METHOD
  ResponseOnEntry,    ///< 14.17: the initiator sets TLM_INCOMPLETE_RESPONSE
  DmiHintOnEntry,     ///< 14.16: the initiator clears the DMI hint
  OptionOnEntry,      ///< 14.8: a new transaction has TLM_MIN_PAYLOAD
  DataPointer,        ///< 14.11: reads and writes have data
  DataLength,         ///< 14.12: at least one byte
  ByteEnableLength,   ///< 14.14: byte enables have a length
  ByteEnableValue,    ///< 14.14: and are 0x00 or 0xff
  StreamingWidth,     ///< 14.15: is not 0
  AddressRange,       ///< 14.10: the last byte has a 64-bit address
  ResponseOnReturn,   ///< 14.17: the target has set a response status
  AttributeChanged,   ///< 14.7: nobody changes command, pointers, lengths, widths, byte enables
  DataChanged,        ///< 14.7: nobody changes the data of a write
  ExtensionLeft,      ///< 14.5: no extension stays behind without a memory manager
  TimeRunsBackwards,  ///< 11.1.1: sc_time_stamp() + delay does not decrease
  DmiDescriptor,      ///< 11.2.5: the initiator passes an initialised descriptor
  DmiCommand,         ///< 11.2.5: DMI is asked for reads or for writes
  DmiGrant,           ///< 11.2.5: a grant has a pointer, the address, and what was asked for
  DmiRange,           ///< 11.2.6: an invalidated range does not end before it begins
  DmiReentry,         ///< 11.2.6: an invalidation does not ask for DMI again
  DebugDataPointer,   ///< 11.3.4: a debug transaction with bytes has data
  DebugCount,         ///< 11.3.4: no more bytes come back than were asked for
  DebugTime,          ///< 11.3: debug transport does not wait
};
inline constexpr std::size_t kTlmRules = 23;  ///< how many rules there are

/// Stands between an initiator and a target and changes nothing. A transaction that breaks a rule
/// is counted and an SC_ERROR with the checker's name, which by default throws and so stops the
/// simulation at the culprit. Non-blocking transport passes unseen.
class TlmRuleChecker : public sc_core::sc_module {
 public:
  /// Towards the initiator.
  tlm_utils::simple_target_socket<TlmRuleChecker> target_socket{"target_socket"};
  /// Towards the target.
  tlm_utils::simple_initiator_socket<TlmRuleChecker> initiator_socket{"initiator_socket"};

  /// No rule is broken yet.
  explicit TlmRuleChecker(const sc_core::sc_module_name& name);

  /// How often the rule was broken.
  std::uint64_t broken(TlmRule rule) const { return broken_.at(static_cast<std::size_t>(rule)); }
  /// How often any was.
  std::uint64_t broken() const;
  /// Calls that were looked at, of b_transport, get_direct_mem_ptr, transport_dbg and back.
  std::uint64_t calls() const { return calls_; }

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  unsigned transport_dbg(tlm::tlm_generic_payload& payload);
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last);

  void insist(bool kept, TlmRule rule);
  void check_entry(const tlm::tlm_generic_payload& payload);
  void check_data(const tlm::tlm_generic_payload& payload);
  void check_grant(const tlm::tlm_generic_payload& payload, std::uint64_t address,
                   const tlm::tlm_dmi& dmi);

  std::array<std::uint64_t, kTlmRules> broken_{};
  std::uint64_t calls_ = 0;
  unsigned invalidations_ = 0;  ///< that have not returned yet
};

}  // namespace tessera::systemc
