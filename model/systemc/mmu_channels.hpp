#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <systemc>
#include <tuple>

#include "model/clocked/pins.hpp"

namespace tessera::systemc {

/// Some fields of clocked::InputPins or OutputPins that change together, as the value of one
/// signal: `Fields` are pointers to them.
template <class Pins, auto... Fields>
class Channel {
 public:
  Channel() = default;
  /// Takes the fields out of these pins.
  explicit Channel(const Pins& pins) : values_(pins.*Fields...) {}

  /// Puts the fields into their places.
  void copy_to(Pins& pins) const {
    std::apply([&](const auto&... value) { ((pins.*Fields = value), ...); }, values_);
  }

  /// All fields are equal.
  friend bool operator==(const Channel& left, const Channel& right) {
    return left.values_ == right.values_;
  }

  /// For sc_signal::print: the values in order.
  friend std::ostream& operator<<(std::ostream& out, const Channel& channel) {
    std::apply([&](const auto&... value) { ((out << std::uint64_t{value} << ' '), ...); },
               channel.values_);
    return out;
  }

  /// For waves of SystemC's own: the values as name.0, name.1 ...
  friend void sc_trace(sc_core::sc_trace_file* file, const Channel& channel,
                       const std::string& name) {
    unsigned field = 0;
    const auto trace = [&](const auto& value) {
      sc_core::sc_trace(file, value, name + "." + std::to_string(field++));
    };
    std::apply([&](const auto&... value) { (trace(value), ...); }, channel.values_);
  }

 private:
  using Values = decltype(std::tuple(Pins().*Fields...));
  Values values_{};
};

/// What channels of inputs are parts of.
using I = clocked::InputPins;
/// What channels of outputs are parts of.
using O = clocked::OutputPins;

/// The reset.
using Reset = Channel<I, &I::rst_n>;
/// A request on the I port.
using FetchRequest =
    Channel<I, &I::i_req_valid, &I::i_req_ea, &I::i_req_as, &I::i_req_pr, &I::i_req_gs>;
/// A request on the D port.
using DataRequest = Channel<I, &I::d_req_valid, &I::d_req_ea, &I::d_req_store, &I::d_req_as,
                            &I::d_req_pr, &I::d_req_gs, &I::d_req_epid>;
/// An MMU instruction.
using InstructionRequest =
    Channel<I, &I::instr_valid, &I::instr_opcode, &I::instr_operand, &I::instr_t, &I::instr_spr,
            &I::instr_ra_nonzero, &I::instr_pr, &I::instr_gs>;
/// Another core's tlbivax.
using Snoop = Channel<I, &I::snoop_valid, &I::snoop_ea, &I::snoop_lpid>;
/// The memory's side of a walker's loads.
using MemoryAnswer =
    Channel<I, &I::mem_req_ready, &I::mem_rsp_valid, &I::mem_rsp_error, &I::mem_rsp_data>;
/// Which requests are taken in this cycle.
using Ready = Channel<O, &O::i_req_ready, &O::d_req_ready, &O::instr_ready, &O::snoop_ready>;
/// The response on the I port.
using FetchResponse = Channel<O, &O::i_rsp_valid, &O::i_rsp_outcome, &O::i_rsp_ra, &O::i_rsp_wimge,
                              &O::i_rsp_fault_ea>;
/// The response on the D port.
using DataResponse = Channel<O, &O::d_rsp_valid, &O::d_rsp_outcome, &O::d_rsp_ra, &O::d_rsp_wimge,
                             &O::d_rsp_fault_ea, &O::d_rsp_esr>;
/// The end of an MMU instruction.
using InstructionDone = Channel<O, &O::instr_done, &O::instr_trap, &O::instr_value>;
/// A walker's load.
using MemoryRequest = Channel<O, &O::mem_req_valid, &O::mem_req_ra, &O::mem_req_double>;
/// The performance events.
using Events = Channel<O, &O::perf_event>;

/// The ports of module `mmu` but its clock, one a channel, or whatever stands beside each port, as
/// MmuPorts has them pin by pin.
template <template <class> class In, template <class> class Out>
struct MmuChannels {
  In<Reset> rst_ni{"rst_ni"};             ///< reset
  In<FetchRequest> i_req{"i_req"};        ///< a fetch
  In<DataRequest> d_req{"d_req"};         ///< a load or store
  In<InstructionRequest> instr{"instr"};  ///< an MMU instruction
  In<Snoop> snoop{"snoop"};               ///< another core's tlbivax
  In<MemoryAnswer> mem_rsp{"mem_rsp"};    ///< what memory answers

  Out<Ready> ready{"ready"};                      ///< what is taken
  Out<FetchResponse> i_rsp{"i_rsp"};              ///< the fetch's response
  Out<DataResponse> d_rsp{"d_rsp"};               ///< the load's or store's response
  Out<InstructionDone> instr_done{"instr_done"};  ///< the instruction's end
  Out<MemoryRequest> mem_req{"mem_req"};          ///< a walker's load
  Out<Events> perf_event{"perf_event"};           ///< performance events
};

/// A channel's fields in some pins: reads and assigns as the channel's value.
template <class Value, class Pins>
class ChannelPins {
 public:
  /// Of these pins, which outlive it.
  explicit ChannelPins(Pins& pins) : pins_(pins) {}

  /// Reads the fields.
  operator Value() const { return Value(pins_); }  // NOLINT(google-explicit-constructor)
  /// Writes the fields.
  ChannelPins& operator=(const Value& value) {
    value.copy_to(pins_);
    return *this;
  }

 private:
  Pins& pins_;
};

/// As for MmuPorts; `visit` gets the channel's part of the pins. The return type tells the two
/// apart: only channels have these members.
template <class Ports, class OtherPorts, class Pins, class Visitor>
auto visit_inputs(Ports& a, OtherPorts& b, Pins& pins, Visitor&& visit)
    -> decltype(static_cast<void>(a.i_req)) {
  visit(a.rst_ni, b.rst_ni, ChannelPins<Reset, Pins>(pins));
  visit(a.i_req, b.i_req, ChannelPins<FetchRequest, Pins>(pins));
  visit(a.d_req, b.d_req, ChannelPins<DataRequest, Pins>(pins));
  visit(a.instr, b.instr, ChannelPins<InstructionRequest, Pins>(pins));
  visit(a.snoop, b.snoop, ChannelPins<Snoop, Pins>(pins));
  visit(a.mem_rsp, b.mem_rsp, ChannelPins<MemoryAnswer, Pins>(pins));
}

/// The same for the outputs.
template <class Ports, class OtherPorts, class Pins, class Visitor>
auto visit_outputs(Ports& a, OtherPorts& b, Pins& pins, Visitor&& visit)
    -> decltype(static_cast<void>(a.i_rsp)) {
  visit(a.ready, b.ready, ChannelPins<Ready, Pins>(pins));
  visit(a.i_rsp, b.i_rsp, ChannelPins<FetchResponse, Pins>(pins));
  visit(a.d_rsp, b.d_rsp, ChannelPins<DataResponse, Pins>(pins));
  visit(a.instr_done, b.instr_done, ChannelPins<InstructionDone, Pins>(pins));
  visit(a.mem_req, b.mem_req, ChannelPins<MemoryRequest, Pins>(pins));
  visit(a.perf_event, b.perf_event, ChannelPins<Events, Pins>(pins));
}

}  // namespace tessera::systemc
