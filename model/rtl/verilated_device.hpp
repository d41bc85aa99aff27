#pragma once

#include <verilated.h>

#include "model/clocked/pins.hpp"

namespace tessera::rtl {

/// Module `mmu` as Verilator made it: `Model` is the class of one parameter set.
template <class Model>
class VerilatedDevice final : public clocked::PinDevice {
 public:
  VerilatedDevice() : model_(&context_) {
    // The first evaluation sees no edge, whatever the clock is.
    model_.clk_i = 0;
    model_.eval();
  }
  ~VerilatedDevice() override { model_.final(); }

  const clocked::OutputPins& step(const clocked::InputPins& in) override {
    put(in);
    model_.clk_i = 1;
    model_.eval();
    take();
    model_.clk_i = 0;
    model_.eval();
    return out_;
  }

 private:
  void put(const clocked::InputPins& in) {
    model_.rst_ni = in.rst_n;
    model_.i_req_valid_i = in.i_req_valid;
    model_.i_req_ea_i = in.i_req_ea;
    model_.i_req_as_i = in.i_req_as;
    model_.i_req_pr_i = in.i_req_pr;
    model_.i_req_gs_i = in.i_req_gs;
    model_.d_req_valid_i = in.d_req_valid;
    model_.d_req_ea_i = in.d_req_ea;
    model_.d_req_store_i = in.d_req_store;
    model_.d_req_as_i = in.d_req_as;
    model_.d_req_pr_i = in.d_req_pr;
    model_.d_req_gs_i = in.d_req_gs;
    model_.d_req_epid_i = in.d_req_epid;
    model_.instr_valid_i = in.instr_valid;
    model_.instr_opcode_i = in.instr_opcode;
    model_.instr_operand_i = in.instr_operand;
    model_.instr_t_i = in.instr_t;
    model_.instr_spr_i = in.instr_spr;
    model_.instr_ra_nonzero_i = in.instr_ra_nonzero;
    model_.instr_pr_i = in.instr_pr;
    model_.instr_gs_i = in.instr_gs;
    model_.snoop_valid_i = in.snoop_valid;
    model_.snoop_ea_i = in.snoop_ea;
    model_.snoop_lpid_i = in.snoop_lpid;
  }

  void take() {
    out_.i_req_ready = model_.i_req_ready_o != 0;
    out_.i_rsp_valid = model_.i_rsp_valid_o != 0;
    out_.i_rsp_outcome = model_.i_rsp_outcome_o;
    out_.i_rsp_ra = model_.i_rsp_ra_o;
    out_.i_rsp_wimge = model_.i_rsp_wimge_o;
    out_.i_rsp_fault_ea = model_.i_rsp_fault_ea_o;
    out_.d_req_ready = model_.d_req_ready_o != 0;
    out_.d_rsp_valid = model_.d_rsp_valid_o != 0;
    out_.d_rsp_outcome = model_.d_rsp_outcome_o;
    out_.d_rsp_ra = model_.d_rsp_ra_o;
    out_.d_rsp_wimge = model_.d_rsp_wimge_o;
    out_.d_rsp_fault_ea = model_.d_rsp_fault_ea_o;
    out_.d_rsp_esr = model_.d_rsp_esr_o;
    out_.instr_ready = model_.instr_ready_o != 0;
    out_.instr_done = model_.instr_done_o != 0;
    out_.instr_trap = model_.instr_trap_o;
    out_.instr_value = model_.instr_value_o;
    out_.snoop_ready = model_.snoop_ready_o != 0;
    out_.perf_event = model_.perf_event_o;
  }

  VerilatedContext context_;
  Model model_;
  clocked::OutputPins out_;
};

}  // namespace tessera::rtl
