// MAS3[5:0] as the TLB-miss handler makes it of a present entry (linux-vm.md F2, e500mc-mmu.md
// §5.4).
//
// Both Freescale formats; what other handlers do is in none of the documents.
module pte_rights #(
  parameter logic [95:0] FORMAT = "fsl32"  // a name of pte_decoder
) (
  input  logic [63:0] pte_i,
  input  logic        present_i,
  output logic [5:0]  rights_o  // UX SX UW SW UR SR; 0 unless present_i
);

  logic [5:0] rights;
  logic       unused;

  case (FORMAT)
    "fsl32": begin : g_fsl32
      logic       user, dirty;
      logic [5:0] supervisor;
      assign user       = pte_i[1];
      assign dirty      = pte_i[3];
      assign supervisor = {1'b0, pte_i[4], 1'b0, pte_i[2] & dirty, 1'b0, pte_i[0]};
      assign rights     = user ? supervisor | (supervisor << 1) : supervisor;
    end
    "fsl64": begin : g_fsl64  // the BAP bits
      logic dirty;
      assign dirty  = pte_i[12];
      assign rights = pte_i[7:2] & (dirty ? 6'h3f : ~6'h0c);
    end
    default: begin : g_no_loader
      assign rights = '0;
    end
  endcase

  assign rights_o = present_i ? rights : '0;
  assign unused   = &{1'b0, pte_i};

endmodule
