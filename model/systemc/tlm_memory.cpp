#include "model/systemc/tlm_memory.hpp"

#include <cstring>

namespace tessera::systemc {

TlmMemory::TlmMemory(const sc_core::sc_module_name& name, RealAddress base, Bytes size,
                     const sc_core::sc_time& latency)
    : sc_module(name), base_(base.value()), bytes_(size.value()), latency_(latency) {
  socket.register_b_transport(this, &TlmMemory::b_transport);
  socket.register_transport_dbg(this, &TlmMemory::transport_dbg);
  socket.register_get_direct_mem_ptr(this, &TlmMemory::get_direct_mem_ptr);
}

void TlmMemory::allow_dmi(bool allowed) {
  dmi_allowed_ = allowed;
  if (!allowed) take_back(RealAddress(base_), RealAddress(base_ + bytes_.size() - 1));
}

void TlmMemory::take_back(RealAddress first, RealAddress last) {
  socket->invalidate_direct_mem_ptr(first.value(), last.value());
}

bool TlmMemory::holds(std::uint64_t address, std::uint64_t length) const {
  return length > 0 && address >= base_ && length <= bytes_.size() &&
         address - base_ <= bytes_.size() - length;
}

void TlmMemory::copy(const tlm::tlm_generic_payload& payload) {
  unsigned char* cell = &bytes_[payload.get_address() - base_];
  if (payload.is_read()) {
    std::memcpy(payload.get_data_ptr(), cell, payload.get_data_length());
  } else if (payload.is_write()) {
    std::memcpy(cell, payload.get_data_ptr(), payload.get_data_length());
  }
}

void TlmMemory::copy_enabled(const tlm::tlm_generic_payload& payload) {
  unsigned char* cell = &bytes_[payload.get_address() - base_];
  for (unsigned i = 0; i < payload.get_data_length(); ++i) {
    const unsigned char enable =
        payload.get_byte_enable_ptr()[i % payload.get_byte_enable_length()];
    if (enable != TLM_BYTE_ENABLED) continue;
    unsigned char& byte = payload.get_data_ptr()[i];
    (payload.is_read() ? byte : cell[i]) = payload.is_read() ? cell[i] : byte;
  }
}

void TlmMemory::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  if (!holds(payload.get_address(), payload.get_data_length())) {
    return payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  if (payload.get_streaming_width() < payload.get_data_length()) {
    return payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
  }
  if (payload.get_byte_enable_ptr() == nullptr) {
    copy(payload);
  } else {
    copy_enabled(payload);
  }
  delay += latency_;
  payload.set_dmi_allowed(dmi_allowed_);
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

unsigned TlmMemory::transport_dbg(tlm::tlm_generic_payload& payload) {
  if (!holds(payload.get_address(), payload.get_data_length())) return 0;
  copy(payload);
  return payload.get_data_length();
}

bool TlmMemory::get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  if (!dmi_allowed_ || !holds(payload.get_address(), 1)) return false;
  dmi.set_dmi_ptr(bytes_.data());
  dmi.set_start_address(base_);
  dmi.set_end_address(base_ + bytes_.size() - 1);
  dmi.set_read_latency(dmi.get_read_latency() + latency_);
  dmi.set_write_latency(dmi.get_write_latency() + latency_);
  dmi.allow_read_write();
  return true;
}

}  // namespace tessera::systemc
