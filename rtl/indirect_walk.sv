// What E6500 loads and makes of it: one PTE through an indirect entry of TLB1.
//
// docs/walkers.md §W3 (the entry), §W5 "Load of E6500", §W6; e500mc-mmu.md §5.7. Combinational,
// from registers. A PTE of E.PT is fsl64's: V is PRESENT, R ACCESSED, C DIRTY, BAP the rights.
module indirect_walk (
  input  logic [31:0]    ea_i,
  input  mmu_pkg::tag_t  ind_tag_i,     // the indirect entry
  input  mmu_pkg::page_t ind_page_i,
  input  logic [63:0]    data_i,        // the PTE
  output logic [35:0]    ra_o,          // of the load
  output logic           fault_pt_o,
  output logic           fault_tlbi_o,
  output mmu_pkg::tag_t  tag_o,         // of the entry
  output logic [39:0]    rpn_o,
  output logic [4:0]     wimge_o,
  output logic [5:0]     rights_o
);

  localparam logic [3:0] Size4K = 4'd2;  // PS and SPSIZE: pages of 2^n KB

  logic        sub_4k, present;
  logic [51:0] rpn;

  // MAS3[5:1] of the entry is SPSIZE, MAS7 and MAS3 name its table of 512 PTEs.
  assign sub_4k = ind_page_i.perm[5:1] == {1'b0, Size4K};
  assign ra_o = {ind_page_i.rpn, ea_i[20:12], 3'b000};

  pte_decoder #(.FORMAT("fsl64")) u_fsl64 (
    .pte_i(data_i), .present_o(present), .rpn_o(rpn), .wimge_o, .rights_o,
    .none_o(unused_kind[0]), .file_o(unused_kind[1]), .swap_o(unused_kind[2]),
    .pgoff_o(unused_pgoff), .swap_type_o(unused_type), .swap_offset_o(unused_offset)
  );

  // A sub-page size that is not 4 KB is known before the load, and the walk ends without it.
  assign fault_pt_o = sub_4k && (!present || !data_i[18]);
  assign fault_tlbi_o = !sub_4k || (!fault_pt_o && data_i[11:8] != Size4K);
  assign rpn_o = rpn[39:0];

  assign tag_o = {ind_tag_i.tlpid, ind_tag_i.tgs, ind_tag_i.ts, ind_tag_i.tid, 4'd1, ea_i[31:12]};

  logic [2:0]  unused_kind;
  logic [63:0] unused_pgoff, unused_offset;
  logic [15:0] unused_type;
  logic        unused;
  assign unused = &{1'b0, ea_i[11:0], ind_tag_i, ind_page_i, rpn[51:40], unused_kind,
                    unused_pgoff, unused_type, unused_offset};

endmodule
