// The L1 TLB of one port: 4K array (pages from TLB0) and VSP (pages from TLB1).
//
// docs/pins.md §5. Both are searched at once, the 4K array answers first, and only the way that
// answers counts as used. An array of 0 ways does not exist: never hits, takes no fill.
module l1_tlb #(
  parameter int L1_4K_SETS = 16,     // sets of the 4K array
  parameter int L1_4K_WAYS = 4,      // its ways, 0 = none
  parameter int L1_VSP_ENTRIES = 8,  // entries of the VSP, 0 = none
  parameter int BACKINV_MATCH = 0    // 0 EPN_TS, 1 FULL, 2 NONE
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               lookup_i,
  input  logic [19:0]        epn_i,
  input  mmu_pkg::ctx_t      ctx_i,
  output logic               hit_o,        // in the cycle after the lookup
  output logic [3:0]         size_o,
  output mmu_pkg::page_t     page_o,
  input  logic               fill_i,
  input  logic               fill_tlb1_i,  // the entry came from TLB1
  input  mmu_pkg::tag_t      tag_i,
  input  mmu_pkg::page_t     page_i,
  input  mmu_pkg::inv_t      snoop_i,
  input  mmu_pkg::inv_t      instr_i,
  input  mmu_pkg::l1_flush_t flush_i,
  input  mmu_pkg::tag_t      victim_i
);

  logic           hit_4k, hit_vsp;
  logic [3:0]     size_4k, size_vsp;
  mmu_pkg::page_t page_4k, page_vsp;

  if (L1_4K_WAYS > 0) begin : g_4k
    l1_array #(
      .SETS(L1_4K_SETS), .WAYS(L1_4K_WAYS), .OF_TLB1(0), .BACKINV_MATCH(BACKINV_MATCH)
    ) u_array (
      .clk_i, .rst_ni, .lookup_i, .epn_i, .ctx_i,
      .hit_o(hit_4k), .size_o(size_4k), .page_o(page_4k), .use_i(hit_4k),
      .fill_i(fill_i && !fill_tlb1_i), .tag_i, .page_i,
      .snoop_i, .instr_i, .flush_i, .victim_i
    );
  end else begin : g_no_4k
    assign hit_4k = 1'b0;
    assign size_4k = '0;
    assign page_4k = '0;
  end

  if (L1_VSP_ENTRIES > 0) begin : g_vsp
    l1_array #(
      .SETS(1), .WAYS(L1_VSP_ENTRIES), .OF_TLB1(1), .BACKINV_MATCH(BACKINV_MATCH)
    ) u_array (
      .clk_i, .rst_ni, .lookup_i, .epn_i, .ctx_i,
      .hit_o(hit_vsp), .size_o(size_vsp), .page_o(page_vsp), .use_i(hit_vsp && !hit_4k),
      .fill_i(fill_i && fill_tlb1_i), .tag_i, .page_i,
      .snoop_i, .instr_i, .flush_i, .victim_i
    );
  end else begin : g_no_vsp
    assign hit_vsp = 1'b0;
    assign size_vsp = '0;
    assign page_vsp = '0;
  end

  // without arrays (core qemu) nothing is left to use them
  logic unused;
  assign unused = &{1'b0, rst_ni, lookup_i, epn_i, ctx_i, fill_i, fill_tlb1_i, tag_i, page_i,
                    snoop_i, instr_i, flush_i, victim_i};

  // which array answered last, for as long as the response may be held
  logic from_4k, from_4k_q;
  assign hit_o = hit_4k || hit_vsp;
  assign from_4k = hit_o ? hit_4k : from_4k_q;
  always_ff @(posedge clk_i) if (hit_o) from_4k_q <= hit_4k;

  assign size_o = from_4k ? size_4k : size_vsp;
  assign page_o = from_4k ? page_4k : page_vsp;

endmodule
