#pragma once

#include <cstdint>
#include <systemc>

namespace tessera::systemc {

/// The ports of module `mmu` but its clock, by the names of docs/pins.md 2, or whatever stands
/// beside each port: `In` and `Out` say what an input and an output are. Types are plain, so that
/// a signal costs as little as it can; bits above a port's width must be 0.
template <template <class> class In, template <class> class Out>
struct MmuPorts {
  /// The input of that name.
  /// @{
  In<bool> rst_ni{"rst_ni"};
  In<bool> i_req_valid_i{"i_req_valid_i"};
  In<std::uint32_t> i_req_ea_i{"i_req_ea_i"};
  In<bool> i_req_as_i{"i_req_as_i"};
  In<bool> i_req_pr_i{"i_req_pr_i"};
  In<bool> i_req_gs_i{"i_req_gs_i"};
  In<bool> d_req_valid_i{"d_req_valid_i"};
  In<std::uint32_t> d_req_ea_i{"d_req_ea_i"};
  In<bool> d_req_store_i{"d_req_store_i"};
  In<bool> d_req_as_i{"d_req_as_i"};
  In<bool> d_req_pr_i{"d_req_pr_i"};
  In<bool> d_req_gs_i{"d_req_gs_i"};
  In<bool> d_req_epid_i{"d_req_epid_i"};
  In<bool> instr_valid_i{"instr_valid_i"};
  In<std::uint8_t> instr_opcode_i{"instr_opcode_i"};
  In<std::uint32_t> instr_operand_i{"instr_operand_i"};
  In<std::uint8_t> instr_t_i{"instr_t_i"};
  In<std::uint16_t> instr_spr_i{"instr_spr_i"};
  In<bool> instr_ra_nonzero_i{"instr_ra_nonzero_i"};
  In<bool> instr_pr_i{"instr_pr_i"};
  In<bool> instr_gs_i{"instr_gs_i"};
  In<bool> snoop_valid_i{"snoop_valid_i"};
  In<std::uint32_t> snoop_ea_i{"snoop_ea_i"};
  In<std::uint8_t> snoop_lpid_i{"snoop_lpid_i"};
  In<bool> mem_req_ready_i{"mem_req_ready_i"};
  In<bool> mem_rsp_valid_i{"mem_rsp_valid_i"};
  In<bool> mem_rsp_error_i{"mem_rsp_error_i"};
  In<std::uint64_t> mem_rsp_data_i{"mem_rsp_data_i"};
  /// @}

