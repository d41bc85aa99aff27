// The hardware walker: takes a port in WALK, loads, answers it or writes TLB0.
//
// docs/walkers.md §W4, §W5 (states, what ends a walk how), §W6 (the entry), §W2 (memory port,
// events). What is loaded and decided is table_walk's or indirect_walk's; the end waits here for
// its L2 slot (l2_arbiter), and what it does then also depends on a snoop of that edge.
module walker #(
  parameter int HTW = 1,           // 1 TABLEWALK, 2 E6500
  parameter int RA_BITS = 36,      // §11
  parameter int RESERVED_BITS = 0  // §11
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  // the ports
  input  logic                i_walk_i,     // I port in WALK
  input  mmu_pkg::access_t    i_access_i,
  input  mmu_pkg::tag_t       i_tag_i,      // its indirect entry
  input  mmu_pkg::page_t      i_page_i,
  output mmu_pkg::walk_t      i_o,
  input  logic                d_walk_i,     // as I
  input  mmu_pkg::access_t    d_access_i,
  input  mmu_pkg::tag_t       d_tag_i,
  input  mmu_pkg::page_t      d_page_i,
  output mmu_pkg::walk_t      d_o,
  input  mmu_pkg::walk_regs_t regs_i,
  input  logic                snooped_i,    // a snoop is accepted at this edge
  output logic                busy_o,       // a port is in WALKED
  // memory
  output logic                mem_req_valid_o,
  input  logic                mem_req_ready_i,
  output logic [35:0]         mem_req_ra_o,
  output logic                mem_req_double_o,
  input  logic                mem_rsp_valid_i,
  input  logic                mem_rsp_error_i,
  input  logic [63:0]         mem_rsp_data_i,
  // L2
  output logic                end_o,        // in END
  input  logic                slot_i,       // and has the slot
  output logic                write_o,
  output mmu_pkg::tag_t       tag_o,
  output mmu_pkg::page_t      page_o,
  output mmu_pkg::rest_t      rest_o,
  output logic [26:24]        event_o       // thrown away, wrote TLB0, asked memory
);

  localparam bit Table = HTW == mmu_pkg::HtwTablewalk;
  localparam logic [1:0] Idle = 2'd0;
  localparam logic [1:0] Req = 2'd1;
  localparam logic [1:0] Load = 2'd2;
  localparam logic [1:0] End = 2'd3;
  // MAS7 is not there with 32 bits of real address
  localparam logic [31:0] Mas7Mask = (RA_BITS == 32) ? 32'h0
      : ((RESERVED_BITS != 0) ? 32'hFFFF_FFFF : 32'((1 << (RA_BITS - 32)) - 1));

  logic [1:0]       state_q, result;
  logic             fetch_q, second_q, error_q, overtaken_q;
  logic             take, ended, overtaken, fault_pt, fault_tlbi, no_load;
  mmu_pkg::access_t access_q;
  logic [63:0]      data_q;
  logic [35:0]      ra;
  logic             is_double;
  logic [39:0]      rpn;
  logic [31:0]      mas7;
  logic [4:0]       wimge;
  logic [5:0]       rights;

  assign take = state_q == Idle && (i_walk_i || d_walk_i);
  assign busy_o = state_q != Idle;
  assign end_o = state_q == End;
  assign ended = end_o && slot_i;
  assign overtaken = overtaken_q || snooped_i;

  assign mem_req_valid_o = state_q == Req;
  assign mem_req_ra_o = mem_req_valid_o ? ra : '0;
  assign mem_req_double_o = mem_req_valid_o && is_double;

  // ---- the end: first that applies ----
  always_comb begin
    result = mmu_pkg::WalkAgain;
    if (overtaken) result = mmu_pkg::WalkAgain;
    else if (error_q) result = mmu_pkg::WalkBusError;
    else if (fault_pt) result = mmu_pkg::WalkFaultPt;
    else if (fault_tlbi) result = mmu_pkg::WalkFaultTlbi;
  end
  assign write_o = ended && !overtaken && !error_q && !fault_pt && !fault_tlbi;
  assign d_o = {take && d_walk_i, ended && !fetch_q, result};
  assign i_o = {take && !d_walk_i, ended && fetch_q, result};

  // ---- the entry ----
  assign mas7 = {12'd0, rpn[39:20]} & Mas7Mask;
  assign page_o = {mas7[3:0], rpn[19:0], 1'b0, wimge, rights};
  assign rest_o = {25'd0, mas7[31:4], 18'd0};

  if (Table) begin : g_table
    table_walk u_table (
      .regs_i, .access_i(access_q), .second_i(second_q), .data_i(data_q), .ra_o(ra),
      .double_o(is_double), .fault_pt_o(fault_pt), .tag_o, .rpn_o(rpn), .wimge_o(wimge),
      .rights_o(rights)
    );
    assign fault_tlbi = 1'b0;
    assign no_load = 1'b0;
    logic unused;
    assign unused = &{1'b0, i_tag_i, i_page_i, d_tag_i, d_page_i};
  end else begin : g_indirect
    mmu_pkg::tag_t  ind_tag_q;
    mmu_pkg::page_t ind_page_q;
    always_ff @(posedge clk_i) begin
      if (take) begin
        ind_tag_q <= d_walk_i ? d_tag_i : i_tag_i;
        ind_page_q <= d_walk_i ? d_page_i : i_page_i;
      end
    end
    indirect_walk u_indirect (
      .ea_i(access_q.ea), .ind_tag_i(ind_tag_q), .ind_page_i(ind_page_q), .data_i(data_q),
      .ra_o(ra), .fault_pt_o(fault_pt), .fault_tlbi_o(fault_tlbi), .tag_o, .rpn_o(rpn),
      .wimge_o(wimge), .rights_o(rights)
    );
    // SPSIZE says before any load that its PTEs are not of 4 KB pages
    assign no_load = (d_walk_i ? d_page_i.perm[5:1] : i_page_i.perm[5:1]) != 5'd2;
    assign is_double = 1'b1;
    logic unused;
    assign unused = &{1'b0, regs_i, access_q};
  end

  // ---- the states ----
  always_ff @(posedge clk_i) begin : states
    logic again;
    // a PGD entry is good if it is not 0, in the wide format if it is no huge-page directory
    again = Table && !second_q && !mem_rsp_error_i
        && (regs_i.ctl[1] ? mem_rsp_data_i[31] : mem_rsp_data_i[31:0] != '0);
    if (!rst_ni) begin
      state_q <= Idle;
      event_o <= '0;
    end else begin
      event_o <= {ended && overtaken, write_o, mem_req_valid_o && mem_req_ready_i};
      unique case (state_q)
        Idle: if (take) state_q <= no_load ? End : Req;
        Req: if (mem_req_ready_i) state_q <= Load;
        Load: if (mem_rsp_valid_i) state_q <= again ? Req : End;
        default: if (slot_i) state_q <= Idle;
      endcase
    end
    if (take) begin
      fetch_q <= !d_walk_i;
      access_q <= d_walk_i ? d_access_i : i_access_i;
      second_q <= 1'b0;
      error_q <= 1'b0;
      overtaken_q <= snooped_i;
    end else begin
      if (snooped_i) overtaken_q <= 1'b1;
      if (state_q == Load && mem_rsp_valid_i) begin
        second_q <= second_q || again;
        error_q <= mem_rsp_error_i;
        data_q <= mem_rsp_data_i;
      end
    end
  end

  // One load at a time; a request stays as it is until it is transferred (§W2).
  logic        asked_q, outstanding_q;
  logic [35:0] asked_ra_q;
  always_ff @(posedge clk_i) begin
    asked_q <= rst_ni && mem_req_valid_o && !mem_req_ready_i;
    asked_ra_q <= mem_req_ra_o;
    if (!rst_ni) outstanding_q <= 1'b0;
    else if (mem_req_valid_o && mem_req_ready_i) outstanding_q <= 1'b1;
    else if (mem_rsp_valid_i) outstanding_q <= 1'b0;
    if (rst_ni) begin
      if (asked_q) assert (mem_req_valid_o && mem_req_ra_o == asked_ra_q);
      if (mem_req_valid_o) assert (mem_req_ra_o[1:0] == '0 && !(is_double && mem_req_ra_o[2]));
      assert (outstanding_q == (state_q == Load));
      assert (32'(i_o.taken) + 32'(d_o.taken) + 32'(i_o.ended) + 32'(d_o.ended) <= 32'd1);
      if (write_o) assert (tag_o.epn == access_q.ea[31:12] && tag_o.size == 4'd1);
    end
  end

endmodule
