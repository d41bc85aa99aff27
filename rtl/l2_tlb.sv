// The L2: arbiter, TLB0, TLB1, hint of the next victim; one search or one indexed read a cycle.
//
// docs/pins.md §5 (slot, search, several matches), §8 (place of an entry, hint). tlbsx, tlbre and
// tlbwe run with both ports idle, so they share search and read port with the slots. So does the
// end of a walk, which has a slot of its own (docs/walkers.md §W5, §W6).
module l2_tlb #(
  parameter int TLB0_SETS = 128,  // §11, as all below
  parameter int TLB0_WAYS = 4,
  parameter int TLB1_ENTRIES = 64,
  parameter int BOOT_ENTRY = 1,
  parameter int NV_SCOPE = 0,
  parameter int TLB0_REPL = 0,
  parameter int MULTIHIT = 0,
  parameter int L2TLB_ACCEPT = 2,
  parameter int HTW = 0
) (
  input  logic           clk_i,
  input  logic           rst_ni,
  // the ports
  input  logic           i_wait_i,
  input  logic [19:0]    i_epn_i,
  input  mmu_pkg::ctx_t  i_ctx_i,
  output logic           i_grant_o,
  input  logic           d_wait_i,
  input  logic [19:0]    d_epn_i,
  input  mmu_pkg::ctx_t  d_ctx_i,
  output logic           d_grant_o,
  // instructions, at their commit edge
  input  logic           tlbsx_i,
  input  logic [19:0]    sx_epn_i,
  input  mmu_pkg::ctx_t  sx_ctx_i,
  input  logic           sx_ind_i,    // MAS6[SIND]: it searches for indirect entries
  input  logic           read_i,      // tlbre or tlbwe
  input  logic           to_tlb1_i,   // MAS0[TLBSEL]
  input  logic [11:0]    esel_i,      // MAS0[ESEL]
  input  logic [19:0]    epn_i,       // MAS2[EPN]
  input  logic           write_i,     // tlbwe
  input  logic           valid_i,
  input  mmu_pkg::tag_t  tag_i,
  input  mmu_pkg::page_t page_i,
  input  mmu_pkg::rest_t rest_i,
  input  mmu_pkg::inv_t  snoop_i,
  input  mmu_pkg::inv_t  instr_i,
  // the end of a walk
  input  logic           walk_end_i,
  output logic           walk_slot_o,
  input  logic           walk_write_i,  // at the edge of that slot
  input  logic [19:0]    walk_epn_i,
  input  mmu_pkg::tag_t  walk_tag_i,
  input  mmu_pkg::page_t walk_page_i,
  input  mmu_pkg::rest_t walk_rest_i,
  // what was found or read
  output logic           hit_o,
  output logic           multi_o,
  output logic           ind_o,       // no direct entry hit, but an indirect one did
  output logic           tlb1_o,
  output logic [11:0]    esel_o,
  output logic           valid_o,
  output mmu_pkg::tag_t  tag_o,
  output mmu_pkg::page_t page_o,
  output mmu_pkg::rest_t rest_o,
  // TLB0[NV] and the hint
  input  logic           error_i,     // a TLB error that is not inhibited
  input  logic [19:0]    error_epn_i,
  input  logic [11:0]    mas0_nv_i,
  output logic [11:0]    nv_o,
  output logic [11:0]    hint_o,
  output logic [11:0]    hint_next_o
);

  localparam bit Walks = HTW != 0;
  localparam bit Ind = HTW == mmu_pkg::HtwE6500;
  localparam int SetW = (TLB0_SETS > 1) ? $clog2(TLB0_SETS) : 1;
  localparam int WayW = (TLB0_WAYS > 1) ? $clog2(TLB0_WAYS) : 1;
  localparam int IdxW = (TLB1_ENTRIES > 1) ? $clog2(TLB1_ENTRIES) : 1;

  logic           search, hit0, hit1, multi0, multi1, valid0, valid1, used;
  logic           walk, walk_write, ind1, multi_ind, sx_ind, write0;
  logic [19:0]    epn, hint_epn;
  mmu_pkg::ctx_t  ctx;
  logic [SetW-1:0] set, hint_set;
  logic [WayW-1:0] way, esel_way, walk_way;
  logic [TLB0_WAYS-1:0] hint_valid, set_valid;
  logic [IdxW-1:0] index;
  mmu_pkg::tag_t  tag0, tag1;
  mmu_pkg::page_t page0, page1;
  mmu_pkg::rest_t rest0, rest1;

  assign walk = Walks && walk_slot_o;
  assign walk_write = Walks && walk_write_i;
  assign sx_ind = Ind && tlbsx_i && sx_ind_i;
  assign write0 = (write_i && !to_tlb1_i) || walk_write;

  l2_arbiter #(.L2TLB_ACCEPT(L2TLB_ACCEPT)) u_arbiter (
    .clk_i, .rst_ni, .i_wait_i, .d_wait_i, .walk_end_i(Walks && walk_end_i), .i_grant_o, .d_grant_o,
    .walk_grant_o(walk_slot_o)
  );

  assign search = i_grant_o || d_grant_o || tlbsx_i;
  always_comb begin
    epn = epn_i;
    ctx = sx_ctx_i;
    if (d_grant_o) begin
      epn = d_epn_i;
      ctx = d_ctx_i;
    end else if (i_grant_o) begin
      epn = i_epn_i;
      ctx = i_ctx_i;
    end else if (tlbsx_i) begin
      epn = sx_epn_i;
    end else if (walk) begin
      epn = walk_epn_i;
    end
  end

  assign esel_way = WayW'(esel_i % 12'(TLB0_WAYS));

  tlb0 #(
    .TLB0_SETS(TLB0_SETS), .TLB0_WAYS(TLB0_WAYS), .SET_W(SetW), .WAY_W(WayW)
  ) u_tlb0 (
    .clk_i, .rst_ni, .epn_i(epn), .search_i(search && !sx_ind), .ctx_i(ctx),
    .hit_o(hit0), .multi_o(multi0),
    .read_i((read_i && !to_tlb1_i) || walk),
    .way_i(walk ? walk_way : esel_way), .way_o(way),
    .set_o(set), .set_valid_o(set_valid), .valid_o(valid0), .tag_o(tag0), .page_o(page0),
    .rest_o(rest0), .write_i(write0), .walk_i(walk_write), .valid_i(valid_i || walk),
    .tag_i(walk ? walk_tag_i : tag_i), .page_i(walk ? walk_page_i : page_i),
    .rest_i(walk ? walk_rest_i : rest_i),
    .snoop_i, .instr_i, .hint_set_i(hint_set), .hint_valid_o(hint_valid)
  );

  tlb1 #(
    .TLB1_ENTRIES(TLB1_ENTRIES), .BOOT_ENTRY(BOOT_ENTRY), .IDX_W(IdxW), .HTW(HTW)
  ) u_tlb1 (
    .clk_i, .rst_ni, .search_i(search), .epn_i(epn), .ctx_i(ctx),
    .ind_only_i(sx_ind), .hit_o(hit1), .multi_o(multi1), .ind_hit_o(ind1), .ind_multi_o(multi_ind),
    .read_i(read_i && to_tlb1_i), .index_i(IdxW'(esel_i % 12'(TLB1_ENTRIES))), .index_o(index),
    .valid_o(valid1), .tag_o(tag1), .page_o(page1), .rest_o(rest1),
    .write_i(write_i && to_tlb1_i), .valid_i, .tag_i, .page_i, .rest_i,
    .snoop_i, .instr_i
  );

  // First match: TLB0 by way, then TLB1 by index (§5, MULTIHIT=FIRST). A search that finds no
  // direct entry counts indirect ones, but for a tlbsx that does not want them (walkers.md §W3).
  if (Ind) begin : g_both_kinds
    logic direct;
    assign direct = hit0 || hit1;
    assign hit_o = sx_ind ? ind1 : direct;
    assign ind_o = !tlbsx_i && !direct && ind1;
    assign multi_o = (sx_ind || ind_o) ? multi_ind : multi0 || multi1 || (hit0 && hit1);
  end else begin : g_direct
    logic unused;
    assign unused = &{1'b0, ind1, multi_ind, sx_ind_i};
    assign hit_o = hit0 || hit1;
    assign ind_o = 1'b0;
    assign multi_o = multi0 || multi1 || (hit0 && hit1);
  end
  assign tlb1_o = search ? !hit0 : to_tlb1_i && !walk;
  assign esel_o = tlb1_o ? 12'(index) : 12'(way);
  assign valid_o = tlb1_o ? valid1 : valid0;
  assign tag_o = tlb1_o ? tag1 : tag0;
  assign page_o = tlb1_o ? page1 : page0;
  assign rest_o = tlb1_o ? rest1 : rest0;

  // The hint: its set is that of the EA that missed, or of the entry. A lookup that ends in a
  // machine check has no answer, so it is no use (§8).
  assign hint_epn = error_i ? error_epn_i : (tlbsx_i ? sx_epn_i : epn_i);
  assign hint_set = SetW'(mmu_pkg::set_of(hint_epn, 20'(TLB0_SETS)));
  assign used = (i_grant_o || d_grant_o) && hit0 && !(multi_o && MULTIHIT == 0);

  tlb0_hint #(
    .TLB0_WAYS(TLB0_WAYS), .TLB0_REPL(TLB0_REPL), .NV_SCOPE(NV_SCOPE), .SET_W(SetW), .WAY_W(WayW),
    .HTW(HTW)
  ) u_hint (
    .clk_i, .rst_ni, .set_i(hint_set), .valid_i(hint_valid),
    .miss_i(error_i || (tlbsx_i && !hit_o)),
    .load_i(write_i && !to_tlb1_i), .load_nv_i(mas0_nv_i),
    .use_i(used), .use_set_i(set), .way_i(way), .nv_o, .hint_o, .next_o(hint_next_o),
    .walk_i(walk), .walk_set_i(set), .walk_valid_i(set_valid), .walk_way_o(walk_way),
    .walk_write_i(walk_write)
  );

  logic unused;
  assign unused = &{1'b0, hint_epn, walk_end_i, walk_write_i, walk_epn_i, walk_tag_i, walk_page_i,
                    walk_rest_i};  // of hint_epn its set alone counts

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // an instruction has the arrays for itself
      assert (!((i_grant_o || d_grant_o || error_i) && (tlbsx_i || read_i)));
      assert (!write_i || read_i);
      // a walk's write has the arrays for itself as well, at the edge of its slot
      assert (!(walk && (search || read_i)));
      assert (!walk_write || walk);
      // MULTIHIT=ASSERT: software must not have overlapped entries (§5)
      if (MULTIHIT == 2 && search) assert (!multi_o);
    end
  end

endmodule
