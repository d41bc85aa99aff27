// TLB1: TLB1_ENTRIES entries of any legal page size, with IPROT (docs/pins.md §5, §8, §9).
//
// Searched when asked, else indexed by tlbre and tlbwe. Reads see the cycle; drops and the write
// land at its edge, the write over the drops (§7). IPROT stops invalidations, never tlbwe.
//
// With HTW=E6500 some entries are indirect (docs/walkers.md §W3): found beside the direct ones,
// and read out if ind_only_i says so or no direct one hits. They map 2 MB, size code 5 and a half;
// their EPN is even at 1 MB, so they match a page of code 5 if EPNs are compared without that bit.
module tlb1 #(
  parameter int TLB1_ENTRIES = 64,  // 1..512
  parameter int BOOT_ENTRY = 1,     // 1 = entry 0 holds the boot page after reset
  parameter int IDX_W = 6,          // bits of an index
  parameter int HTW = 0             // 0 OFF, 1 TABLEWALK, 2 E6500
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             search_i,
  input  logic [19:0]      epn_i,
  input  mmu_pkg::ctx_t    ctx_i,
  input  logic             ind_only_i,   // of the search: read out no direct entry
  output logic             hit_o,        // direct entries
  output logic             multi_o,
  output logic             ind_hit_o,    // indirect ones
  output logic             ind_multi_o,
  input  logic             read_i,    // tlbre, tlbwe
  input  logic [IDX_W-1:0] index_i,
  output logic [IDX_W-1:0] index_o,   // the entry that is read out
  output logic             valid_o,
  output mmu_pkg::tag_t    tag_o,
  output mmu_pkg::page_t   page_o,
  output mmu_pkg::rest_t   rest_o,
  input  logic             write_i,
  input  logic             valid_i,
  input  mmu_pkg::tag_t    tag_i,
  input  mmu_pkg::page_t   page_i,
  input  mmu_pkg::rest_t   rest_i,
  input  mmu_pkg::inv_t    snoop_i,
  input  mmu_pkg::inv_t    instr_i
);

  localparam int N = 1 << IDX_W;
  localparam bit Boot = BOOT_ENTRY != 0;
  localparam bit Ind = HTW == mmu_pkg::HtwE6500;

  logic [mmu_pkg::TagW-1:0]  tag_q [N];
  logic [mmu_pkg::PageW-1:0] page_q [N];
  logic [mmu_pkg::RestW-1:0] rest_q [N];
  logic [N-1:0]              valid_q, written_q, iprot_q;  // IPROT of rest_q, once more
  logic [N-1:0]              ind_q;  // MAS1[IND] of rest_q, once more
  logic [N-1:0]              hits, ind_hits;
  logic [IDX_W-1:0]          hit_index;
  logic                      dropping;

  // The boot page (§3): MAS1 0xC0000100, MAS2 0xFFFFF008, MAS3 0xFFFFF015.
  mmu_pkg::tag_t  boot_tag;
  mmu_pkg::page_t boot_page;
  mmu_pkg::rest_t boot_rest;
  always_comb begin
    boot_tag = '0;
    boot_tag.size = 4'd1;
    boot_tag.epn = 20'hFFFFF;
    boot_page = '0;
    boot_page.rpn = 24'h0F_FFFF;
    boot_page.wimge = 5'h08;
    boot_page.perm = 6'h15;
    boot_rest = '0;
    boot_rest.iprot = 1'b1;
  end

  if (Ind) begin : g_both_kinds
    logic [19:0]  ind_epn;
    logic [N-1:0] all, chosen;
    assign ind_epn = {epn_i[19:9], 9'd0};
    always_comb begin
      all = '0;
      chosen = '0;
      hit_index = '0;
      if (search_i) begin
        for (int i = TLB1_ENTRIES - 1; i >= 0; i--) begin
          if (valid_q[i]) all[i] = mmu_pkg::tag_hit(tag_q[i], ind_q[i] ? ind_epn : epn_i, ctx_i);
        end
        chosen = (ind_only_i || (all & ~ind_q) == '0) ? all & ind_q : all & ~ind_q;
        for (int i = TLB1_ENTRIES - 1; i >= 0; i--) if (chosen[i]) hit_index = IDX_W'(i);
      end
    end
    assign hits = all & ~ind_q;
    assign ind_hits = all & ind_q;
  end else begin : g_direct
    always_comb begin
      hits = '0;
      hit_index = '0;
      if (search_i) begin
        for (int i = TLB1_ENTRIES - 1; i >= 0; i--) begin
          if (valid_q[i]) hits[i] = mmu_pkg::tag_hit(tag_q[i], epn_i, ctx_i);
          if (hits[i]) hit_index = IDX_W'(i);
        end
      end
    end
    assign ind_hits = '0;
    logic unused;
    assign unused = &{1'b0, ind_only_i, ind_q};
  end
  // More than one: a hit with a hit below it. Not x & (x - 1), whose borrow takes N gates.
  function automatic logic several(input logic [N-1:0] x);
    logic [N-1:0] below;
    below = x << 1;
    for (int s = 1; s < N; s = 2 * s) below |= below << s;
    several = (x & below) != '0;
  endfunction

  assign hit_o = |hits;
  assign multi_o = several(hits);
  assign ind_hit_o = |ind_hits;
  assign ind_multi_o = several(ind_hits);
  assign index_o = search_i ? hit_index : index_i;

  always_comb begin
    valid_o = 1'b0;
    tag_o = '0;
    page_o = '0;
    rest_o = '0;
    if ((search_i || read_i) && written_q[index_o]) begin
      valid_o = valid_q[index_o];
      tag_o = tag_q[index_o];
      page_o = page_q[index_o];
      rest_o = rest_q[index_o];
    end
  end

  assign dropping = snoop_i.tlb1 || instr_i.tlb1 || (Ind && (snoop_i.ind || instr_i.ind));
  logic [51:0] snoop_key, instr_key;  // as indirect entries are compared
  assign snoop_key = Ind ? {snoop_i.key[51:40], 9'd0, snoop_i.key[30:0]} : '0;
  assign instr_key = Ind ? {instr_i.key[51:40], 9'd0, instr_i.key[30:0]} : '0;
  always_ff @(posedge clk_i) begin : update
    logic [N-1:0] drop;
    if (!rst_ni) begin
      valid_q <= N'(Boot);
      written_q <= N'(Boot);
      iprot_q <= N'(Boot);
      ind_q <= '0;
      tag_q[0] <= boot_tag;
      page_q[0] <= boot_page;
      rest_q[0] <= boot_rest;
    end else begin
      if (dropping) begin
        drop = '0;
        for (int i = 0; i < TLB1_ENTRIES; i++) begin
          if (valid_q[i] && !iprot_q[i] && Ind && ind_q[i]) begin
            drop[i] = (snoop_i.ind && mmu_pkg::inv_hit(tag_q[i], snoop_key))
                || (instr_i.ind && mmu_pkg::inv_hit(tag_q[i], instr_key));
          end else if (valid_q[i] && !iprot_q[i]) begin
            drop[i] = (snoop_i.tlb1 && mmu_pkg::inv_hit(tag_q[i], snoop_i.key))
                || (instr_i.tlb1 && mmu_pkg::inv_hit(tag_q[i], instr_i.key));
          end
        end
        valid_q <= valid_q & ~drop;
      end
      if (write_i) begin
        valid_q[index_i] <= valid_i;
        written_q[index_i] <= 1'b1;
        iprot_q[index_i] <= rest_i.iprot;
        if (Ind) ind_q[index_i] <= rest_i.mas1h[0];
        tag_q[index_i] <= tag_i;
        page_q[index_i] <= page_i;
        rest_q[index_i] <= rest_i;
      end
    end
  end

  logic unused;
  assign unused = &{1'b0, snoop_i, instr_i};

  // IPROT survival: what was valid and protected before an edge that drops and does not write
  // is valid after it.
  logic         check_q;
  logic [N-1:0] protected_q;
  always_ff @(posedge clk_i) begin
    check_q <= rst_ni && dropping && !write_i;
    if (dropping) protected_q <= valid_q & iprot_q;
    if (rst_ni && check_q) assert ((protected_q & ~valid_q) == '0);
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(search_i && read_i));
      assert (!write_i || (read_i && 32'(index_i) < TLB1_ENTRIES));
      if (write_i && valid_i) assert (tag_i.size != 4'd0 && tag_i.size <= 4'd12);
      // what the compares of indirect entries rely on: 2 MB
      if (Ind && write_i && valid_i && rest_i.mas1h[0])
        assert (tag_i.size == 4'd5 && rest_i.mas1l[7] && tag_i.epn[8:0] == '0);
    end
  end

endmodule
