#include "model/clocked/memory_port.hpp"

#include <stdexcept>

namespace tessera::clocked {
namespace {

// Two walks, one a port, of two loads each.
constexpr unsigned kMostLoads = 4;

}  // namespace

void MemoryPort::begin_call() {
  loads_ = 0;
  loading_ = Cycles(0);
  bus_errors_ = 0;
}

void MemoryPort::drive(const OutputPins& shown, Cycles now, InputPins& in) {
  in.mem_req_ready = true;
  if (answering_ && answered_ == now) {
    answering_ = false;
    in.mem_rsp_valid = true;
    in.mem_rsp_error = answer_.error;
    in.mem_rsp_data = answer_.data;
    bus_errors_ += answer_.error ? 1 : 0;
  }
  if (!shown.mem_req_valid) {
    return;
  }
  if (++loads_ > kMostLoads) {
    throw std::logic_error("the device reads memory without end");
  }
  answer_ = memory_->load(RealAddress(shown.mem_req_ra), shown.mem_req_double);
  answering_ = true;
  answered_ = now + answer_.latency;
  loading_ += answer_.latency;
}

}  // namespace tessera::clocked
