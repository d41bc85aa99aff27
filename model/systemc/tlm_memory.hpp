#pragma once

#include <cstdint>
#include <vector>

#include <tlm_utils/simple_target_socket.h>

#include "model/types/units.hpp"

namespace tessera::systemc {

/// RAM behind a TLM-2.0 socket, loosely timed, for examples and tests: bytes in the order in which
/// they come, byte enables, DMI, debug transport. Streaming is refused with
/// TLM_BURST_ERROR_RESPONSE, an address outside with TLM_ADDRESS_ERROR_RESPONSE.
class TlmMemory : public sc_core::sc_module {
 public:
  /// b_transport, DMI and debug transport arrive here.
  tlm_utils::simple_target_socket<TlmMemory> socket{"socket"};

  /// `size` bytes of 0 from real address `base` on; each transaction takes `latency`.
  TlmMemory(const sc_core::sc_module_name& name, RealAddress base, Bytes size,
            const sc_core::sc_time& latency);

  /// Whether DMI is granted; it is at first. Taking it away takes back what was granted.
  void allow_dmi(bool allowed);

  /// Takes back DMI for these real addresses.
  void take_back(RealAddress first, RealAddress last);

  /// The contents, from the base on.
  std::vector<unsigned char>& bytes() { return bytes_; }

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned transport_dbg(tlm::tlm_generic_payload& payload);
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  bool holds(std::uint64_t address, std::uint64_t length) const;
  void copy(const tlm::tlm_generic_payload& payload);
  void copy_enabled(const tlm::tlm_generic_payload& payload);

  std::uint64_t base_;
  std::vector<unsigned char> bytes_;
  sc_core::sc_time latency_;
  bool dmi_allowed_ = true;
};

}  // namespace tessera::systemc
