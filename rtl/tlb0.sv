// TLB0: TLB0_SETS x TLB0_WAYS entries of 4 KB pages (docs/pins.md §5, §8, §9).
//
// One set is looked at a cycle: that of epn_i, for a search (the lowest way that hits is read out)
// or for tlbre, tlbwe and a walk's write (way_i is). Reads see the cycle; drops and the write land
// at its edge, the write over the drops (§7). V is a packed vector apart; a `written` bit an entry
// stands for resetting its words.
module tlb0 #(
  parameter int TLB0_SETS = 128,
  parameter int TLB0_WAYS = 4,    // 1..64
  parameter int SET_W = 7,        // bits of a set
  parameter int WAY_W = 2         // bits of a way
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic [19:0]      epn_i,
  input  logic             search_i,
  input  mmu_pkg::ctx_t    ctx_i,
  output logic             hit_o,
  output logic             multi_o,
  input  logic             read_i,    // tlbre, tlbwe, walk
  input  logic [WAY_W-1:0] way_i,
  output logic [WAY_W-1:0] way_o,     // the way that is read out
  output logic [SET_W-1:0] set_o,     // and its set
  output logic [TLB0_WAYS-1:0] set_valid_o,  // V of that set
  output logic             valid_o,
  output mmu_pkg::tag_t    tag_o,
  output mmu_pkg::page_t   page_o,
  output mmu_pkg::rest_t   rest_o,
  input  logic             write_i,
  input  logic             walk_i,    // a walk's write
  input  logic             valid_i,
  input  mmu_pkg::tag_t    tag_i,
  input  mmu_pkg::page_t   page_i,
  input  mmu_pkg::rest_t   rest_i,
  input  mmu_pkg::inv_t    snoop_i,
  input  mmu_pkg::inv_t    instr_i,
  // V of a set of its own, for the victim
  input  logic [SET_W-1:0]     hint_set_i,
  output logic [TLB0_WAYS-1:0] hint_valid_o
);

  localparam int N = 1 << (SET_W + WAY_W);  // ways rounded up: {set, way} is the index

  logic [mmu_pkg::TagW-1:0]  tag_q [N];
  logic [mmu_pkg::PageW-1:0] page_q [N];
  logic [mmu_pkg::RestW-1:0] rest_q [N];
  logic [N-1:0]              valid_q, written_q;

  logic [SET_W-1:0]     set, snoop_set, instr_set;
  logic [TLB0_WAYS-1:0] set_valid, hits;
  logic [WAY_W-1:0]     hit_way;

  assign set = SET_W'(mmu_pkg::set_of(epn_i, 20'(TLB0_SETS)));
  assign snoop_set = SET_W'(mmu_pkg::set_of(snoop_i.key.epn, 20'(TLB0_SETS)));
  assign instr_set = SET_W'(mmu_pkg::set_of(instr_i.key.epn, 20'(TLB0_SETS)));
  assign set_valid = valid_q[{set, {WAY_W{1'b0}}} +: TLB0_WAYS];
  assign hint_valid_o = valid_q[{hint_set_i, {WAY_W{1'b0}}} +: TLB0_WAYS];

  always_comb begin
    hits = '0;
    hit_way = '0;
    if (search_i) begin
      for (int w = TLB0_WAYS - 1; w >= 0; w--) begin
        hits[w] = set_valid[w] && mmu_pkg::tag_hit(tag_q[{set, WAY_W'(w)}], epn_i, ctx_i);
        if (hits[w]) hit_way = WAY_W'(w);
      end
    end
  end
  assign hit_o = |hits;
  assign multi_o = (hits & (hits - TLB0_WAYS'(1))) != '0;
  assign set_o = set;
  assign set_valid_o = set_valid;
  assign way_o = search_i ? hit_way : way_i;

  always_comb begin
    valid_o = 1'b0;
    tag_o = '0;
    page_o = '0;
    rest_o = '0;
    if (search_i || read_i) begin
      valid_o = valid_q[{set, way_o}];
      tag_o.size = 4'd1;  // an unwritten entry reads MAS1 = 0x100 (§3)
      if (written_q[{set, way_o}]) begin
        tag_o = tag_q[{set, way_o}];
        page_o = page_q[{set, way_o}];
        rest_o = rest_q[{set, way_o}];
      end
    end
  end

  // Invalidations. Pages are 4 KB: an EPN can match in its own set alone. Without an EPN all sets
  // are compared at one edge, inline, for a function call an entry costs yosys seconds.
  logic [N-1:0] drop;
  logic         snoop_all, instr_all, snoop_one, instr_one;

  assign snoop_all = snoop_i.tlb0 && !snoop_i.key.use_epn;
  assign instr_all = instr_i.tlb0 && !instr_i.key.use_epn;
  assign snoop_one = snoop_i.tlb0 && snoop_i.key.use_epn;
  assign instr_one = instr_i.tlb0 && instr_i.key.use_epn;

  logic [TLB0_WAYS-1:0] snoop_hits, instr_hits;
  always_comb begin
    snoop_hits = '0;
    if (snoop_one) begin
      for (int w = 0; w < TLB0_WAYS; w++)
        snoop_hits[w] = mmu_pkg::inv_hit(tag_q[{snoop_set, WAY_W'(w)}], snoop_i.key);
    end
    instr_hits = '0;
    if (instr_one) begin
      for (int w = 0; w < TLB0_WAYS; w++)
        instr_hits[w] = mmu_pkg::inv_hit(tag_q[{instr_set, WAY_W'(w)}], instr_i.key);
    end
  end

  always_comb begin
    drop = '0;
    if (snoop_all || instr_all) begin
      for (int i = 0; i < N; i++) begin
        drop[i] = (snoop_all && (!snoop_i.key.use_lpid || tag_q[i][51:40] == snoop_i.key.lpid))
            || (instr_all && (!instr_i.key.use_lpid || tag_q[i][51:40] == instr_i.key.lpid)
                && (!instr_i.key.use_tid || tag_q[i][37:24] == instr_i.key.tid));
      end
    end
    if (snoop_one) drop = drop | (N'(snoop_hits) << {snoop_set, {WAY_W{1'b0}}});
    if (instr_one) drop = drop | (N'(instr_hits) << {instr_set, {WAY_W{1'b0}}});
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q <= '0;
      written_q <= '0;
    end else begin
      if (snoop_i.tlb0 || instr_i.tlb0) valid_q <= valid_q & ~drop;
      if (write_i) begin
        valid_q[{set, way_o}] <= valid_i;
        written_q[{set, way_o}] <= 1'b1;
        tag_q[{set, way_o}] <= tag_i;
        page_q[{set, way_o}] <= page_i;
        rest_q[{set, way_o}] <= rest_i;
      end
    end
  end

  logic unused;
  assign unused = &{1'b0, snoop_i.tlb1, snoop_i.ind, instr_i.tlb1, instr_i.ind};

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(search_i && read_i));
      assert (!write_i || (read_i && 32'(way_i) < TLB0_WAYS));
      // what the loops above rely on: 4 KB, in the set of its EPN, never IPROT
      if (write_i) assert (tag_i.size == 4'd1 && !rest_i.iprot);
      if (write_i) assert (tag_i.epn == epn_i);
      // a walk began with a search that found nothing, and only drops came since
      assert (!walk_i || write_i);
      if (walk_i) for (int w = 0; w < TLB0_WAYS; w++)
        assert (!(set_valid[w] && tag_q[{set, WAY_W'(w)}] == tag_i));
      // an invalidation of all sets compares no TGS and knows no wildcard (§9)
      if (instr_all) assert (!instr_i.key.use_gs && !instr_i.key.tid0_passes);
      if (snoop_all) assert (!snoop_i.key.use_gs && !snoop_i.key.use_tid);
    end
  end

endmodule
