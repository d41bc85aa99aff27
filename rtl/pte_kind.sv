// What the kernel takes an entry for, by the columns PRESENT, none mask and FILE of linux-vm.md F1.
//
// The order of handle_pte_fault (linux-vm.md B1): present, none, file; what is left is swap.
module pte_kind #(
  parameter logic [95:0] FORMAT = "fsl32"  // a name of pte_decoder
) (
  input  logic [63:0] pte_i,
  output logic        present_o,
  output logic        none_o,
  output logic        file_o,
  output logic        swap_o
);

  // PROTNONE beside PRESENT on x86 alone: bit 7 in 2.6.11, bit 8 later.
  localparam logic [63:0] Present = FORMAT == "40x" ? 64'h2
      : FORMAT == "i386-2.6.11" ? 64'h81
      : FORMAT == "i386-3.6" || FORMAT == "i386-pae" || FORMAT == "x86-64-3.6" ? 64'h101
      : 64'h1;

  // Bits that do not keep an entry from being empty. BUG-A and BUG-B of F4 hide FILE with them.
  localparam logic [63:0] NoneIgnores =
        FORMAT == "44x" || FORMAT == "44x-2.6.11" || FORMAT == "fsl64" ? 64'hffff_ffff_0000_0000
      : FORMAT == "fsl64-2.6.24" ? 64'hffff_ffff_ffff_0000
      : FORMAT == "8xx" ? 64'h20
      : FORMAT == "hash32" ? 64'h2
      : FORMAT == "hash32-64" ? 64'hffff_ffff_0000_0002
      : FORMAT == "hash64-4k" ? 64'hfc00
      : FORMAT == "hash64-64k" ? 64'h1fff_f800
      : FORMAT == "wrhv" || FORMAT == "wrhv-bug-c" ? 64'hffff_ffff_0000_0ffd
      : FORMAT == "wrhv-bug-a" || FORMAT == "wrhv-bug-b" ? 64'hffff_ffff_0000_0fff
      : 64'h0;

  localparam logic [63:0] File = FORMAT == "40x" ? 64'h1
      : FORMAT == "44x" || FORMAT == "hash32" || FORMAT == "hash32-64" || FORMAT == "arm-3.6"
        ? 64'h4
      : FORMAT == "44x-2.6.11" ? 64'h400
      : FORMAT == "i386-2.6.11" || FORMAT == "i386-3.6" || FORMAT == "i386-pae"
        || FORMAT == "x86-64-3.6" ? 64'h40
      : FORMAT == "wrhv" || FORMAT == "wrhv-bug-a" || FORMAT == "wrhv-bug-b"
        || FORMAT == "wrhv-bug-c" ? 64'h22
      : 64'h2;

  logic empty, file;

  assign present_o = (pte_i & Present) != '0;
  assign empty     = (pte_i & ~NoneIgnores) == '0;
  assign file      = (pte_i & File) != '0;
  assign none_o    = !present_o && empty;
  assign file_o    = !present_o && !empty && file;
  assign swap_o    = !present_o && !empty && !file;

endmodule
