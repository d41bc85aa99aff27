#include "model/systemc/traffic_generator.hpp"

#include <algorithm>
#include <cstring>

namespace tessera::systemc {

TrafficGenerator::TrafficGenerator(const sc_core::sc_module_name& name, const Traffic& traffic)
    : sc_module(name),
      traffic_(traffic),
      random_(traffic.seed),
      known_(traffic.length.value(), -1),
      extension_(traffic.context) {
  socket.register_invalidate_direct_mem_ptr(this, &TrafficGenerator::invalidate_direct_mem_ptr);
  SC_HAS_PROCESS(TrafficGenerator);
  SC_THREAD(run);
}

void TrafficGenerator::run() {
  if (traffic_.use_context) payload_.set_extension(&extension_);
  payload_.set_data_ptr(static_cast<unsigned char*>(data_));
  time_.reset();
  for (std::uint64_t i = 0; i < traffic_.transactions; ++i) {
    access();
    if (time_.need_sync()) time_.sync();
  }
  time_.sync();
  end_ = sc_core::sc_time_stamp();
  payload_.clear_extension<MmuExtension>();
}

void TrafficGenerator::access() {
  const unsigned bytes = 1U << pick(4);
  const std::uint64_t offset = pick(traffic_.length.value() / bytes) * std::uint64_t{bytes};
  const bool store = pick(100) < traffic_.store_percent;
  const std::uint64_t value = random_();
  payload_.set_command(store ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  payload_.set_address(traffic_.first.value() + offset);
  payload_.set_data_length(bytes);
  payload_.set_streaming_width(bytes);
  payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  payload_.set_dmi_allowed(false);
  if (store) std::memcpy(data_, &value, bytes);
  sc_core::sc_time delay = time_.get_local_time();
  ++result_.transactions;
  if (!by_dmi(delay)) socket->b_transport(payload_, delay);
  time_.set(delay);
  if (payload_.is_response_error()) {
    ++result_.errors;
    return;
  }
  if (store) {
    remember_store();
  } else {
    remember_load();
  }
  if (traffic_.use_dmi && payload_.is_dmi_allowed()) ask_for_dmi();
}

bool TrafficGenerator::by_dmi(sc_core::sc_time& delay) {
  const std::uint64_t first = payload_.get_address();
  const bool store = payload_.is_write();
  const auto pointer =
      std::find_if(pointers_.begin(), pointers_.end(), [&](const tlm::tlm_dmi& dmi) {
        return dmi.get_start_address() <= first &&
               first + payload_.get_data_length() - 1 <= dmi.get_end_address() &&
               (store ? dmi.is_write_allowed() : dmi.is_read_allowed());
      });
  if (pointer == pointers_.end()) return false;
  unsigned char* cell = pointer->get_dmi_ptr() + (first - pointer->get_start_address());
  if (store) {
    std::memcpy(cell, data_, payload_.get_data_length());
    delay += pointer->get_write_latency();
  } else {
    std::memcpy(data_, cell, payload_.get_data_length());
    delay += pointer->get_read_latency();
  }
  payload_.set_response_status(tlm::TLM_OK_RESPONSE);
  ++result_.dmi_accesses;
  return true;
}

void TrafficGenerator::ask_for_dmi() {
  tlm::tlm_dmi dmi;
  if (!socket->get_direct_mem_ptr(payload_, dmi)) return;
  pointers_.push_back(dmi);
  ++result_.dmi_grants;
}

void TrafficGenerator::remember_load() {
  const std::uint64_t offset = payload_.get_address() - traffic_.first.value();
  for (unsigned i = 0; i < payload_.get_data_length(); ++i) {
    std::int16_t& known = known_[offset + i];
    if (known >= 0 && known != data_[i]) ++result_.wrong_bytes;
    known = data_[i];
  }
}

void TrafficGenerator::remember_store() {
  const std::uint64_t offset = payload_.get_address() - traffic_.first.value();
  std::copy_n(&data_[0], payload_.get_data_length(), &known_[offset]);
}

void TrafficGenerator::invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) {
  ++result_.dmi_invalidations;
  const auto kept =
      std::remove_if(pointers_.begin(), pointers_.end(), [&](const tlm::tlm_dmi& dmi) {
        return dmi.get_start_address() <= last && first <= dmi.get_end_address();
      });
  pointers_.erase(kept, pointers_.end());
}

}  // namespace tessera::systemc
