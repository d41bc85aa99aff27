#pragma once

#include "model/clocked/pins.hpp"

/// The pins of docs/pins.md 2 and the ports of module `mmu` in a class that Verilator made.
namespace tessera::rtl {

/// Drives all inputs but the clock.
template <class Model>
void put(const clocked::InputPins& in, Model& model) {
  model.rst_ni = in.rst_n;
  model.i_req_valid_i = in.i_req_valid;
  model.i_req_ea_i = in.i_req_ea;
  model.i_req_as_i = in.i_req_as;
  model.i_req_pr_i = in.i_req_pr;
  model.i_req_gs_i = in.i_req_gs;
  model.d_req_valid_i = in.d_req_valid;
  model.d_req_ea_i = in.d_req_ea;
  model.d_req_store_i = in.d_req_store;
  model.d_req_as_i = in.d_req_as;
  model.d_req_pr_i = in.d_req_pr;
  model.d_req_gs_i = in.d_req_gs;
  model.d_req_epid_i = in.d_req_epid;
  model.instr_valid_i = in.instr_valid;
  model.instr_opcode_i = in.instr_opcode;
  model.instr_operand_i = in.instr_operand;
  model.instr_t_i = in.instr_t;
  model.instr_spr_i = in.instr_spr;
  model.instr_ra_nonzero_i = in.instr_ra_nonzero;
  model.instr_pr_i = in.instr_pr;
  model.instr_gs_i = in.instr_gs;
  model.snoop_valid_i = in.snoop_valid;
  model.snoop_ea_i = in.snoop_ea;
  model.snoop_lpid_i = in.snoop_lpid;
  model.mem_req_ready_i = in.mem_req_ready;
  model.mem_rsp_valid_i = in.mem_rsp_valid;
  model.mem_rsp_error_i = in.mem_rsp_error;
  model.mem_rsp_data_i = in.mem_rsp_data;
}

/// Reads all outputs.
template <class Model>
void take(const Model& model, clocked::OutputPins& out) {
  out.i_req_ready = model.i_req_ready_o != 0;
  out.i_rsp_valid = model.i_rsp_valid_o != 0;
  out.i_rsp_outcome = model.i_rsp_outcome_o;
  out.i_rsp_ra = model.i_rsp_ra_o;
  out.i_rsp_wimge = model.i_rsp_wimge_o;
  out.i_rsp_fault_ea = model.i_rsp_fault_ea_o;
  out.d_req_ready = model.d_req_ready_o != 0;
  out.d_rsp_valid = model.d_rsp_valid_o != 0;
  out.d_rsp_outcome = model.d_rsp_outcome_o;
  out.d_rsp_ra = model.d_rsp_ra_o;
  out.d_rsp_wimge = model.d_rsp_wimge_o;
  out.d_rsp_fault_ea = model.d_rsp_fault_ea_o;
  out.d_rsp_esr = model.d_rsp_esr_o;
  out.instr_ready = model.instr_ready_o != 0;
  out.instr_done = model.instr_done_o != 0;
  out.instr_trap = model.instr_trap_o;
  out.instr_value = model.instr_value_o;
  out.snoop_ready = model.snoop_ready_o != 0;
  out.mem_req_valid = model.mem_req_valid_o != 0;
  out.mem_req_ra = model.mem_req_ra_o;
  out.mem_req_double = model.mem_req_double_o != 0;
  out.perf_event = model.perf_event_o;
}

}  // namespace tessera::rtl
