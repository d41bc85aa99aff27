// Registers and instructions: everything that is neither a port nor an array.
//
// Wires mas_registers, context_registers, spr_access, tlbwe_entry, instruction_traps,
// instruction_unit and invalidation; samples the context of requests (docs/pins.md §5) and decides
// whether a TLB error is inhibited (§8). Parameters are those of module mmu.
module mmu_control #(
  parameter int TLB0_SETS = 128,
  parameter int TLB0_WAYS = 4,
  parameter int TLB1_ENTRIES = 64,
  parameter int TLB1_MIN_SIZE_CODE = 1,
  parameter int TLB1_MAX_SIZE_CODE = 11,
  parameter int RA_BITS = 36,
  parameter int PID_BITS = 8,
  parameter int EPID_BITS = 8,
  parameter int NPIDS = 1,
  parameter int LPID_BITS = 6,
  parameter int TSIZE_BITS = 4,
  parameter int HAS_EHV = 1,
  parameter int HAS_TLBILX = 1,
  parameter int HAS_EXTERNAL_PID = 1,
  parameter int MMUCFG_READS_ZERO = 0,
  parameter int TLBILX_TID0_WILDCARD = 0,
  parameter int NV_SCOPE = 0,
  parameter int L1_FLUSH_ON_PID = 0,
  parameter int L1_FLUSH_ON_LPID = 0,
  parameter int MULTIHIT = 0,
  parameter int TLBWE_BAD_TSIZE = 0,
  parameter int TLBSX_RA_NZ = 0,
  parameter int TLBSX_MISS_EPN = 0,
  parameter int MISS_UBITS = 0,
  parameter int TLBRE_MAS0 = 0,
  parameter int TLBIVAX_LPID = 0,
  parameter int RESERVED_BITS = 0,
  parameter int UNKNOWN_SPR = 0,
  parameter int HTW = 0,
  parameter int T_TLBWE = 6,
  parameter int T_TLBRE = 6,
  parameter int T_TLBSX = 6,
  parameter int T_TLBILX_VA = 8,
  parameter int T_TLBILX_SCAN = 8,
  parameter int T_TLBILX_SCAN_PER_SET = 1,
  parameter int T_MMUCSR0_FLASH = 8,
  parameter int T_TLBIVAX_LOCAL = 10,
  parameter int T_TLBSYNC = 60,
  parameter int T_MTSPR = 1,
  parameter int T_MFSPR = 1,
  parameter int T_PID_WRITE_FLUSH = 1,
  parameter int T_TRAP = 1
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  // requests of this cycle, ctx filled in here
  input  mmu_pkg::access_t     i_pins_i,
  input  mmu_pkg::access_t     d_pins_i,
  output mmu_pkg::access_t     i_access_o,
  output mmu_pkg::access_t     d_access_o,
  // TLB errors at their commit edge
  input  logic                 i_error_i,
  input  mmu_pkg::access_t     i_failed_i,
  input  logic                 d_error_i,
  input  mmu_pkg::access_t     d_failed_i,
  output logic                 error_o,      // one that is not inhibited
  output logic [19:0]          error_epn_o,
  // instruction
  input  logic                 open_i,       // out of reset, both ports idle
  input  logic                 requested_i,
  input  logic                 valid_i,
  input  mmu_pkg::instr_t      instr_i,
  input  logic                 pr_i,
  input  logic                 ra_nonzero_i,
  output logic                 ready_o,
  output logic                 idle_o,
  output logic                 done_o,
  output logic [2:0]           trap_o,
  output logic [31:0]          value_o,
  output logic [19:10]         event_o,
  // snoop
  input  logic                 snooped_i,
  input  logic [31:0]          snoop_ea_i,
  input  logic [LPID_BITS-1:0] snoop_lpid_i,
  // L2 and L1
  output logic                 tlbsx_o,
  output logic [19:0]          sx_epn_o,
  output mmu_pkg::ctx_t        sx_ctx_o,
  output logic                 sx_ind_o,     // MAS6[SIND]
  output logic                 read_o,       // tlbre or tlbwe
  output logic                 write_o,      // tlbwe
  output logic                 to_tlb1_o,
  output logic [11:0]          esel_o,
  output logic [11:0]          mas0_nv_o,
  output logic [19:0]          epn_o,
  output logic                 valid_o,
  output mmu_pkg::tag_t        tag_o,
  output mmu_pkg::page_t       page_o,
  output mmu_pkg::rest_t       rest_o,
  input  logic                 hit_i,
  input  logic                 multi_i,
  input  logic                 tlb1_i,
  input  logic [11:0]          esel_i,
  input  logic                 valid_old_i,
  input  mmu_pkg::tag_t        tag_i,
  input  mmu_pkg::page_t       page_i,
  input  mmu_pkg::rest_t       rest_i,
  input  logic [11:0]          nv_i,
  input  logic [11:0]          hint_i,
  input  logic [11:0]          hint_next_i,
  input  logic                 walk_write_i, // a walk overwrites the entry read
  output mmu_pkg::walk_regs_t  walk_regs_o,
  output mmu_pkg::inv_t        snoop_o,
  output mmu_pkg::inv_t        instr_o,
  output mmu_pkg::l1_flush_t   flush_o
);

  localparam bit Ehv = HAS_EHV != 0;

  mmu_pkg::mas_t     mas;
  mmu_pkg::context_t regs;
  mmu_pkg::instr_t   instr;
  mmu_pkg::access_t  failed;
  mmu_pkg::ctx_t     own_ctx, ext_ctx;
  mmu_pkg::words_t   mas_words, words;
  logic              ext_pr, exists, read_only, hypervisor, legal, ignored;
  logic              tlbre, tlbilx, tlbivax, flash, mtspr, tlbsx_mas, inhibited, back;
  logic [2:0]        trap;
  logic [31:0]       spr_value;

  // ---- sampling of requests (§5): GS counts with E.HV only; external PID replaces all of it ----
  always_comb begin
    i_access_o = i_pins_i;
    i_access_o.ctx = {own_ctx[55:44], Ehv && i_pins_i.gs_pin, i_pins_i.ctx.as, own_ctx[41:0]};
    d_access_o = d_pins_i;
    if (d_pins_i.epid) begin
      d_access_o.pr = ext_pr;
      d_access_o.ctx = ext_ctx;
    end else begin
      d_access_o.ctx = {own_ctx[55:44], Ehv && d_pins_i.gs_pin, d_pins_i.ctx.as, own_ctx[41:0]};
    end
  end

  // ---- TLB errors (§8): EPCR[DMIUH] inhibits, but for a guest's that go to the guest ----
  assign failed = d_error_i ? d_failed_i : i_failed_i;
  assign inhibited = regs.epcr[22]
      && !(failed.gs_pin && (d_error_i ? regs.epcr[30] : regs.epcr[29]));
  assign error_o = (d_error_i || i_error_i) && !inhibited;
  assign error_epn_o = failed.ea[31:12];

  // ---- to the L2 ----
  assign sx_ctx_o = {mas.mas5[11:0], mas.mas5[31], mas.mas6[0], 28'd0, mas.mas6[29:16]};
  assign sx_ind_o = mas.mas6[1];
  assign read_o = write_o || (tlbre && !mas.mas0[29]);
  assign to_tlb1_o = mas.mas0[28];
  assign esel_o = mas.mas0[27:16];
  assign mas0_nv_o = mas.mas0[11:0];
  assign epn_o = mas.mas2[31:12];
  assign mas_words = {mas.mas1, mas.mas2, mas.mas3, mas.mas7, mas.mas8};
  assign words = !(tlbsx_o || tlbre) ? '0
      : {valid_old_i, rest_i.iprot, tag_i.tid, rest_i.mas1h, tag_i.ts, tag_i.size,
                  rest_i.mas1l,
                  tag_i.epn, rest_i.mas2l, page_i.wimge,
                  page_i.rpn[19:0], rest_i.mas3l, page_i.perm,
                  rest_i.mas7h, page_i.rpn[23:20],
                  tag_i.tgs, page_i.vf, rest_i.mas8l, tag_i.tlpid};

  context_registers #(
    .PID_BITS(PID_BITS), .EPID_BITS(EPID_BITS), .NPIDS(NPIDS), .LPID_BITS(LPID_BITS),
    .HAS_EHV(HAS_EHV), .RESERVED_BITS(RESERVED_BITS)
  ) u_context (
    .clk_i, .rst_ni, .mtspr_i(mtspr), .spr_i(instr.spr), .value_i(instr.operand),
    .gs_i(instr.gs), .context_o(regs), .store_i(d_pins_i.store),
    .ext_pr_o(ext_pr), .ext_ctx_o(ext_ctx), .own_ctx_o(own_ctx)
  );

  mas_registers #(
    .TLB0_WAYS(TLB0_WAYS), .TLB1_ENTRIES(TLB1_ENTRIES), .RA_BITS(RA_BITS), .PID_BITS(PID_BITS),
    .NPIDS(NPIDS), .LPID_BITS(LPID_BITS), .TSIZE_BITS(TSIZE_BITS), .NV_SCOPE(NV_SCOPE),
    .TLBSX_MISS_EPN(TLBSX_MISS_EPN), .MISS_UBITS(MISS_UBITS), .TLBRE_MAS0(TLBRE_MAS0),
    .RESERVED_BITS(RESERVED_BITS), .HTW(HTW)
  ) u_mas (
    .clk_i, .rst_ni, .mtspr_i(mtspr), .spr_i(instr.spr), .value_i(instr.operand),
    .error_i(error_o), .access_i(failed), .tlbsx_i(tlbsx_mas), .hit_i, .tlbre_i(tlbre),
    .tlb1_i, .esel_i, .words_i(words), .nv_i, .hint_i, .hint_next_i,
    .mas_o(mas)
  );

  spr_access #(
    .TLB0_SETS(TLB0_SETS), .TLB0_WAYS(TLB0_WAYS), .TLB1_ENTRIES(TLB1_ENTRIES),
    .TLB1_MIN_SIZE_CODE(TLB1_MIN_SIZE_CODE), .TLB1_MAX_SIZE_CODE(TLB1_MAX_SIZE_CODE),
    .RA_BITS(RA_BITS), .PID_BITS(PID_BITS), .NPIDS(NPIDS), .LPID_BITS(LPID_BITS),
    .HAS_EHV(HAS_EHV), .HAS_EXTERNAL_PID(HAS_EXTERNAL_PID), .MMUCFG_READS_ZERO(MMUCFG_READS_ZERO),
    .HTW(HTW)
  ) u_spr (
    .decode_i(valid_i || !idle_o), .spr_i(instr.spr), .mas_i(mas), .context_i(regs),
    .walk_i(walk_regs_o), .exists_o(exists), .read_only_o(read_only),
    .hypervisor_o(hypervisor), .value_o(spr_value)
  );

  tlbwe_entry #(
    .TLB1_MIN_SIZE_CODE(TLB1_MIN_SIZE_CODE), .TLB1_MAX_SIZE_CODE(TLB1_MAX_SIZE_CODE),
    .TSIZE_BITS(TSIZE_BITS), .RESERVED_BITS(RESERVED_BITS), .HTW(HTW)
  ) u_entry (
    .cut_i(write_o), .to_tlb1_i(mas.mas0[28]), .mas_i(mas_words), .legal_o(legal),
    .valid_o, .tag_o, .page_o, .rest_o
  );

  instruction_traps #(
    .HAS_EHV(HAS_EHV), .HAS_TLBILX(HAS_TLBILX), .TLBWE_BAD_TSIZE(TLBWE_BAD_TSIZE),
    .TLBSX_RA_NZ(TLBSX_RA_NZ), .UNKNOWN_SPR(UNKNOWN_SPR)
  ) u_traps (
    .instr_i, .pr_i, .ra_nonzero_i, .dgtmi_i(regs.epcr[23]), .tlbsel_i(mas.mas0[29:28]),
    .size_legal_i(legal), .spr_exists_i(exists), .spr_read_only_i(read_only),
    .spr_hypervisor_i(hypervisor), .trap_o(trap), .spr_ignored_o(ignored)
  );

  instruction_unit #(
    .TLB0_SETS(TLB0_SETS), .L1_FLUSH_ON_PID(L1_FLUSH_ON_PID),
    .L1_FLUSH_ON_LPID(L1_FLUSH_ON_LPID), .MULTIHIT(MULTIHIT), .T_TLBWE(T_TLBWE),
    .T_TLBRE(T_TLBRE), .T_TLBSX(T_TLBSX), .T_TLBILX_VA(T_TLBILX_VA),
    .T_TLBILX_SCAN(T_TLBILX_SCAN), .T_TLBILX_SCAN_PER_SET(T_TLBILX_SCAN_PER_SET),
    .T_TLBIVAX_LOCAL(T_TLBIVAX_LOCAL), .T_TLBSYNC(T_TLBSYNC), .T_MMUCSR0_FLASH(T_MMUCSR0_FLASH),
    .T_MTSPR(T_MTSPR), .T_MFSPR(T_MFSPR), .T_PID_WRITE_FLUSH(T_PID_WRITE_FLUSH), .T_TRAP(T_TRAP)
  ) u_unit (
    .clk_i, .rst_ni, .open_i, .requested_i, .valid_i, .instr_i, .trap_i(trap),
    .ignored_i(ignored), .ready_o, .idle_o, .instr_o(instr), .tlbwe_o(write_o),
    .tlbre_o(tlbre), .tlbsx_o, .sx_epn_o, .tlbilx_o(tlbilx), .tlbivax_o(tlbivax), .flash_o(flash),
    .mtspr_o(mtspr), .multi_i, .tlbsx_mas_o(tlbsx_mas), .spr_value_i(spr_value),
    .done_o, .trap_o, .value_o, .wrote_tlb1_i(mas.mas0[28]), .event_o
  );

  if (HTW == mmu_pkg::HtwTablewalk) begin : g_walk_registers
    walk_registers #(.RA_BITS(RA_BITS)) u_walk (
      .clk_i, .rst_ni, .mtspr_i(mtspr), .spr_i(instr.spr), .value_i(instr.operand),
      .regs_o(walk_regs_o)
    );
  end else begin : g_no_walk_registers
    assign walk_regs_o = '0;
  end

  // An indirect entry has no copies in L1 (walkers.md §W3).
  assign back = valid_old_i && (write_o || (HTW != 0 && walk_write_i))
      && !(HTW == mmu_pkg::HtwE6500 && rest_i.mas1h[0]);

  invalidation #(
    .HAS_EHV(HAS_EHV), .LPID_BITS(LPID_BITS), .TLBILX_TID0_WILDCARD(TLBILX_TID0_WILDCARD),
    .TLBIVAX_LPID(TLBIVAX_LPID), .L1_FLUSH_ON_PID(L1_FLUSH_ON_PID),
    .L1_FLUSH_ON_LPID(L1_FLUSH_ON_LPID), .HTW(HTW)
  ) u_invalidation (
    .snooped_i, .snoop_ea_i, .snoop_lpid_i, .instr_i(instr), .tlbilx_i(tlbilx),
    .tlbivax_i(tlbivax), .flash_i(flash), .mtspr_i(mtspr), .back_i(back),
    .mas_i(mas), .snoop_o, .instr_o, .flush_o
  );

  // Slots differ and penalties do not, so two TLB errors never share an edge (§5).
  always_ff @(posedge clk_i) if (rst_ni) assert (!(i_error_i && d_error_i));

  logic unused;
  assign unused = &{1'b0, i_pins_i.ctx, d_pins_i.ctx, own_ctx.gs, own_ctx.as};

endmodule
