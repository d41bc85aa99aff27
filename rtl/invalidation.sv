// The compares of tlbilx, tlbivax, MMUCSR0 and snoops, and the L1 flushes (docs/pins.md §7, §9).
// Which of them ask for indirect entries: docs/walkers.md §W3.
module invalidation #(
  parameter int HAS_EHV = 1,  // §11, as all below
  parameter int LPID_BITS = 6,
  parameter int TLBILX_TID0_WILDCARD = 0,
  parameter int TLBIVAX_LPID = 0,
  parameter int L1_FLUSH_ON_PID = 0,
  parameter int L1_FLUSH_ON_LPID = 0,
  parameter int HTW = 0
) (
  input  logic                 snooped_i,      // accepted at this edge
  input  logic [31:0]          snoop_ea_i,
  input  logic [LPID_BITS-1:0] snoop_lpid_i,
  input  mmu_pkg::instr_t      instr_i,
  input  logic                 tlbilx_i,       // commit pulses
  input  logic                 tlbivax_i,
  input  logic                 flash_i,
  input  logic                 mtspr_i,
  input  logic                 back_i,         // a valid direct entry is overwritten
  input  mmu_pkg::mas_t        mas_i,
  output mmu_pkg::inv_t        snoop_o,
  output mmu_pkg::inv_t        instr_o,
  output mmu_pkg::l1_flush_t   flush_o
);

  localparam bit Match = TLBIVAX_LPID != 0 && HAS_EHV != 0;

  localparam bit Ind = HTW == mmu_pkg::HtwE6500;

  // tlbilx T=3 wants entries with IND = MAS6[SIND]
  logic one_kind;
  assign one_kind = Ind && instr_i.t == 3'd3;

  // A snoop and tlbivax: array by 0x8, all of it by 0x4 (LPID is compared even so).
  always_comb begin
    snoop_o = '0;
    if (snooped_i) begin
      snoop_o.tlb0 = !snoop_ea_i[3];
      snoop_o.tlb1 = snoop_ea_i[3];
      snoop_o.ind = Ind && snoop_ea_i[3];
      snoop_o.key.use_epn = !snoop_ea_i[2];
      snoop_o.key.epn = snoop_ea_i[31:12];
      snoop_o.key.use_lpid = Match;
      snoop_o.key.lpid = 12'(snoop_lpid_i);
    end
  end

  always_comb begin
    instr_o = '0;
    if (tlbivax_i) begin
      instr_o.tlb0 = !instr_i.operand[3];
      instr_o.tlb1 = instr_i.operand[3];
      instr_o.ind = Ind && instr_i.operand[3];
      instr_o.key.use_epn = !instr_i.operand[2];
      instr_o.key.epn = instr_i.operand[31:12];
      instr_o.key.use_lpid = Match;
      instr_o.key.lpid = mas_i.mas5[11:0];
    end else if (flash_i) begin
      instr_o.tlb0 = instr_i.operand[2];
      instr_o.tlb1 = instr_i.operand[1];
      instr_o.ind = Ind && instr_i.operand[1];
    end else if (tlbilx_i) begin
      instr_o.tlb0 = !one_kind || !mas_i.mas6[1];
      instr_o.tlb1 = !one_kind || !mas_i.mas6[1];
      instr_o.ind = Ind && (!one_kind || mas_i.mas6[1]);
      instr_o.key.use_lpid = 1'b1;
      instr_o.key.lpid = mas_i.mas5[11:0];
      instr_o.key.use_tid = instr_i.t != 3'd0;
      instr_o.key.tid = mas_i.mas6[29:16];
      instr_o.key.use_epn = instr_i.t == 3'd3;
      instr_o.key.epn = instr_i.operand[31:12];
      instr_o.key.use_gs = instr_i.t == 3'd3;
      instr_o.key.gs = mas_i.mas5[31];
      instr_o.key.tid0_passes = instr_i.t == 3'd3 && TLBILX_TID0_WILDCARD != 0;
    end
  end

  // mtspr PID, LPIDR: L1 flush at the edge of the write, also of an equal value (§8).
  logic pid, lpid;
  assign pid = mtspr_i && (instr_i.spr == mmu_pkg::SprPid0 || instr_i.spr == mmu_pkg::SprPid1
                           || instr_i.spr == mmu_pkg::SprPid2);
  assign lpid = mtspr_i && instr_i.spr == mmu_pkg::SprLpidr;
  assign flush_o.back = back_i;
  assign flush_o.flush_all = (pid && L1_FLUSH_ON_PID == 1) || (lpid && L1_FLUSH_ON_LPID == 0);
  assign flush_o.flush_tid = pid && L1_FLUSH_ON_PID == 0;

  logic unused;
  assign unused = &{1'b0, instr_i, mas_i, snoop_ea_i};

endmodule
