// The way of TLB0 that a miss proposes to software (docs/pins.md §8 "Hint", "TLB0_REPL=LRU").
//
// A walk takes it for its own write (docs/walkers.md §W6), maybe beside a miss of another set.
//
// It is TLB0[NV], or with TLB0_REPL=LRU the victim of the set. The order of a set moves with L2
// lookups that TLB0 answers, and with nothing else; TLB0[NV] is kept in either case.
module tlb0_hint #(
  parameter int TLB0_WAYS = 4,  // 1..64
  parameter int TLB0_REPL = 0,  // 0 SOFTWARE, 1 LRU
  parameter int NV_SCOPE = 0,   // 0 GLOBAL, 1 PER_SET, 2 QEMU
  parameter int SET_W = 7,      // bits of a set
  parameter int WAY_W = 2,      // bits of a way
  parameter int HTW = 0         // 0 OFF, 1 TABLEWALK, 2 E6500
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  logic [SET_W-1:0]     set_i,      // of the EA that missed, or of the entry
  input  logic [TLB0_WAYS-1:0] valid_i,    // V of that set in this cycle
  input  logic                 miss_i,     // TLB error or tlbsx miss gives its hint
  input  logic                 load_i,     // tlbwe of TLB0
  input  logic [11:0]          load_nv_i,  // MAS0[NV]
  input  logic                 use_i,      // an L2 lookup is answered by way_i of use_set_i
  input  logic [SET_W-1:0]     use_set_i,
  input  logic [WAY_W-1:0]     way_i,
  output logic [11:0]          nv_o,       // TLB0[NV]
  output logic [11:0]          hint_o,     // with LRU while miss_i
  output logic [11:0]          next_o,     // hint + 1 mod ways
  // the walk that has the slot: the way it writes
  input  logic                 walk_i,
  input  logic [SET_W-1:0]     walk_set_i,
  input  logic [TLB0_WAYS-1:0] walk_valid_i,
  output logic [WAY_W-1:0]     walk_way_o,
  input  logic                 walk_write_i
);

  localparam bit Walks = HTW != 0;

  logic [11:0] walk_nv, walk_hint, walk_next;

  nv_counter #(.TLB0_WAYS(TLB0_WAYS), .NV_SCOPE(NV_SCOPE), .SET_W(SET_W)) u_nv (
    .clk_i, .rst_ni, .set_i, .nv_o, .load_i, .load_nv_i, .miss_i,
    .walk_set_i, .walk_nv_o(walk_nv), .walk_i(Walks && walk_write_i), .walk_next_i(walk_next)
  );

  if (TLB0_REPL == 1 && Walks) begin : g_lru_two
    logic [WAY_W-1:0] victim, walk_victim;
    lru #(.WAYS(TLB0_WAYS), .SET_W(SET_W), .WAY_W(WAY_W), .ASKS(2)) u_lru (
      .clk_i, .rst_ni, .ask_i({walk_i, miss_i}), .set_i({walk_set_i, set_i}),
      .valid_i({walk_valid_i, valid_i}), .victim_o({walk_victim, victim}),
      .use_i, .use_set_i, .way_i
    );
    assign hint_o = 12'(victim);
    assign walk_hint = 12'(walk_victim);
    logic unused;
    assign unused = &{1'b0, walk_nv};
  end else if (TLB0_REPL == 1) begin : g_lru
    logic [WAY_W-1:0] victim;
    lru #(.WAYS(TLB0_WAYS), .SET_W(SET_W), .WAY_W(WAY_W)) u_lru (
      .clk_i, .rst_ni, .ask_i(miss_i), .set_i, .valid_i, .victim_o(victim),
      .use_i, .use_set_i, .way_i
    );
    assign hint_o = 12'(victim);
    assign walk_hint = '0;
    logic unused;
    assign unused = &{1'b0, walk_i, walk_valid_i, walk_write_i, walk_nv};
  end else begin : g_software
    logic unused;
    assign unused = &{1'b0, valid_i, use_i, use_set_i, way_i, walk_i, walk_valid_i, walk_write_i};
    assign hint_o = nv_o;
    assign walk_hint = walk_nv;
  end

  assign next_o = (hint_o == 12'(TLB0_WAYS - 1)) ? 12'd0 : hint_o + 12'd1;
  assign walk_next = (walk_hint == 12'(TLB0_WAYS - 1)) ? 12'd0 : walk_hint + 12'd1;
  assign walk_way_o = WAY_W'(walk_hint);

endmodule
