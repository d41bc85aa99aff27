// The trap of an instruction at the edge that accepts it: rows 1-8 of docs/pins.md §6.
// Row 9, several matches of tlbsx, shows only when it searches: instruction_unit.
module instruction_traps #(
  parameter int HAS_EHV = 1,  // §11, as all below
  parameter int HAS_TLBILX = 1,
  parameter int TLBWE_BAD_TSIZE = 0,
  parameter int TLBSX_RA_NZ = 0,
  parameter int UNKNOWN_SPR = 0
) (
  input  mmu_pkg::instr_t instr_i,
  input  logic            pr_i,
  input  logic            ra_nonzero_i,
  input  logic            dgtmi_i,          // EPCR[DGTMI]
  input  logic [1:0]      tlbsel_i,         // MAS0[TLBSEL]
  input  logic            size_legal_i,     // of the entry in MAS
  input  logic            spr_exists_i,
  input  logic            spr_read_only_i,
  input  logic            spr_hypervisor_i,
  output logic [2:0]      trap_o,
  output logic            spr_ignored_o     // no trap, but no effect: UNKNOWN_SPR=IGNORE
);

  logic tlbwe, tlbsx, tlbilx, mtspr, mfspr, guest_traps, illegal, spr_bad;

  assign tlbwe = instr_i.opcode == mmu_pkg::OpTlbwe;
  assign tlbsx = instr_i.opcode == mmu_pkg::OpTlbsx;
  assign tlbilx = instr_i.opcode == mmu_pkg::OpTlbilx;
  assign mtspr = instr_i.opcode == mmu_pkg::OpMtspr;
  assign mfspr = instr_i.opcode == mmu_pkg::OpMfspr;

  // row 3
  always_comb begin
    guest_traps = 1'b1;
    if (tlbilx) guest_traps = dgtmi_i;
    else if (mtspr || mfspr) guest_traps = spr_hypervisor_i;
  end

  // row 8
  assign spr_bad = (mtspr && (!spr_exists_i || spr_read_only_i)) || (mfspr && !spr_exists_i);
  assign spr_ignored_o = spr_bad && UNKNOWN_SPR != 0;

  // rows 4 to 8
  assign illegal = (tlbsx && ra_nonzero_i && TLBSX_RA_NZ == 0)
      || (tlbwe && tlbsel_i[1])
      || (tlbwe && tlbsel_i == 2'd1 && !size_legal_i && TLBWE_BAD_TSIZE == 0)
      || (tlbilx && instr_i.t != 3'd0 && instr_i.t != 3'd1 && instr_i.t != 3'd3)
      || (spr_bad && UNKNOWN_SPR == 0);

  always_comb begin
    if (tlbilx && HAS_TLBILX == 0) trap_o = mmu_pkg::TrapIllegal;
    else if (pr_i) trap_o = mmu_pkg::TrapPrivileged;
    else if (instr_i.gs && HAS_EHV != 0 && guest_traps) trap_o = mmu_pkg::TrapHypervisor;
    else if (illegal) trap_o = mmu_pkg::TrapIllegal;
    else trap_o = mmu_pkg::TrapNone;
  end

  logic unused;
  assign unused = &{1'b0, instr_i.operand, instr_i.spr};

endmodule
