// Swap type and offset: linux-vm.md F1, column "swap form".
module pte_swap_entry #(
  parameter logic [95:0] FORMAT = "fsl32"  // a name of pte_decoder
) (
  input  logic [63:0] pte_i,
  input  logic        swap_i,
  output logic [15:0] type_o,   // 0 unless swap_i
  output logic [63:0] offset_o  // 0 unless swap_i
);

  logic [5:0]  kind;
  logic [63:0] offset;
  logic        unused;

  case (FORMAT)
    "i386-2.6.11": begin : g_i386_old
      assign kind   = {1'b0, pte_i[5:1]};
      assign offset = {40'd0, pte_i[31:8]};
    end
    "i386-3.6": begin : g_i386
      assign kind   = {1'b0, pte_i[5:1]};
      assign offset = {41'd0, pte_i[31:9]};
    end
    "i386-pae": begin : g_pae
      assign kind   = {1'b0, pte_i[36:32]};
      assign offset = {37'd0, pte_i[63:37]};
    end
    "x86-64-3.6": begin : g_x86_64
      assign kind   = {1'b0, pte_i[5:1]};
      assign offset = {9'd0, pte_i[63:9]};
    end
    // The three of ppc64: an entry of type<<1 and offset<<8, above the format's RPN shift.
    "book3e-64": begin : g_ppc64_24
      assign kind   = pte_i[30:25];
      assign offset = {32'd0, pte_i[63:32]};
    end
    "hash64-4k": begin : g_ppc64_17
      assign kind   = pte_i[23:18];
      assign offset = {25'd0, pte_i[63:25]};
    end
    "hash64-64k": begin : g_ppc64_30
      assign kind   = pte_i[36:31];
      assign offset = {38'd0, pte_i[63:38]};
    end
    // type | offset<<2, above bit 12: they overlap, and are read as they stand.
    "wrhv", "wrhv-bug-a", "wrhv-bug-b", "wrhv-bug-c": begin : g_wrhv
      assign kind   = {1'b0, pte_i[16:12]};
      assign offset = {46'd0, pte_i[31:14]};
    end
    default: begin : g_ppc32
      assign kind   = {1'b0, pte_i[7:3]};
      assign offset = {40'd0, pte_i[31:8]};
    end
  endcase

  assign type_o   = swap_i ? {10'd0, kind} : '0;
  assign offset_o = swap_i ? offset : '0;
  assign unused   = &{1'b0, pte_i};

endmodule
