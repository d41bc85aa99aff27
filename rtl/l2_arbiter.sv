// The one L2 port: who gets the slot of this cycle (docs/pins.md §5 "L2 slot").
//
// The end of a walk first (docs/walkers.md §W5), then D, then I, whoever came first; slots are
// L2TLB_ACCEPT cycles apart. MMU instructions use the arrays without a slot and do not move the
// timer.
module l2_arbiter #(
  parameter int L2TLB_ACCEPT = 2  // cycles from slot to slot, >= 1
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic i_wait_i,
  input  logic d_wait_i,
  input  logic walk_end_i,
  output logic i_grant_o,
  output logic d_grant_o,
  output logic walk_grant_o
);

  localparam int TimerW = L2TLB_ACCEPT > 1 ? $clog2(L2TLB_ACCEPT) : 1;

  logic [TimerW-1:0] timer_q;  // cycles until the port is free

  assign walk_grant_o = walk_end_i && timer_q == '0;
  assign d_grant_o = d_wait_i && !walk_end_i && timer_q == '0;
  assign i_grant_o = i_wait_i && !d_wait_i && !walk_end_i && timer_q == '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) timer_q <= '0;
    else if (i_grant_o || d_grant_o || walk_grant_o) timer_q <= TimerW'(L2TLB_ACCEPT - 1);
    else if (timer_q != '0) timer_q <= timer_q - TimerW'(1);
  end

endmodule
