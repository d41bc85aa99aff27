// perf_event_o: puts the events of the units on their bits (docs/pins.md §10, walkers.md §W2).
module perf_events #(
  parameter int HTW = 0
) (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         i_rsp_i,     // response of this cycle
  input  logic [6:0]   i_event_i,   // walk, cancelled, storage, machine check, error, L2, L1 hit
  input  logic         d_rsp_i,
  input  logic [6:0]   d_event_i,
  input  logic [19:10] instr_i,
  input  logic         snooped_i,   // a snoop is accepted at this edge
  input  logic [26:24] walk_i,      // the walker's own
  output logic [26:0]  event_o
);

  logic snooped_q;
  always_ff @(posedge clk_i) snooped_q <= rst_ni && snooped_i;

  assign event_o = {walk_i, d_event_i[6], i_event_i[6],  // a walk's DSI, ISI
                    i_event_i[5] || d_event_i[5], snooped_q, instr_i,
                    i_event_i[4], d_event_i[4],   // ISI, DSI
                    d_event_i[3], i_event_i[3],   // machine checks
                    i_event_i[2], d_event_i[2],   // TLB errors
                    d_event_i[1], i_event_i[1],   // L2 hits
                    d_event_i[0], i_event_i[0]};  // L1 hits

  // §10: groups of which at most, or exactly, one bit is set.
  // A walk's bus error may share an edge with the commit of the other port, hence bits 6 and 7.
  logic [4:0] i_group, d_group, walk_group;
  logic [5:0] l2_group;
  assign i_group = {event_o[0], event_o[2], event_o[5], event_o[6], event_o[22]};
  assign d_group = {event_o[1], event_o[3], event_o[4], event_o[7], event_o[23]};
  assign l2_group = (HTW != 0) ? {2'd0, event_o[5:2]} : event_o[7:2];
  assign walk_group = event_o[26:22];

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert ((i_group & (i_group - 5'd1)) == '0 && (|i_group) == i_rsp_i);
      assert ((d_group & (d_group - 5'd1)) == '0 && (|d_group) == d_rsp_i);
      assert ((l2_group & (l2_group - 6'd1)) == '0);
      assert ((instr_i & (instr_i - 10'd1)) == '0);
      assert ((walk_group & (walk_group - 5'd1)) == '0);
      assert (!event_o[8] || event_o[1] || event_o[3] || event_o[23]);
      assert (!event_o[9] || event_o[0] || event_o[2] || event_o[22]);
      assert ((!event_o[22] || event_o[9]) && (!event_o[23] || event_o[8]));
      assert (!event_o[21] || event_o[2] || event_o[3]);
    end
  end

endmodule
