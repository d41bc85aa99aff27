// The MMU: two ports with an L1 TLB each, one L2, the MMU instructions and their registers.
//
// docs/pins.md: ports §2, reset and live_q §3, who is ready §4, parameters §11; docs/walkers.md for
// a hardware walker, of which nothing is there with HTW=0. Outputs are functions of registers
// alone; what every unit does at an edge is in its own file.
module mmu #(
  parameter int TLB0_SETS = 128,            // sets of TLB0
  parameter int TLB0_WAYS = 4,              // ways of TLB0
  parameter int TLB1_ENTRIES = 64,          // entries of TLB1
  parameter int TLB1_MIN_SIZE_CODE = 1,     // smallest page of TLB1, 4^code KB
  parameter int TLB1_MAX_SIZE_CODE = 11,    // largest page of TLB1
  parameter int L1_4K_SETS = 16,            // sets of an L1 4K array
  parameter int L1_4K_WAYS = 4,             // its ways, 0 = none
  parameter int L1_VSP_ENTRIES = 8,         // entries of an L1 VSP, 0 = none
  parameter int RA_BITS = 36,               // real address
  parameter int PID_BITS = 8,               // PID registers
  parameter int EPID_BITS = 8,              // EPLC, EPSC
  parameter int NPIDS = 1,                  // PID registers there are: 1, 3
  parameter int LPID_BITS = 6,              // LPIDR, MAS5, MAS8
  parameter int TSIZE_BITS = 4,             // 4, 5
  parameter int HAS_EHV = 1,                // LPID, GS, MAS5, MAS8, EPCR
  parameter int HAS_TLBILX = 1,             // tlbilx exists
  parameter int HAS_EXTERNAL_PID = 1,       // EPLC, EPSC exist
  parameter int BOOT_ENTRY = 1,             // TLB1 entry 0 after reset
  parameter int MMUCFG_READS_ZERO = 0,      // as QEMU's does
  parameter int TLBILX_TID0_WILDCARD = 0,   // TID 0 passes for T=3
  parameter int NV_SCOPE = 0,               // GLOBAL, PER_SET, QEMU
  parameter int TLB0_REPL = 0,              // SOFTWARE, LRU
  parameter int L1_FLUSH_ON_PID = 0,        // NON_GLOBAL, ALL, NONE
  parameter int L1_FLUSH_ON_LPID = 0,       // ALL, NONE
  parameter int BACKINV_MATCH = 0,          // EPN_TS, FULL, NONE
  parameter int MULTIHIT = 0,               // MCHECK, FIRST, ASSERT
  parameter int TLBWE_BAD_TSIZE = 0,        // ILLEGAL, FORCE_4K
  parameter int TLBSX_RA_NZ = 0,            // ILLEGAL, EA_SUM
  parameter int TLBSX_MISS_EPN = 0,         // KEEP, ZERO
  parameter int MISS_UBITS = 0,             // KEEP, ZERO
  parameter int TLBRE_MAS0 = 0,             // NV_ONLY, REWRITE
  parameter int TLBIVAX_LPID = 0,           // IGNORE, MATCH
  parameter int RESERVED_BITS = 0,          // READ_ZERO, RETAIN
  parameter int UNKNOWN_SPR = 0,            // ILLEGAL, IGNORE
  parameter int HTW = 0,                    // hardware walker: OFF, TABLEWALK, E6500
  parameter int L1TLB_HIT_EXTRA = 0,        // cycles an L1 hit waits
  parameter int L2TLB_HIT_PENALTY = 6,      // slot to response
  parameter int L2TLB_ACCEPT = 2,           // slot to slot
  parameter int T_TLBWE = 6,                // latency
  parameter int T_TLBRE = 6,                // latency
  parameter int T_TLBSX = 6,                // latency
  parameter int T_TLBILX_VA = 8,            // tlbilx T=3
  parameter int T_TLBILX_SCAN = 8,          // tlbilx T=0, 1
  parameter int T_TLBILX_SCAN_PER_SET = 1,  // and this a set of TLB0
  parameter int T_MMUCSR0_FLASH = 8,        // mtspr that flashes
  parameter int T_TLBIVAX_LOCAL = 10,       // latency
  parameter int T_TLBSYNC = 60,             // latency
  parameter int T_MTSPR = 1,                // latency
  parameter int T_MFSPR = 1,                // latency
  parameter int T_PID_WRITE_FLUSH = 1,      // added where mtspr flushes L1
  parameter int T_TRAP = 1                  // any that traps
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  // I request
  input  logic                 i_req_valid_i,
  output logic                 i_req_ready_o,
  input  logic [31:0]          i_req_ea_i,
  input  logic                 i_req_as_i,
  input  logic                 i_req_pr_i,
  input  logic                 i_req_gs_i,
  // I response
  output logic                 i_rsp_valid_o,
  output logic [2:0]           i_rsp_outcome_o,
  output logic [35:0]          i_rsp_ra_o,
  output logic [4:0]           i_rsp_wimge_o,
  output logic [31:0]          i_rsp_fault_ea_o,
  // D request
  input  logic                 d_req_valid_i,
  output logic                 d_req_ready_o,
  input  logic [31:0]          d_req_ea_i,
  input  logic                 d_req_store_i,
  input  logic                 d_req_as_i,
  input  logic                 d_req_pr_i,
  input  logic                 d_req_gs_i,
  input  logic                 d_req_epid_i,
  // D response
  output logic                 d_rsp_valid_o,
  output logic [2:0]           d_rsp_outcome_o,
  output logic [35:0]          d_rsp_ra_o,
  output logic [4:0]           d_rsp_wimge_o,
  output logic [31:0]          d_rsp_fault_ea_o,
  output logic [31:0]          d_rsp_esr_o,
  // instruction
  input  logic                 instr_valid_i,
  output logic                 instr_ready_o,
  input  logic [2:0]           instr_opcode_i,
  input  logic [31:0]          instr_operand_i,
  input  logic [2:0]           instr_t_i,
  input  logic [9:0]           instr_spr_i,
  input  logic                 instr_ra_nonzero_i,
  input  logic                 instr_pr_i,
  input  logic                 instr_gs_i,
  output logic                 instr_done_o,
  output logic [2:0]           instr_trap_o,
  output logic [31:0]          instr_value_o,
  // snoop
  input  logic                 snoop_valid_i,
  output logic                 snoop_ready_o,
  input  logic [31:0]          snoop_ea_i,
  input  logic [LPID_BITS-1:0] snoop_lpid_i,
  // events
  output logic [26:0]          perf_event_o,
  // memory request of the walker
  output logic                 mem_req_valid_o,
  input  logic                 mem_req_ready_i,
  output logic [35:0]          mem_req_ra_o,
  output logic                 mem_req_double_o,
  // memory response
  input  logic                 mem_rsp_valid_i,
  input  logic                 mem_rsp_error_i,
  input  logic [63:0]          mem_rsp_data_i
);

  logic               live_q, i_idle, d_idle, unit_idle, open, snooped;
  logic               i_wait, d_wait, i_grant, d_grant, i_error, d_error, error;
  logic               hit, multi, tlb1, valid, tlbsx, read, write, to_tlb1, new_valid;
  logic [6:0]         i_event, d_event;
  logic               sx_ind, ind, overtaken, i_walk, d_walk, i_walked, d_walked;
  logic               walk_busy, walk_end, walk_slot, walk_write;
  logic [26:24]       walk_event;
  logic [11:0]        found_esel, esel, nv, hint, hint_next, mas0_nv;
  logic [19:10]       instr_event;
  logic [19:0]        epn, sx_epn, error_epn;
  logic [31:0]        unused_i_esr;  // a fetch has no ESR
  mmu_pkg::ctx_t      sx_ctx;
  mmu_pkg::access_t   i_pins, d_pins, i_access, d_access, i_held, d_held;
  mmu_pkg::instr_t    instr;
  mmu_pkg::tag_t      tag, new_tag, i_ind_tag, d_ind_tag, walk_tag;
  mmu_pkg::page_t     page, new_page, i_ind_page, d_ind_page, walk_page;
  mmu_pkg::rest_t     rest, new_rest, walk_rest;
  mmu_pkg::walk_t     i_told, d_told;
  mmu_pkg::walk_regs_t walk_regs;
  mmu_pkg::inv_t      snoop_inv, instr_inv;
  mmu_pkg::l1_flush_t flush;

  // live_q gates the four readies until the first edge out of reset (§3).
  always_ff @(posedge clk_i) live_q <= rst_ni;
  assign open = live_q && unit_idle;
  assign snoop_ready_o = live_q;
  assign snooped = snoop_valid_i && live_q;
  // To the port that walks itself its own write means nothing (walkers.md §W4).
  assign overtaken = snooped || (HTW != 0 && walk_write);

  assign i_pins = {i_req_ea_i, 2'b00, i_req_pr_i, i_req_gs_i, 13'd0, i_req_as_i, 42'd0};
  assign d_pins = {d_req_ea_i, d_req_store_i, d_req_epid_i, d_req_pr_i, d_req_gs_i,
                   13'd0, d_req_as_i, 42'd0};
  assign instr = {instr_opcode_i, instr_operand_i, instr_t_i, instr_spr_i, instr_gs_i};

  access_port #(
    .IS_FETCH(1),
    .L1_4K_SETS(L1_4K_SETS), .L1_4K_WAYS(L1_4K_WAYS), .L1_VSP_ENTRIES(L1_VSP_ENTRIES),
    .BACKINV_MATCH(BACKINV_MATCH), .MULTIHIT(MULTIHIT), .L1TLB_HIT_EXTRA(L1TLB_HIT_EXTRA),
    .L2TLB_HIT_PENALTY(L2TLB_HIT_PENALTY), .HAS_EHV(HAS_EHV), .HTW(HTW)
  ) u_i_port (
    .clk_i, .rst_ni, .open_i(open), .valid_i(i_req_valid_i), .access_i(i_access),
    .ready_o(i_req_ready_o), .idle_o(i_idle), .valid_o(i_rsp_valid_o),
    .outcome_o(i_rsp_outcome_o), .ra_o(i_rsp_ra_o), .wimge_o(i_rsp_wimge_o),
    .fault_ea_o(i_rsp_fault_ea_o), .esr_o(unused_i_esr), .event_o(i_event),
    .wait_o(i_wait), .access_o(i_held), .grant_i(i_grant), .found_i(hit), .multi_i(multi),
    .tlb1_i(tlb1), .tag_i(tag), .page_i(page), .error_o(i_error),
    .walks_i(walk_regs.ctl[0]), .ind_i(ind), .walk_o(i_walk), .walked_o(i_walked),
    .tag_o(i_ind_tag), .page_o(i_ind_page), .walk_i(i_told), .overtaken_i(overtaken),
    .snoop_i(snoop_inv), .instr_i(instr_inv), .flush_i(flush), .victim_i(tag)
  );

  access_port #(
    .IS_FETCH(0),
    .L1_4K_SETS(L1_4K_SETS), .L1_4K_WAYS(L1_4K_WAYS), .L1_VSP_ENTRIES(L1_VSP_ENTRIES),
    .BACKINV_MATCH(BACKINV_MATCH), .MULTIHIT(MULTIHIT), .L1TLB_HIT_EXTRA(L1TLB_HIT_EXTRA),
    .L2TLB_HIT_PENALTY(L2TLB_HIT_PENALTY), .HAS_EHV(HAS_EHV), .HTW(HTW)
  ) u_d_port (
    .clk_i, .rst_ni, .open_i(open), .valid_i(d_req_valid_i), .access_i(d_access),
    .ready_o(d_req_ready_o), .idle_o(d_idle), .valid_o(d_rsp_valid_o),
    .outcome_o(d_rsp_outcome_o), .ra_o(d_rsp_ra_o), .wimge_o(d_rsp_wimge_o),
    .fault_ea_o(d_rsp_fault_ea_o), .esr_o(d_rsp_esr_o), .event_o(d_event),
    .wait_o(d_wait), .access_o(d_held), .grant_i(d_grant), .found_i(hit), .multi_i(multi),
    .tlb1_i(tlb1), .tag_i(tag), .page_i(page), .error_o(d_error),
    .walks_i(walk_regs.ctl[0]), .ind_i(ind), .walk_o(d_walk), .walked_o(d_walked),
    .tag_o(d_ind_tag), .page_o(d_ind_page), .walk_i(d_told), .overtaken_i(overtaken),
    .snoop_i(snoop_inv), .instr_i(instr_inv), .flush_i(flush), .victim_i(tag)
  );

  l2_tlb #(
    .TLB0_SETS(TLB0_SETS), .TLB0_WAYS(TLB0_WAYS), .TLB1_ENTRIES(TLB1_ENTRIES),
    .BOOT_ENTRY(BOOT_ENTRY), .NV_SCOPE(NV_SCOPE), .TLB0_REPL(TLB0_REPL), .MULTIHIT(MULTIHIT),
    .L2TLB_ACCEPT(L2TLB_ACCEPT), .HTW(HTW)
  ) u_l2 (
    .clk_i, .rst_ni, .i_wait_i(i_wait), .i_epn_i(i_held.ea[31:12]), .i_ctx_i(i_held.ctx),
    .i_grant_o(i_grant), .d_wait_i(d_wait), .d_epn_i(d_held.ea[31:12]), .d_ctx_i(d_held.ctx),
    .d_grant_o(d_grant), .tlbsx_i(tlbsx), .sx_epn_i(sx_epn), .sx_ctx_i(sx_ctx),
    .sx_ind_i(sx_ind), .walk_end_i(walk_end), .walk_slot_o(walk_slot), .walk_write_i(walk_write),
    .walk_epn_i(walk_tag.epn), .walk_tag_i(walk_tag), .walk_page_i(walk_page),
    .walk_rest_i(walk_rest), .ind_o(ind), .read_i(read), .to_tlb1_i(to_tlb1), .esel_i(esel),
    .epn_i(epn), .write_i(write),
    .valid_i(new_valid), .tag_i(new_tag), .page_i(new_page), .rest_i(new_rest),
    .snoop_i(snoop_inv), .instr_i(instr_inv), .hit_o(hit), .multi_o(multi), .tlb1_o(tlb1),
    .esel_o(found_esel), .valid_o(valid), .tag_o(tag), .page_o(page), .rest_o(rest),
    .error_i(error), .error_epn_i(error_epn), .mas0_nv_i(mas0_nv),
    .nv_o(nv), .hint_o(hint), .hint_next_o(hint_next)
  );

  mmu_control #(
    .TLB0_SETS(TLB0_SETS), .TLB0_WAYS(TLB0_WAYS), .TLB1_ENTRIES(TLB1_ENTRIES),
    .TLB1_MIN_SIZE_CODE(TLB1_MIN_SIZE_CODE), .TLB1_MAX_SIZE_CODE(TLB1_MAX_SIZE_CODE),
    .RA_BITS(RA_BITS), .PID_BITS(PID_BITS), .EPID_BITS(EPID_BITS), .NPIDS(NPIDS),
    .LPID_BITS(LPID_BITS), .TSIZE_BITS(TSIZE_BITS), .HAS_EHV(HAS_EHV), .HAS_TLBILX(HAS_TLBILX),
    .HAS_EXTERNAL_PID(HAS_EXTERNAL_PID), .MMUCFG_READS_ZERO(MMUCFG_READS_ZERO),
    .TLBILX_TID0_WILDCARD(TLBILX_TID0_WILDCARD), .NV_SCOPE(NV_SCOPE),
    .L1_FLUSH_ON_PID(L1_FLUSH_ON_PID), .L1_FLUSH_ON_LPID(L1_FLUSH_ON_LPID), .MULTIHIT(MULTIHIT),
    .TLBWE_BAD_TSIZE(TLBWE_BAD_TSIZE), .TLBSX_RA_NZ(TLBSX_RA_NZ), .TLBSX_MISS_EPN(TLBSX_MISS_EPN),
    .MISS_UBITS(MISS_UBITS), .TLBRE_MAS0(TLBRE_MAS0), .TLBIVAX_LPID(TLBIVAX_LPID),
    .RESERVED_BITS(RESERVED_BITS), .UNKNOWN_SPR(UNKNOWN_SPR), .HTW(HTW), .T_TLBWE(T_TLBWE),
    .T_TLBRE(T_TLBRE), .T_TLBSX(T_TLBSX), .T_TLBILX_VA(T_TLBILX_VA),
    .T_TLBILX_SCAN(T_TLBILX_SCAN), .T_TLBILX_SCAN_PER_SET(T_TLBILX_SCAN_PER_SET),
    .T_MMUCSR0_FLASH(T_MMUCSR0_FLASH), .T_TLBIVAX_LOCAL(T_TLBIVAX_LOCAL), .T_TLBSYNC(T_TLBSYNC),
    .T_MTSPR(T_MTSPR), .T_MFSPR(T_MFSPR), .T_PID_WRITE_FLUSH(T_PID_WRITE_FLUSH), .T_TRAP(T_TRAP)
  ) u_control (
    .clk_i, .rst_ni, .i_pins_i(i_pins), .d_pins_i(d_pins), .i_access_o(i_access),
    .d_access_o(d_access), .i_error_i(i_error), .i_failed_i(i_held), .d_error_i(d_error),
    .d_failed_i(d_held), .error_o(error), .error_epn_o(error_epn),
    .open_i(live_q && i_idle && d_idle), .requested_i(i_req_valid_i || d_req_valid_i),
    .valid_i(instr_valid_i), .instr_i(instr), .pr_i(instr_pr_i),
    .ra_nonzero_i(instr_ra_nonzero_i), .ready_o(instr_ready_o), .idle_o(unit_idle),
    .done_o(instr_done_o), .trap_o(instr_trap_o), .value_o(instr_value_o),
    .event_o(instr_event), .snooped_i(snooped), .snoop_ea_i, .snoop_lpid_i,
    .tlbsx_o(tlbsx), .sx_epn_o(sx_epn), .sx_ctx_o(sx_ctx), .sx_ind_o(sx_ind),
    .walk_write_i(walk_write), .walk_regs_o(walk_regs), .read_o(read), .write_o(write),
    .to_tlb1_o(to_tlb1), .esel_o(esel), .mas0_nv_o(mas0_nv), .epn_o(epn), .valid_o(new_valid),
    .tag_o(new_tag), .page_o(new_page), .rest_o(new_rest), .hit_i(hit), .multi_i(multi),
    .tlb1_i(tlb1), .esel_i(found_esel), .valid_old_i(valid), .tag_i(tag), .page_i(page),
    .rest_i(rest), .nv_i(nv), .hint_i(hint), .hint_next_i(hint_next), .snoop_o(snoop_inv),
    .instr_o(instr_inv), .flush_o(flush)
  );

  if (HTW != 0) begin : g_walker
    walker #(.HTW(HTW), .RA_BITS(RA_BITS), .RESERVED_BITS(RESERVED_BITS)) u_walker (
      .clk_i, .rst_ni, .i_walk_i(i_walk), .i_access_i(i_held), .i_tag_i(i_ind_tag),
      .i_page_i(i_ind_page), .i_o(i_told), .d_walk_i(d_walk), .d_access_i(d_held),
      .d_tag_i(d_ind_tag), .d_page_i(d_ind_page), .d_o(d_told), .regs_i(walk_regs),
      .snooped_i(snooped), .busy_o(walk_busy), .mem_req_valid_o, .mem_req_ready_i, .mem_req_ra_o,
      .mem_req_double_o, .mem_rsp_valid_i, .mem_rsp_error_i, .mem_rsp_data_i, .end_o(walk_end),
      .slot_i(walk_slot), .write_o(walk_write), .tag_o(walk_tag), .page_o(walk_page),
      .rest_o(walk_rest), .event_o(walk_event)
    );
  end else begin : g_no_walker
    assign {i_told, d_told, walk_busy, walk_end, walk_write, walk_event} = '0;
    assign {walk_tag, walk_page, walk_rest} = '0;
    assign {mem_req_valid_o, mem_req_ra_o, mem_req_double_o} = '0;
    logic unused;
    assign unused = &{1'b0, i_walk, d_walk, i_ind_tag, d_ind_tag, i_ind_page, d_ind_page, walk_regs,
                      walk_slot, mem_req_ready_i, mem_rsp_valid_i, mem_rsp_error_i, mem_rsp_data_i};
  end

  // A walk is one port's; no instruction runs beside it.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (walk_busy == (i_walked || d_walked) && !(i_walked && d_walked));
      assert (!(walk_busy && !unit_idle));
      if (HTW == 0) assert (!mem_req_valid_o);
    end
  end

  perf_events #(.HTW(HTW)) u_events (
    .clk_i, .rst_ni, .i_rsp_i(i_rsp_valid_o), .i_event_i(i_event), .d_rsp_i(d_rsp_valid_o),
    .d_event_i(d_event), .instr_i(instr_event), .snooped_i(snooped),
    .walk_i(walk_event), .event_o(perf_event_o)
  );

  // The ranges of §11, asserted once at time 0. Of the 0-or-1s bit 0 alone may be set.
  initial begin
    assert (TLB0_SETS >= 1 && TLB0_SETS <= 16384);
    assert (TLB0_WAYS >= 1 && TLB0_WAYS <= 64);
    assert (TLB1_ENTRIES >= 1 && TLB1_ENTRIES <= 512);
    assert (TLB1_MIN_SIZE_CODE >= 1 && TLB1_MAX_SIZE_CODE <= 12);
    assert (TLB1_MIN_SIZE_CODE <= TLB1_MAX_SIZE_CODE);
    assert (L1_4K_SETS >= 1 && L1_4K_SETS <= 1024);
    assert (L1_4K_WAYS >= 0 && L1_4K_WAYS <= 64);
    assert (L1_VSP_ENTRIES >= 0 && L1_VSP_ENTRIES <= 64);
    assert (RA_BITS >= 32 && RA_BITS <= 36);
    assert (PID_BITS >= 1 && PID_BITS <= 14);
    assert (EPID_BITS >= 1 && EPID_BITS <= PID_BITS);
    assert (NPIDS == 1 || NPIDS == 3);
    assert (LPID_BITS >= 1 && LPID_BITS <= 8);
    assert (TSIZE_BITS == 4 || TSIZE_BITS == 5);
    assert (((HAS_EHV | HAS_TLBILX | HAS_EXTERNAL_PID | BOOT_ENTRY) & ~1) == 0);
    assert (((MMUCFG_READS_ZERO | TLBILX_TID0_WILDCARD | TLB0_REPL) & ~1) == 0);
    assert (((L1_FLUSH_ON_LPID | TLBWE_BAD_TSIZE | TLBSX_RA_NZ | TLBSX_MISS_EPN) & ~1) == 0);
    assert (((MISS_UBITS | TLBRE_MAS0 | TLBIVAX_LPID | RESERVED_BITS | UNKNOWN_SPR) & ~1) == 0);
    assert (NV_SCOPE >= 0 && NV_SCOPE <= 2);
    assert (L1_FLUSH_ON_PID >= 0 && L1_FLUSH_ON_PID <= 2);
    assert (BACKINV_MATCH >= 0 && BACKINV_MATCH <= 2);
    assert (MULTIHIT >= 0 && MULTIHIT <= 2);
    assert (HTW >= 0 && HTW <= 2);
    assert (HTW != 2 || TSIZE_BITS == 5);
    assert (L1TLB_HIT_EXTRA >= 0 && L2TLB_HIT_PENALTY >= 1 && L2TLB_ACCEPT >= 1);
    assert (T_TLBWE >= 1 && T_TLBRE >= 1 && T_TLBSX >= 1);
    assert (T_TLBILX_VA >= 1 && T_TLBILX_SCAN >= 1 && T_TLBILX_SCAN_PER_SET >= 0);
    assert (T_MMUCSR0_FLASH >= 1 && T_TLBIVAX_LOCAL >= 1 && T_TLBSYNC >= 1);
    assert (T_MTSPR >= 1 && T_MFSPR >= 1 && T_PID_WRITE_FLUSH >= 0 && T_TRAP >= 1);
  end

endmodule
