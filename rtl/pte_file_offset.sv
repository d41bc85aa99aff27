// The page of the file that a file PTE names: linux-vm.md F1, column "file form".
//
// Most formats do this in 32 bits, so the upper word is not looked at.
module pte_file_offset #(
  parameter logic [95:0] FORMAT = "fsl32"  // a name of pte_decoder
) (
  input  logic [63:0] pte_i,
  input  logic        file_i,
  output logic [63:0] pgoff_o  // 0 unless file_i
);

  logic [63:0] offset;
  logic        unused;

  case (FORMAT)
    "i386-2.6.11": begin : g_two_pieces
      assign offset = {35'd0, pte_i[31:8], pte_i[5:1]};
    end
    "i386-3.6": begin : g_three_pieces
      assign offset = {35'd0, pte_i[31:9], pte_i[7], pte_i[5:1]};
    end
    "i386-pae": begin : g_upper_word
      assign offset = {32'd0, pte_i[63:32]};
    end
    "x86-64-3.6": begin : g_real_address  // masked like a real address of 46 bits
      assign offset = {30'd0, pte_i[45:12]};
    end
    "book3e-64": begin : g_shift24
      assign offset = {24'd0, pte_i[63:24]};
    end
    "hash64-4k": begin : g_shift17
      assign offset = {17'd0, pte_i[63:17]};
    end
    "hash64-64k": begin : g_shift30
      assign offset = {30'd0, pte_i[63:30]};
    end
    "wrhv", "wrhv-bug-a": begin : g_shift12
      assign offset = {44'd0, pte_i[31:12]};
    end
    default: begin : g_shift3
      assign offset = {35'd0, pte_i[31:3]};
    end
  endcase

  assign pgoff_o = file_i ? offset : '0;
  assign unused  = &{1'b0, pte_i};

endmodule
