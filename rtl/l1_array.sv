// One array of an L1 TLB: the 4K array (SETS x WAYS) or the VSP (one set).
//
// docs/pins.md §5 (lookup, fill), §9 (what drops an entry). Lookup and fill see the array of
// their cycle; drops land at the same edge. A snoop cancels a fill of its edge, and an
// instruction runs alone, so fill and drop never meet (asserted).
module l1_array #(
  parameter int SETS = 16,         // sets
  parameter int WAYS = 4,          // ways of a set, 1..64
  parameter int OF_TLB1 = 0,       // 1 = invalidations of TLB1 apply, 0 = those of TLB0
  parameter int BACKINV_MATCH = 0  // 0 EPN_TS, 1 FULL, 2 NONE
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               lookup_i,
  input  logic [19:0]        epn_i,
  input  mmu_pkg::ctx_t      ctx_i,
  output logic               hit_o,     // in the cycle after the lookup
  output logic [3:0]         size_o,
  output mmu_pkg::page_t     page_o,    // these two until the next hit
  input  logic               use_i,     // hit_o is the one that answers
  input  logic               fill_i,
  input  mmu_pkg::tag_t      tag_i,
  input  mmu_pkg::page_t     page_i,
  input  mmu_pkg::inv_t      snoop_i,
  input  mmu_pkg::inv_t      instr_i,
  input  mmu_pkg::l1_flush_t flush_i,
  input  mmu_pkg::tag_t      victim_i
);

  localparam int SetW = (SETS > 1) ? $clog2(SETS) : 1;
  localparam int WayW = (WAYS > 1) ? $clog2(WAYS) : 1;
  localparam int N = 1 << (SetW + WayW);  // ways rounded up, so that {set, way} is the index
  localparam bit IsVsp = OF_TLB1 != 0;
  localparam bit Full = BACKINV_MATCH == 1;
  localparam bit Back = BACKINV_MATCH != 2;  // else copies outlive a victim of tlbwe (§9)

  logic [mmu_pkg::TagW-1:0]  tag_q [N];
  logic [mmu_pkg::PageW-1:0] page_q [N];
  logic [N-1:0]              valid_q;
  logic [SetW-1:0]           set, set_q;
  logic [WAYS-1:0]           set_valid;
  logic [WayW-1:0]           way_q, victim;
  logic [SetW-1:0]           lru_set;
  logic                      snoop, instr, dropping;

  // A fill is a 4 KB page of TLB0, or SETS is 1: its own EPN names the set as the EA does.
  assign set = SetW'(mmu_pkg::set_of(fill_i ? tag_i.epn : epn_i, 20'(SETS)));
  assign set_valid = valid_q[{set, {WayW{1'b0}}} +: WAYS];

  // The lookup is made and registered at the edge that accepts, in one process: in simulation it
  // then runs once an edge, and only if asked. The lowest way answers if software overlapped.
  always_ff @(posedge clk_i) begin
    hit_o <= 1'b0;
    if (rst_ni && lookup_i) begin
      set_q <= set;
      for (int w = WAYS - 1; w >= 0; w--) begin
        if (set_valid[w]) begin
          if (mmu_pkg::tag_hit(tag_q[{set, WayW'(w)}], epn_i, ctx_i)) begin
            hit_o <= 1'b1;
            way_q <= WayW'(w);
            size_o <= tag_q[{set, WayW'(w)}][23:20];
            page_o <= page_q[{set, WayW'(w)}];
          end
        end
      end
    end
  end

  // The use is noted a cycle after the lookup, when the port knows which array answered: no fill
  // of this port can come before, so nobody sees the delay. A fill is a use of its victim.
  assign lru_set = fill_i ? set : set_q;
  lru #(
    .WAYS(WAYS), .SET_W(SetW), .WAY_W(WayW)
  ) u_lru (
    .clk_i, .rst_ni,
    .ask_i(fill_i), .set_i(lru_set), .valid_i(set_valid), .victim_o(victim),
    .use_i(use_i || fill_i), .use_set_i(lru_set), .way_i(fill_i ? victim : way_q)
  );

  logic unused;
  assign unused = &{1'b0, snoop_i.ind, instr_i.ind};  // L1 holds no indirect entries
  assign snoop = IsVsp ? snoop_i.tlb1 : snoop_i.tlb0;
  assign instr = IsVsp ? instr_i.tlb1 : instr_i.tlb0;
  assign dropping = snoop || instr || (Back && flush_i.back)
      || flush_i.flush_all || flush_i.flush_tid;

  always_ff @(posedge clk_i) begin : update
    logic [N-1:0] drop;
    if (!rst_ni) begin
      valid_q <= '0;
    end else if (dropping) begin
      drop = '0;
      for (int i = 0; i < N; i++) begin
        if (valid_q[i]) begin
          drop[i] = (snoop && mmu_pkg::inv_hit(tag_q[i], snoop_i.key))
              || (instr && mmu_pkg::inv_hit(tag_q[i], instr_i.key))
              || (Back && flush_i.back && mmu_pkg::victim_hit(tag_q[i], victim_i, Full))
              || flush_i.flush_all
              || (flush_i.flush_tid && tag_q[i][37:24] != 14'd0);
        end
      end
      valid_q <= valid_q & ~drop;
    end else if (fill_i) begin
      valid_q[{set, victim}] <= 1'b1;
      tag_q[{set, victim}] <= tag_i;
      page_q[{set, victim}] <= page_i;
    end
  end

  // Inclusion: no copy of what tlbwe replaced is left, unless it is not asked for.
  if (Back) begin : g_inclusion
    logic                     check_q;
    logic [mmu_pkg::TagW-1:0] replaced_q;
    always_ff @(posedge clk_i) begin
      check_q <= rst_ni && flush_i.back;
      if (flush_i.back) replaced_q <= victim_i;
      if (rst_ni && check_q) begin
        for (int i = 0; i < N; i++) assert (!(valid_q[i] && tag_q[i] == replaced_q));
      end
    end
  end

  // Overlaps are software's to make, so "one hit" cannot be asserted. What can: a fill brings no
  // tag that the set holds already, for that entry would have answered and no miss been sent.
  always_ff @(posedge clk_i) begin
    if (rst_ni && fill_i) begin
      assert (!dropping && !lookup_i && !hit_o);
      for (int w = 0; w < WAYS; w++) begin
        assert (!(set_valid[w] && tag_q[{set, WayW'(w)}] == tag_i));
      end
    end
  end

endmodule
