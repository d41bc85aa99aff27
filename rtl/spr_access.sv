// Which SPR exists, which is read-only, what mfspr reads (docs/pins.md §8, docs/walkers.md §W1).
module spr_access #(
  parameter int TLB0_SETS = 128,  // §11, as all below
  parameter int TLB0_WAYS = 4,
  parameter int TLB1_ENTRIES = 64,
  parameter int TLB1_MIN_SIZE_CODE = 1,
  parameter int TLB1_MAX_SIZE_CODE = 11,
  parameter int RA_BITS = 36,
  parameter int PID_BITS = 8,
  parameter int NPIDS = 1,
  parameter int LPID_BITS = 6,
  parameter int HAS_EHV = 1,
  parameter int HAS_EXTERNAL_PID = 1,
  parameter int MMUCFG_READS_ZERO = 0,
  parameter int HTW = 0
) (
  input  logic              decode_i,      // an instruction is there; else all outputs 0
  input  logic [9:0]        spr_i,
  input  mmu_pkg::mas_t     mas_i,
  input  mmu_pkg::context_t context_i,
  input  mmu_pkg::walk_regs_t walk_i,
  output logic              exists_o,
  output logic              read_only_o,
  output logic              hypervisor_o,  // a guest's access traps
  output logic [31:0]       value_o        // 0 if missing
);

  localparam bit Ehv = HAS_EHV != 0;
  localparam bit Epid = HAS_EXTERNAL_PID != 0;
  localparam bit Table = HTW == mmu_pkg::HtwTablewalk;
  localparam bit Ind = HTW == mmu_pkg::HtwE6500;  // MAV 2.0, as its registers show it
  localparam int Tlb0Entries = TLB0_SETS * TLB0_WAYS;

  localparam logic [31:0] HvFields =
      Ehv ? (32'(LPID_BITS) << 24) | (32'(RA_BITS) << 17) : 32'h0;
  localparam logic [31:0] Mmucfg = (MMUCFG_READS_ZERO != 0) ? 32'h0
      : HvFields | (32'(NPIDS) << 11) | (32'(PID_BITS - 1) << 6) | 32'h4
      | (Ind ? 32'h1 : 32'h0);
  localparam logic [31:0] Tlb0cfg = (32'((TLB0_WAYS > 255) ? 255 : TLB0_WAYS) << 24)
      | (Ind ? 32'h0004_0000 : 32'h0011_0000)
      | 32'((Tlb0Entries > 4095) ? 4095 : Tlb0Entries);
  localparam logic [31:0] Tlb1cfg = (32'((TLB1_ENTRIES > 255) ? 255 : TLB1_ENTRIES) << 24)
      | (Ind ? 32'h0002_8000
             : (32'(TLB1_MIN_SIZE_CODE) << 20) | (32'(TLB1_MAX_SIZE_CODE) << 16) | 32'h0000_C000)
      | 32'(TLB1_ENTRIES);
  localparam logic [31:0] Tlb0ps = 32'h4;
  localparam logic [31:0] Eptcfg = 32'h162;

  // bit n: pages of 2^n KB, so of 4^code KB bit 2 code
  function automatic logic [31:0] page_sizes(input logic unused);
    page_sizes = {31'd0, unused & 1'b0};
    for (int code = TLB1_MIN_SIZE_CODE; code <= TLB1_MAX_SIZE_CODE; code++)
      page_sizes[2*code] = 1'b1;
  endfunction
  localparam logic [31:0] Tlb1ps = page_sizes(1'b0);

  logic        exists;
  logic [31:0] value;

  always_comb begin
    exists = decode_i;
    value = '0;
    if (decode_i) unique case (spr_i)
      mmu_pkg::SprMas0: value = mas_i.mas0;
      mmu_pkg::SprMas1: value = mas_i.mas1;
      mmu_pkg::SprMas2: value = mas_i.mas2;
      mmu_pkg::SprMas3: value = mas_i.mas3;
      mmu_pkg::SprMas4: value = mas_i.mas4;
      mmu_pkg::SprMas6: value = mas_i.mas6;
      mmu_pkg::SprMas7: begin
        exists = RA_BITS > 32;
        value = mas_i.mas7;
      end
      mmu_pkg::SprMas5: begin
        exists = Ehv;
        value = mas_i.mas5;
      end
      mmu_pkg::SprMas8: begin
        exists = Ehv;
        value = mas_i.mas8;
      end
      mmu_pkg::SprPid0: value = context_i.pid0;
      mmu_pkg::SprPid1: begin
        exists = NPIDS == 3;
        value = context_i.pid1;
      end
      mmu_pkg::SprPid2: begin
        exists = NPIDS == 3;
        value = context_i.pid2;
      end
      mmu_pkg::SprLpidr: begin
        exists = Ehv;
        value = context_i.lpidr;
      end
      mmu_pkg::SprEpcr: begin
        exists = Ehv;
        value = context_i.epcr;
      end
      mmu_pkg::SprEplc: begin
        exists = Epid;
        value = context_i.eplc;
      end
      mmu_pkg::SprEpsc: begin
        exists = Epid;
        value = context_i.epsc;
      end
      mmu_pkg::SprMmucsr0: value = '0;  // a flash is never seen running
      mmu_pkg::SprMmucfg: value = Mmucfg;
      mmu_pkg::SprTlb0cfg: value = Tlb0cfg;
      mmu_pkg::SprTlb1cfg: value = Tlb1cfg;
      mmu_pkg::SprWalkctl: begin
        exists = Table;
        value = 32'(walk_i.ctl);
      end
      mmu_pkg::SprWalkpgd: begin
        exists = Table;
        value = 32'(walk_i.pgd);
      end
      mmu_pkg::SprWalkkpgd: begin
        exists = Table;
        value = 32'(walk_i.kpgd);
      end
      mmu_pkg::SprWalkbase: begin
        exists = Table;
        value = {walk_i.base, 12'd0};
      end
      mmu_pkg::SprTlb0ps: begin
        exists = Ind;
        value = Tlb0ps;
      end
      mmu_pkg::SprTlb1ps: begin
        exists = Ind;
        value = Tlb1ps;
      end
      mmu_pkg::SprEptcfg: begin
        exists = Ind;
        value = Eptcfg;
      end
      default: exists = 1'b0;
    endcase
  end

  logic of_table, of_ind;  // of a walker that is there
  assign of_table = Table && (spr_i == mmu_pkg::SprWalkctl || spr_i == mmu_pkg::SprWalkpgd
      || spr_i == mmu_pkg::SprWalkkpgd || spr_i == mmu_pkg::SprWalkbase);
  assign of_ind = Ind && (spr_i == mmu_pkg::SprTlb0ps || spr_i == mmu_pkg::SprTlb1ps
      || spr_i == mmu_pkg::SprEptcfg);

  assign exists_o = exists;
  assign value_o = exists ? value : '0;
  assign read_only_o = spr_i == mmu_pkg::SprMmucfg || spr_i == mmu_pkg::SprTlb0cfg
      || spr_i == mmu_pkg::SprTlb1cfg || of_ind;
  assign hypervisor_o = read_only_o || of_table || spr_i == mmu_pkg::SprMmucsr0
      || spr_i == mmu_pkg::SprMas5 || spr_i == mmu_pkg::SprMas8
      || spr_i == mmu_pkg::SprLpidr || spr_i == mmu_pkg::SprEpcr;

endmodule
