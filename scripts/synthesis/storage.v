// For yosys: cuts out a memory of more than STORAGE_LIMIT bits; smaller ones are mapped to flops later.
(* techmap_celltype = "$mem_v2" *)
module large_memory (
  RD_CLK, RD_EN, RD_ARST, RD_SRST, RD_ADDR, RD_DATA, WR_CLK, WR_EN, WR_ADDR, WR_DATA
);
  parameter MEMID = "";
  parameter SIZE = 0;
  parameter OFFSET = 0;
  parameter ABITS = 0;
  parameter WIDTH = 0;
  parameter INIT = 0;
  parameter RD_PORTS = 0;
  parameter RD_CLK_ENABLE = 0;
  parameter RD_CLK_POLARITY = 0;
  parameter RD_TRANSPARENCY_MASK = 0;
  parameter RD_COLLISION_X_MASK = 0;
  parameter RD_WIDE_CONTINUATION = 0;
  parameter RD_CE_OVER_SRST = 0;
  parameter RD_ARST_VALUE = 0;
  parameter RD_SRST_VALUE = 0;
  parameter RD_INIT_VALUE = 0;
  parameter WR_PORTS = 0;
  parameter WR_CLK_ENABLE = 0;
  parameter WR_CLK_POLARITY = 0;
  parameter WR_PRIORITY_MASK = 0;
  parameter WR_WIDE_CONTINUATION = 0;

  input [RD_PORTS-1:0] RD_CLK, RD_EN, RD_ARST, RD_SRST;
  input [RD_PORTS*ABITS-1:0] RD_ADDR;
  output [RD_PORTS*WIDTH-1:0] RD_DATA;
  input [WR_PORTS-1:0] WR_CLK;
  input [WR_PORTS*ABITS-1:0] WR_ADDR;
  input [WR_PORTS*WIDTH-1:0] WR_EN, WR_DATA;

  wire _TECHMAP_FAIL_ = SIZE * WIDTH <= `STORAGE_LIMIT;

  // scripts/area makes these pins of the top, and counts the bits of the cell.
  wire [RD_PORTS*WIDTH-1:0] \_TECHMAP_REPLACE_.array_read ;
  wire [RD_PORTS*ABITS+WR_PORTS*(ABITS+2*WIDTH)-1:0] \_TECHMAP_REPLACE_.array_written =
      {RD_ADDR, WR_ADDR, WR_EN, WR_DATA};
  assign RD_DATA = \_TECHMAP_REPLACE_.array_read ;
  \storage #(.SIZE(SIZE), .WIDTH(WIDTH)) _TECHMAP_REPLACE_ ();
endmodule
