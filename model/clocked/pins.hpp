#pragma once

#include <cstdint>

namespace tessera::clocked {

/// The inputs of module `mmu` in one cycle, by the names of docs/pins.md 2 without the suffix _i.
struct InputPins {
  /// The pin of that name: its width and when it counts are in docs/pins.md 2.
  /// @{
  bool rst_n = true;
  bool i_req_valid = false;
  std::uint32_t i_req_ea = 0;
  bool i_req_as = false;
  bool i_req_pr = false;
  bool i_req_gs = false;
  bool d_req_valid = false;
  std::uint32_t d_req_ea = 0;
  bool d_req_store = false;
  bool d_req_as = false;
  bool d_req_pr = false;
  bool d_req_gs = false;
  bool d_req_epid = false;
  bool instr_valid = false;
  std::uint8_t instr_opcode = 0;
  std::uint32_t instr_operand = 0;
  std::uint8_t instr_t = 0;
  std::uint16_t instr_spr = 0;
  bool instr_ra_nonzero = false;
  bool instr_pr = false;
  bool instr_gs = false;
  bool snoop_valid = false;
  std::uint32_t snoop_ea = 0;
  std::uint8_t snoop_lpid = 0;
  bool mem_req_ready = false;
  bool mem_rsp_valid = false;
  bool mem_rsp_error = false;
  std::uint64_t mem_rsp_data = 0;
  /// @}
};

/// The outputs in one cycle, by their names without the suffix _o.
struct OutputPins {
  /// The pin of that name: its width and when it counts are in docs/pins.md 2.
  /// @{
  bool i_req_ready = false;
  bool i_rsp_valid = false;
  std::uint8_t i_rsp_outcome = 0;
  std::uint64_t i_rsp_ra = 0;
  std::uint8_t i_rsp_wimge = 0;
  std::uint32_t i_rsp_fault_ea = 0;
  bool d_req_ready = false;
  bool d_rsp_valid = false;
  std::uint8_t d_rsp_outcome = 0;
  std::uint64_t d_rsp_ra = 0;
  std::uint8_t d_rsp_wimge = 0;
  std::uint32_t d_rsp_fault_ea = 0;
  std::uint32_t d_rsp_esr = 0;
  bool instr_ready = false;
  bool instr_done = false;
  std::uint8_t instr_trap = 0;
  std::uint32_t instr_value = 0;
  bool snoop_ready = false;
  bool mem_req_valid = false;
  std::uint64_t mem_req_ra = 0;
  bool mem_req_double = false;
  std::uint32_t perf_event = 0;
  /// @}
};

/// Calls `visit(name, value)` for each input pin, `name` as in docs/pins.md.
template <class Pins, class Visitor>
void visit_inputs(Pins& pins, Visitor&& visit) {
  visit("rst_ni", pins.rst_n);
  visit("i_req_valid_i", pins.i_req_valid);
  visit("i_req_ea_i", pins.i_req_ea);
  visit("i_req_as_i", pins.i_req_as);
  visit("i_req_pr_i", pins.i_req_pr);
  visit("i_req_gs_i", pins.i_req_gs);
  visit("d_req_valid_i", pins.d_req_valid);
  visit("d_req_ea_i", pins.d_req_ea);
  visit("d_req_store_i", pins.d_req_store);
  visit("d_req_as_i", pins.d_req_as);
  visit("d_req_pr_i", pins.d_req_pr);
  visit("d_req_gs_i", pins.d_req_gs);
  visit("d_req_epid_i", pins.d_req_epid);
  visit("instr_valid_i", pins.instr_valid);
  visit("instr_opcode_i", pins.instr_opcode);
  visit("instr_operand_i", pins.instr_operand);
  visit("instr_t_i", pins.instr_t);
  visit("instr_spr_i", pins.instr_spr);
  visit("instr_ra_nonzero_i", pins.instr_ra_nonzero);
  visit("instr_pr_i", pins.instr_pr);
  visit("instr_gs_i", pins.instr_gs);
  visit("snoop_valid_i", pins.snoop_valid);
  visit("snoop_ea_i", pins.snoop_ea);
  visit("snoop_lpid_i", pins.snoop_lpid);
  visit("mem_req_ready_i", pins.mem_req_ready);
  visit("mem_rsp_valid_i", pins.mem_rsp_valid);
  visit("mem_rsp_error_i", pins.mem_rsp_error);
  visit("mem_rsp_data_i", pins.mem_rsp_data);
}

/// The same for each output pin.
template <class Pins, class Visitor>
void visit_outputs(Pins& pins, Visitor&& visit) {
  visit("i_req_ready_o", pins.i_req_ready);
  visit("i_rsp_valid_o", pins.i_rsp_valid);
  visit("i_rsp_outcome_o", pins.i_rsp_outcome);
  visit("i_rsp_ra_o", pins.i_rsp_ra);
  visit("i_rsp_wimge_o", pins.i_rsp_wimge);
  visit("i_rsp_fault_ea_o", pins.i_rsp_fault_ea);
  visit("d_req_ready_o", pins.d_req_ready);
  visit("d_rsp_valid_o", pins.d_rsp_valid);
  visit("d_rsp_outcome_o", pins.d_rsp_outcome);
  visit("d_rsp_ra_o", pins.d_rsp_ra);
  visit("d_rsp_wimge_o", pins.d_rsp_wimge);
  visit("d_rsp_fault_ea_o", pins.d_rsp_fault_ea);
  visit("d_rsp_esr_o", pins.d_rsp_esr);
  visit("instr_ready_o", pins.instr_ready);
  visit("instr_done_o", pins.instr_done);
  visit("instr_trap_o", pins.instr_trap);
  visit("instr_value_o", pins.instr_value);
  visit("snoop_ready_o", pins.snoop_ready);
  visit("mem_req_valid_o", pins.mem_req_valid);
  visit("mem_req_ra_o", pins.mem_req_ra);
  visit("mem_req_double_o", pins.mem_req_double);
  visit("perf_event_o", pins.perf_event);
}

/// Module `mmu`, whatever it is made of.
class PinDevice {
 public:
  PinDevice() = default;
  PinDevice(const PinDevice&) = delete;
  PinDevice& operator=(const PinDevice&) = delete;
  virtual ~PinDevice() = default;

  /// One cycle: samples the inputs at the clock edge that ends it, and returns the outputs of the
  /// next cycle (docs/pins.md 1).
  virtual const OutputPins& step(const InputPins& in) = 0;
};

}  // namespace tessera::clocked
