// Frame number and WIMGE of a present entry.
//
// linux-vm.md F1 (width), F2 and e500mc-mmu.md §5.2 (both Freescale formats, E.PT), F4 (vMMU
// guest), F5 (the early 64-bit one). Others as their kernels have it: pte_pfn is the entry above
// the page offset, on x86 below the end of a real address (PAE 44 bits, x86-64 46); pte-44x.h for
// 44x.
module pte_frame #(
  parameter logic [95:0] FORMAT = "fsl32"  // a name of pte_decoder
) (
  input  logic [63:0] pte_i,
  input  logic        present_i,
  output logic [51:0] rpn_o,   // 0 unless present_i
  output logic [4:0]  wimge_o  // 0 unless present_i; 0 where the bits are not a field
);

  logic [51:0] rpn;
  logic [4:0]  wimge;
  logic        unused;

  case (FORMAT)
    "44x", "44x-2.6.11": begin : g_44x
      assign rpn   = pte_i[63:12];
      assign wimge = pte_i[11:7];
    end
    "fsl32": begin : g_fsl32
      assign rpn   = {32'd0, pte_i[31:12]};
      assign wimge = pte_i[10:6];
    end
    "fsl64-2.6.24": begin : g_fsl64_early
      assign rpn   = {8'd0, pte_i[63:20]};
      assign wimge = pte_i[10:6];
    end
    "fsl64", "book3e-64": begin : g_book3e
      assign rpn   = {12'd0, pte_i[63:24]};
      assign wimge = pte_i[23:19];
    end
    "hash32-64": begin : g_hash32_64
      assign rpn   = pte_i[63:12];
      assign wimge = '0;
    end
    "hash64-4k": begin : g_hash64_4k
      assign rpn   = {5'd0, pte_i[63:17]};
      assign wimge = '0;
    end
    "hash64-64k": begin : g_hash64_64k
      assign rpn   = {18'd0, pte_i[63:30]};
      assign wimge = '0;
    end
    "i386-pae": begin : g_pae
      assign rpn   = {20'd0, pte_i[43:12]};
      assign wimge = '0;
    end
    "x86-64-3.6": begin : g_x86_64
      assign rpn   = {18'd0, pte_i[45:12]};
      assign wimge = '0;
    end
    // word 0 ends in ERPN and WIMGE, word 1 begins with RPN
    "wrhv", "wrhv-bug-a", "wrhv-bug-b", "wrhv-bug-c": begin : g_wrhv
      assign rpn   = {29'd0, pte_i[39:37], pte_i[31:12]};
      assign wimge = pte_i[36:32];
    end
    default: begin : g_narrow
      assign rpn   = {32'd0, pte_i[31:12]};
      assign wimge = '0;
    end
  endcase

  assign rpn_o   = present_i ? rpn : '0;
  assign wimge_o = present_i ? wimge : '0;
  assign unused  = &{1'b0, pte_i};

endmodule
