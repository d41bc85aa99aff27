// WALKCTL, WALKPGD, WALKKPGD, WALKBASE: where TABLEWALK begins (docs/walkers.md §W1).
module walk_registers #(
  parameter int RA_BITS = 36
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                mtspr_i,  // of a register that exists
  input  logic [9:0]          spr_i,
  input  logic [31:0]         value_i,
  output mmu_pkg::walk_regs_t regs_o
);

  localparam logic [23:0] FrameMask = 24'((1 << (RA_BITS - 12)) - 1);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      regs_o <= '0;
    end else if (mtspr_i) begin
      unique case (spr_i)
        mmu_pkg::SprWalkctl: regs_o.ctl <= value_i[1:0];
        mmu_pkg::SprWalkpgd: regs_o.pgd <= value_i[23:0] & FrameMask;
        mmu_pkg::SprWalkkpgd: regs_o.kpgd <= value_i[23:0] & FrameMask;
        mmu_pkg::SprWalkbase: regs_o.base <= value_i[31:12];
        default: ;
      endcase
    end
  end

endmodule
