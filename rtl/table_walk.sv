// What TABLEWALK loads and makes of it: the two-level tables of 32-bit Linux.
//
// docs/walkers.md §W5 "Loads of TABLEWALK", §W6. Combinational, from registers. data_i is the PGD
// entry while the PTE is asked for, and at the end what was loaded last.
module table_walk (
  input  mmu_pkg::walk_regs_t regs_i,
  input  mmu_pkg::access_t    access_i,
  input  logic                second_i,    // the PGD entry was good
  input  logic [63:0]         data_i,
  output logic [35:0]         ra_o,        // of this load
  output logic                double_o,    // it is of 8 bytes
  output logic                fault_pt_o,
  output mmu_pkg::tag_t       tag_o,       // of the entry
  output logic [39:0]         rpn_o,
  output logic [4:0]          wimge_o,
  output logic [5:0]          rights_o
);

  logic        wide, kernel, present, accessed;
  logic [31:0] ea, table_ra, pte_offset;
  logic [35:0] pgd_offset;

  assign wide = regs_i.ctl[1];
  assign ea = access_i.ea;
  assign kernel = ea[31:12] >= regs_i.base;

  // A PGD entry holds the kernel's EA of its table, and WALKBASE is the EA of real address 0.
  assign pgd_offset = wide ? {23'd0, ea[31:21], 2'b00} : {24'd0, ea[31:22], 2'b00};
  assign table_ra = {data_i[31:12], wide && data_i[11], 11'd0} - {regs_i.base, 12'd0};
  assign pte_offset = wide ? {20'd0, ea[20:12], 3'b000} : {20'd0, ea[21:12], 2'b00};
  assign ra_o = second_i ? {4'd0, table_ra + pte_offset}
      : {kernel ? regs_i.kpgd : regs_i.pgd, 12'd0} + pgd_offset;
  assign double_o = second_i && wide;

  // ---- the PTE, in either format ----
  logic        present32, present64;
  logic [51:0] rpn32, rpn64;
  logic [4:0]  wimge32, wimge64;
  logic [5:0]  rights32, rights64;

  pte_decoder #(.FORMAT("fsl32")) u_fsl32 (
    .pte_i({32'd0, data_i[31:0]}), .present_o(present32), .rpn_o(rpn32), .wimge_o(wimge32),
    .rights_o(rights32), .none_o(unused_kind[0]), .file_o(unused_kind[1]),
    .swap_o(unused_kind[2]), .pgoff_o(unused_pgoff[63:0]), .swap_type_o(unused_type[15:0]),
    .swap_offset_o(unused_offset[63:0])
  );

  pte_decoder #(.FORMAT("fsl64")) u_fsl64 (
    .pte_i(data_i), .present_o(present64), .rpn_o(rpn64), .wimge_o(wimge64),
    .rights_o(rights64), .none_o(unused_kind[3]), .file_o(unused_kind[4]),
    .swap_o(unused_kind[5]), .pgoff_o(unused_pgoff[127:64]), .swap_type_o(unused_type[31:16]),
    .swap_offset_o(unused_offset[127:64])
  );

  assign present = wide ? present64 : present32;
  assign accessed = wide ? data_i[18] : data_i[5];
  assign fault_pt_o = !second_i || !present || !accessed;
  assign rpn_o = wide ? rpn64[39:0] : rpn32[39:0];
  assign wimge_o = wide ? wimge64 : wimge32;
  assign rights_o = wide ? rights64 : rights32;

  // Kernel pages are TID 0. GS is 0, or the access would not walk.
  assign tag_o = {access_i.ctx.lpid, 1'b0, access_i.ctx.as,
                  kernel ? 14'd0 : access_i.ctx.pid0, 4'd1, ea[31:12]};

  logic [5:0]   unused_kind;
  logic [127:0] unused_pgoff, unused_offset;
  logic [31:0]  unused_type;
  logic         unused;
  assign unused = &{1'b0, regs_i.ctl[0], ea, access_i, rpn32[51:40], rpn64[51:40], unused_kind,
                    unused_pgoff, unused_type, unused_offset};

endmodule
