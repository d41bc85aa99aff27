#pragma once

#include <cstdint>

#include <tlm_utils/simple_target_socket.h>

#include "tb/unit/clocked/random_memory.hpp"

namespace tessera::systemc {

/// All real addresses there are. A walker's loads, of 4 or 8 bytes, get the answers of a
/// RandomMemory, their latency less a part of a cycle; single bytes, which are the accesses of
/// TestInitiator, are answered at once. DMI goes to one byte and must not be used.
class WalkedTarget : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<WalkedTarget> socket{"socket"};
  std::uint64_t address = 0;  ///< of the last access

  WalkedTarget(const sc_core::sc_module_name& name, unsigned seed, const sc_core::sc_time& period)
      : sc_module(name), memory_(seed), period_(period) {
    socket.register_b_transport(this, &WalkedTarget::b_transport);
    socket.register_get_direct_mem_ptr(this, &WalkedTarget::get_direct_mem_ptr);
  }

  const clocked::RandomMemory& memory() const { return memory_; }
  /// Where DMI has real address `ra`.
  const unsigned char* at(std::uint64_t ra) const { return &byte_ + ra; }

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    if (payload.get_data_length() == 1) {
      address = payload.get_address();
    } else {
      answer_load(payload, delay);
    }
  }

  void answer_load(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    const unsigned length = payload.get_data_length();
    const mmu::WalkLoad load = memory_.load(RealAddress(payload.get_address()), length == 8);
    for (unsigned i = 0; i < length; ++i) {
      payload.get_data_ptr()[i] = static_cast<unsigned char>(load.data >> (8 * (length - 1 - i)));
    }
    if (load.error) payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    const std::uint64_t missing = payload.get_address() / 4 % period_.value();
    delay += sc_core::sc_time::from_value(load.latency.value() * period_.value() - missing);
  }

  bool get_direct_mem_ptr(tlm::tlm_generic_payload& /*payload*/, tlm::tlm_dmi& dmi) {
    dmi.set_dmi_ptr(&byte_);
    dmi.allow_read_write();
    return true;
  }

  clocked::RandomMemory memory_;
  sc_core::sc_time period_;
  unsigned char byte_ = 0;
};

}  // namespace tessera::systemc
