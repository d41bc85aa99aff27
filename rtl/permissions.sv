// May this access use this page (e500mc-mmu.md §2.4), and the real address (docs/pins.md §8).
module permissions #(
  parameter int IS_FETCH = 0  // 1 = the I port: SX/UX, and VF does not stop it
) (
  input  logic           check_i,    // there is something to answer
  input  logic           store_i,
  input  logic           pr_i,
  input  logic [31:0]    ea_i,
  input  logic [3:0]     size_i,
  input  mmu_pkg::page_t page_i,
  output logic           allowed_o,
  output logic [35:0]    ra_o
);

  logic [35:0] offset;
  logic        ux, sx, uw, sw, ur, sr;

  assign {ux, sx, uw, sw, ur, sr} = page_i.perm;

  if (IS_FETCH != 0) begin : g_fetch
    logic unused;
    assign unused = &{1'b0, store_i, uw, sw, ur, sr, page_i.vf};
    assign allowed_o = pr_i ? ux : sx;
  end else begin : g_data
    logic unused;
    assign unused = &{1'b0, ux, sx};
    assign allowed_o = !page_i.vf && (store_i ? (pr_i ? uw : sw) : (pr_i ? ur : sr));
  end

  always_comb begin
    offset = '0;
    ra_o = '0;
    if (check_i) begin
      offset = mmu_pkg::offset_mask(size_i);
      ra_o = ({page_i.rpn, 12'd0} & ~offset) | ({4'd0, ea_i} & offset);
    end
  end

  logic unused_wimge;
  assign unused_wimge = &{1'b0, page_i.wimge};

endmodule