  /// The output of that name.
  /// @{
  Out<bool> i_req_ready_o{"i_req_ready_o"};
  Out<bool> i_rsp_valid_o{"i_rsp_valid_o"};
  Out<std::uint8_t> i_rsp_outcome_o{"i_rsp_outcome_o"};
  Out<std::uint64_t> i_rsp_ra_o{"i_rsp_ra_o"};
  Out<std::uint8_t> i_rsp_wimge_o{"i_rsp_wimge_o"};
  Out<std::uint32_t> i_rsp_fault_ea_o{"i_rsp_fault_ea_o"};
  Out<bool> d_req_ready_o{"d_req_ready_o"};
  Out<bool> d_rsp_valid_o{"d_rsp_valid_o"};
  Out<std::uint8_t> d_rsp_outcome_o{"d_rsp_outcome_o"};
  Out<std::uint64_t> d_rsp_ra_o{"d_rsp_ra_o"};
  Out<std::uint8_t> d_rsp_wimge_o{"d_rsp_wimge_o"};
  Out<std::uint32_t> d_rsp_fault_ea_o{"d_rsp_fault_ea_o"};
  Out<std::uint32_t> d_rsp_esr_o{"d_rsp_esr_o"};
  Out<bool> instr_ready_o{"instr_ready_o"};
  Out<bool> instr_done_o{"instr_done_o"};
  Out<std::uint8_t> instr_trap_o{"instr_trap_o"};
  Out<std::uint32_t> instr_value_o{"instr_value_o"};
  Out<bool> snoop_ready_o{"snoop_ready_o"};
  Out<bool> mem_req_valid_o{"mem_req_valid_o"};
  Out<std::uint64_t> mem_req_ra_o{"mem_req_ra_o"};
  Out<bool> mem_req_double_o{"mem_req_double_o"};
  Out<std::uint32_t> perf_event_o{"perf_event_o"};
  /// @}
};

/// Calls `visit(a.port, b.port, pin)` for each input, the pin in clocked::InputPins. The return
/// type leaves Ports of another shape (mmu_channels.hpp) alone.
template <class Ports, class OtherPorts, class Pins, class Visitor>
auto visit_inputs(Ports& a, OtherPorts& b, Pins& pins, Visitor&& visit)
    -> decltype(static_cast<void>(a.i_req_valid_i)) {
  visit(a.rst_ni, b.rst_ni, pins.rst_n);
  visit(a.i_req_valid_i, b.i_req_valid_i, pins.i_req_valid);
  visit(a.i_req_ea_i, b.i_req_ea_i, pins.i_req_ea);
  visit(a.i_req_as_i, b.i_req_as_i, pins.i_req_as);
  visit(a.i_req_pr_i, b.i_req_pr_i, pins.i_req_pr);
  visit(a.i_req_gs_i, b.i_req_gs_i, pins.i_req_gs);
  visit(a.d_req_valid_i, b.d_req_valid_i, pins.d_req_valid);
  visit(a.d_req_ea_i, b.d_req_ea_i, pins.d_req_ea);
  visit(a.d_req_store_i, b.d_req_store_i, pins.d_req_store);
  visit(a.d_req_as_i, b.d_req_as_i, pins.d_req_as);
  visit(a.d_req_pr_i, b.d_req_pr_i, pins.d_req_pr);
  visit(a.d_req_gs_i, b.d_req_gs_i, pins.d_req_gs);
  visit(a.d_req_epid_i, b.d_req_epid_i, pins.d_req_epid);
  visit(a.instr_valid_i, b.instr_valid_i, pins.instr_valid);
  visit(a.instr_opcode_i, b.instr_opcode_i, pins.instr_opcode);
  visit(a.instr_operand_i, b.instr_operand_i, pins.instr_operand);
  visit(a.instr_t_i, b.instr_t_i, pins.instr_t);
  visit(a.instr_spr_i, b.instr_spr_i, pins.instr_spr);
  visit(a.instr_ra_nonzero_i, b.instr_ra_nonzero_i, pins.instr_ra_nonzero);
  visit(a.instr_pr_i, b.instr_pr_i, pins.instr_pr);
  visit(a.instr_gs_i, b.instr_gs_i, pins.instr_gs);
  visit(a.snoop_valid_i, b.snoop_valid_i, pins.snoop_valid);
  visit(a.snoop_ea_i, b.snoop_ea_i, pins.snoop_ea);
  visit(a.snoop_lpid_i, b.snoop_lpid_i, pins.snoop_lpid);
  visit(a.mem_req_ready_i, b.mem_req_ready_i, pins.mem_req_ready);
  visit(a.mem_rsp_valid_i, b.mem_rsp_valid_i, pins.mem_rsp_valid);
  visit(a.mem_rsp_error_i, b.mem_rsp_error_i, pins.mem_rsp_error);
  visit(a.mem_rsp_data_i, b.mem_rsp_data_i, pins.mem_rsp_data);
}

/// The same for each output, the pin in clocked::OutputPins.
template <class Ports, class OtherPorts, class Pins, class Visitor>
auto visit_outputs(Ports& a, OtherPorts& b, Pins& pins, Visitor&& visit)
    -> decltype(static_cast<void>(a.i_rsp_valid_o)) {
  visit(a.i_req_ready_o, b.i_req_ready_o, pins.i_req_ready);
  visit(a.i_rsp_valid_o, b.i_rsp_valid_o, pins.i_rsp_valid);
  visit(a.i_rsp_outcome_o, b.i_rsp_outcome_o, pins.i_rsp_outcome);
  visit(a.i_rsp_ra_o, b.i_rsp_ra_o, pins.i_rsp_ra);
  visit(a.i_rsp_wimge_o, b.i_rsp_wimge_o, pins.i_rsp_wimge);
  visit(a.i_rsp_fault_ea_o, b.i_rsp_fault_ea_o, pins.i_rsp_fault_ea);
  visit(a.d_req_ready_o, b.d_req_ready_o, pins.d_req_ready);
  visit(a.d_rsp_valid_o, b.d_rsp_valid_o, pins.d_rsp_valid);
  visit(a.d_rsp_outcome_o, b.d_rsp_outcome_o, pins.d_rsp_outcome);
  visit(a.d_rsp_ra_o, b.d_rsp_ra_o, pins.d_rsp_ra);
  visit(a.d_rsp_wimge_o, b.d_rsp_wimge_o, pins.d_rsp_wimge);
  visit(a.d_rsp_fault_ea_o, b.d_rsp_fault_ea_o, pins.d_rsp_fault_ea);
  visit(a.d_rsp_esr_o, b.d_rsp_esr_o, pins.d_rsp_esr);
  visit(a.instr_ready_o, b.instr_ready_o, pins.instr_ready);
  visit(a.instr_done_o, b.instr_done_o, pins.instr_done);
  visit(a.instr_trap_o, b.instr_trap_o, pins.instr_trap);
  visit(a.instr_value_o, b.instr_value_o, pins.instr_value);
  visit(a.snoop_ready_o, b.snoop_ready_o, pins.snoop_ready);
  visit(a.mem_req_valid_o, b.mem_req_valid_o, pins.mem_req_valid);
  visit(a.mem_req_ra_o, b.mem_req_ra_o, pins.mem_req_ra);
  visit(a.mem_req_double_o, b.mem_req_double_o, pins.mem_req_double);
  visit(a.perf_event_o, b.perf_event_o, pins.perf_event);
}

}  // namespace tessera::systemc
