// What tlbwe stores: MAS1, 2, 3, 7, 8 cut as docs/pins.md §8 says ("An L2 entry is five words");
// indirect entries of HTW=E6500: docs/walkers.md §W3.
module tlbwe_entry #(
  parameter int TLB1_MIN_SIZE_CODE = 1,   // smallest page of TLB1, 4^code KB
  parameter int TLB1_MAX_SIZE_CODE = 11,  // largest
  parameter int TSIZE_BITS = 4,           // 4, 5
  parameter int RESERVED_BITS = 0,        // 0 READ_ZERO, 1 RETAIN
  parameter int HTW = 0                   // 0 OFF, 1 TABLEWALK, 2 E6500
) (
  input  logic            cut_i,      // tlbwe writes now; else the entry below is 0
  input  logic            to_tlb1_i,  // MAS0[TLBSEL] = 1
  input  mmu_pkg::words_t mas_i,
  output logic            legal_o,    // size legal for TLB1, or V=0
  output logic            valid_o,
  output mmu_pkg::tag_t   tag_o,
  output mmu_pkg::page_t  page_o,
  output mmu_pkg::rest_t  rest_o
);

  logic [3:0]      size;
  logic            force_4k, ind, legal_direct;
  logic [63:0]     offset;
  mmu_pkg::words_t cut;

  assign size = mas_i.mas1[11:8];
  assign ind = HTW == mmu_pkg::HtwE6500 && mas_i.mas1[13];
  assign legal_direct = 32'(size) >= TLB1_MIN_SIZE_CODE && 32'(size) <= TLB1_MAX_SIZE_CODE
      && !(TSIZE_BITS == 5 && mas_i.mas1[7]);
  assign legal_o = !mas_i.mas1[31] || (ind ? mas_i.mas1[11:7] == 5'd11 : legal_direct);

  // A size that is not legal gets here only under TLBWE_BAD_TSIZE=FORCE_4K.
  assign force_4k = !to_tlb1_i || !legal_o;

  always_comb begin
    cut = '0;
    offset = '0;
    if (cut_i) begin
      cut = mas_i;
      if (force_4k) cut.mas1[11:7] = 5'd2;
      if (force_4k && ind) cut.mas1[13] = 1'b0;
      if (!to_tlb1_i) cut.mas1[30] = 1'b0;  // TLB0 has no IPROT
      // of a V=0 entry any 5-bit size may be stored, hence 64 bits
      if (TSIZE_BITS == 5) offset = (64'd1024 << cut.mas1[11:7]) - 64'd1;
      else offset = (64'd1024 << {cut.mas1[11:8], 1'b0}) - 64'd1;
      cut.mas2 = mas_i.mas2 & ((32'hFFFF_F000 & ~offset[31:0]) | 32'h0000_007F);
      // the table of an indirect entry is smaller than what it maps
      if (RESERVED_BITS == 0 && !(ind && !force_4k))
        cut.mas3 = mas_i.mas3 & (~offset[31:0] | 32'h0000_0FFF);
    end
  end

  assign valid_o = cut.mas1[31];
  assign tag_o = {cut.mas8[11:0], cut.mas8[31], cut.mas1[12], cut.mas1[29:16], cut.mas1[11:8],
                  cut.mas2[31:12]};
  assign page_o = {cut.mas7[3:0], cut.mas3[31:12], cut.mas8[30], cut.mas2[4:0], cut.mas3[5:0]};
  assign rest_o = {cut.mas1[30], cut.mas1[15:13], cut.mas1[7:0], cut.mas2[11:5], cut.mas3[11:6],
                   cut.mas7[31:4], cut.mas8[29:12]};

  logic unused;
  assign unused = &{1'b0, offset[63:32]};

endmodule
