// TLB0[NV], the next victim as software counts it: one counter, or one a set (docs/pins.md §8).
//
// Hardware scope: tlbwe of TLB0 loads it and a miss only shows it. QEMU scope: every miss steps
// it, and tlbwe does not load it. In every scope a walk that writes TLB0 loads it, over a miss of
// the same edge, which sees it as it was (docs/walkers.md §W6).
module nv_counter #(
  parameter int TLB0_WAYS = 4,  // 1..64
  parameter int NV_SCOPE = 0,   // 0 GLOBAL, 1 PER_SET, 2 QEMU
  parameter int SET_W = 7       // bits of a set
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic [SET_W-1:0] set_i,     // of the EA or of the entry
  output logic [11:0]      nv_o,
  input  logic             load_i,    // tlbwe of TLB0
  input  logic [11:0]      load_nv_i, // MAS0[NV]
  input  logic             miss_i,    // TLB error or tlbsx miss gives its hint
  input  logic [SET_W-1:0] walk_set_i,
  output logic [11:0]      walk_nv_o, // of that set
  input  logic             walk_i,    // a walk writes TLB0
  input  logic [11:0]      walk_next_i
);

  localparam bit PerSet = NV_SCOPE == 1;
  localparam bit Qemu = NV_SCOPE == 2;
  localparam int N = PerSet ? (1 << SET_W) : 1;
  localparam int NvW = (TLB0_WAYS > 1) ? $clog2(TLB0_WAYS) : 1;

  localparam int BaseW = (N * NvW > 1) ? $clog2(N * NvW) : 1;

  logic [N*NvW-1:0] nv_q;
  logic [BaseW-1:0] base, walk_base;

  if (PerSet) begin : g_per_set
    assign base = BaseW'(32'(set_i) * NvW);
    assign walk_base = BaseW'(32'(walk_set_i) * NvW);
  end else begin : g_one
    logic unused;
    assign unused = &{1'b0, set_i, walk_set_i};
    assign base = '0;
    assign walk_base = '0;
  end

  assign nv_o = 12'(nv_q[base +: NvW]);
  assign walk_nv_o = 12'(nv_q[walk_base +: NvW]);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) nv_q <= '0;
    else if (walk_i) nv_q[walk_base +: NvW] <= NvW'(walk_next_i);
    else if (!Qemu && load_i) nv_q[base +: NvW] <= NvW'(load_nv_i % 12'(TLB0_WAYS));
    else if (Qemu && miss_i) nv_q[base +: NvW] <= NvW'((nv_o + 12'd1) % 12'(TLB0_WAYS));
  end

  logic unused_high;
  assign unused_high = &{1'b0, walk_next_i};

  always_ff @(posedge clk_i) if (rst_ni) assert (32'(nv_o) < TLB0_WAYS);

endmodule
