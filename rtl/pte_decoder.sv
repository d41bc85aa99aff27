// What a page table entry says, in every format that Linux was known to use with file PTEs.
//
// Ports: docs/pte-decoder-port.md. Combinational. Written from linux-vm.md F and e500mc-mmu.md §5.
module pte_decoder #(
  // 40x 44x 44x-2.6.11 8xx arm-3.6 book3e-64 fsl32 fsl64 fsl64-2.6.24 hash32 hash32-64 hash64-4k
  // hash64-64k i386-2.6.11 i386-3.6 i386-pae wrhv wrhv-bug-a wrhv-bug-b wrhv-bug-c x86-64-3.6
  parameter logic [95:0] FORMAT = "fsl32"
) (
  input  logic [63:0] pte_i,          // of a 32-bit format bits 63:32 are 0
  output logic        present_o,      // one of these four is 1
  output logic        none_o,
  output logic        file_o,
  output logic        swap_o,
  output logic [63:0] pgoff_o,        // 0 unless file_o
  output logic [15:0] swap_type_o,    // 0 unless swap_o
  output logic [63:0] swap_offset_o,  // 0 unless swap_o
  output logic [51:0] rpn_o,          // 0 unless present_o
  output logic [4:0]  wimge_o,        // 0 unless present_o
  output logic [5:0]  rights_o        // 0 unless present_o
);

  pte_kind #(.FORMAT(FORMAT)) u_kind (.pte_i, .present_o, .none_o, .file_o, .swap_o);

  pte_file_offset #(.FORMAT(FORMAT)) u_file_offset (.pte_i, .file_i(file_o), .pgoff_o);

  pte_swap_entry #(.FORMAT(FORMAT)) u_swap_entry (
    .pte_i, .swap_i(swap_o), .type_o(swap_type_o), .offset_o(swap_offset_o)
  );

  pte_frame #(.FORMAT(FORMAT)) u_frame (.pte_i, .present_i(present_o), .rpn_o, .wimge_o);

  pte_rights #(.FORMAT(FORMAT)) u_rights (.pte_i, .present_i(present_o), .rights_o);

  localparam bit Known = FORMAT == "40x" || FORMAT == "44x" || FORMAT == "44x-2.6.11"
      || FORMAT == "8xx" || FORMAT == "arm-3.6" || FORMAT == "book3e-64" || FORMAT == "fsl32"
      || FORMAT == "fsl64" || FORMAT == "fsl64-2.6.24" || FORMAT == "hash32"
      || FORMAT == "hash32-64" || FORMAT == "hash64-4k" || FORMAT == "hash64-64k"
      || FORMAT == "i386-2.6.11" || FORMAT == "i386-3.6" || FORMAT == "i386-pae"
      || FORMAT == "wrhv" || FORMAT == "wrhv-bug-a" || FORMAT == "wrhv-bug-b"
      || FORMAT == "wrhv-bug-c" || FORMAT == "x86-64-3.6";

  initial begin
    assert (Known);
  end

  always_comb begin : one_answer
    assert (3'(present_o) + 3'(none_o) + 3'(file_o) + 3'(swap_o) == 3'd1);
  end

endmodule
