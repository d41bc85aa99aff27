// MAS0-8: mtspr under the masks, and what misses, tlbsx and tlbre load (docs/pins.md §8; IND, INDD
// and SIND with HTW=E6500: docs/walkers.md §W1).
module mas_registers #(
  parameter int TLB0_WAYS = 4,        // §11, as all below
  parameter int TLB1_ENTRIES = 64,
  parameter int RA_BITS = 36,
  parameter int PID_BITS = 8,
  parameter int NPIDS = 1,
  parameter int LPID_BITS = 6,
  parameter int TSIZE_BITS = 4,
  parameter int NV_SCOPE = 0,
  parameter int TLBSX_MISS_EPN = 0,
  parameter int MISS_UBITS = 0,
  parameter int TLBRE_MAS0 = 0,
  parameter int RESERVED_BITS = 0,
  parameter int HTW = 0
) (
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            mtspr_i,     // of a register that exists
  input  logic [9:0]      spr_i,
  input  logic [31:0]     value_i,
  input  logic            error_i,     // a TLB error that is not inhibited
  input  mmu_pkg::access_t access_i,   // its access
  input  logic            tlbsx_i,
  input  logic            hit_i,
  input  logic            tlbre_i,
  input  logic            tlb1_i,      // array of the entry found or read
  input  logic [11:0]     esel_i,      // its way or index
  input  mmu_pkg::words_t words_i,     // its words
  input  logic [11:0]     nv_i,        // TLB0[NV]
  input  logic [11:0]     hint_i,      // the way that a miss proposes
  input  logic [11:0]     hint_next_i,
  output mmu_pkg::mas_t   mas_o
);

  localparam bit Retain = RESERVED_BITS != 0;
  localparam bit Qemu = NV_SCOPE == 2;
  localparam int MaxWays = (TLB0_WAYS > TLB1_ENTRIES) ? TLB0_WAYS : TLB1_ENTRIES;

  // low(bits(n)): bits(n) = ceil(log2 n), so the mask is the next power of two less one
  localparam logic [31:0] EselMask = 32'((1 << $clog2(MaxWays)) - 1);
  localparam logic [31:0] NvMask = 32'((1 << $clog2(TLB0_WAYS)) - 1);
  localparam logic [31:0] PidMask = 32'((1 << PID_BITS) - 1);
  localparam logic [31:0] LpidMask = 32'((1 << LPID_BITS) - 1);
  localparam logic [31:0] SizeMask = (TSIZE_BITS == 5) ? 32'h0000_0F80 : 32'h0000_0F00;
  localparam logic [31:0] TidselMask = (NPIDS == 3) ? 32'h0003_0000 : 32'h0;
  localparam bit Ind = HTW == mmu_pkg::HtwE6500;
  localparam logic [31:0] IndMask = Ind ? 32'h0000_2000 : 32'h0;
  localparam logic [31:0] InddMask = Ind ? 32'h0000_8000 : 32'h0;
  localparam logic [31:0] SindMask = Ind ? 32'h0000_0002 : 32'h0;
  localparam logic [31:0] All = 32'hFFFF_FFFF;

  localparam logic [31:0] Mask0 = Retain ? All : 32'h1000_0000 | (EselMask << 16) | NvMask;
  localparam logic [31:0] Mask1 = Retain ? All
      : 32'hC000_1000 | IndMask | SizeMask | (PidMask << 16);
  localparam logic [31:0] Mask2 = Retain ? All : 32'hFFFF_F07F;
  localparam logic [31:0] Mask3 = Retain ? All : 32'hFFFF_F3FF;
  localparam logic [31:0] Mask4 = Retain ? All
      : 32'h1000_007F | InddMask | SizeMask | TidselMask;
  localparam logic [31:0] Mask5 = 32'h8000_0000 | LpidMask;
  localparam logic [31:0] Mask6 = Retain ? All : (PidMask << 16) | SindMask | 32'h1;
  localparam logic [31:0] Mask7 = Retain ? All : 32'((1 << (RA_BITS - 32)) - 1);
  localparam logic [31:0] Mask8 = 32'hC000_0000 | LpidMask;

  logic [31:0] mas0_q, mas1_q, mas2_q, mas3_q, mas4_q, mas5_q, mas6_q, mas7_q, mas8_q;

  // ---- what a miss loads ----
  logic        hint, nv_known, no_array, miss_ind;
  logic [31:0] miss_mas0, miss_mas3;
  logic [13:0] tid;

  assign miss_ind = Ind && mas4_q[15];
  assign hint = mas4_q[29:28] == 2'd0 || Qemu;
  assign miss_mas0 = {mas0_q[31:30], mas4_q[29:28], hint ? hint_i : mas0_q[27:16], mas0_q[15:12],
                      hint ? hint_next_i : mas0_q[11:0]};
  assign miss_mas3 = (MISS_UBITS != 0) ? 32'd0 : mas3_q & 32'h0000_03C0;

  // an external-PID access brings its EPID as pid0 and no other
  always_comb begin
    tid = access_i.ctx.pid0;
    if (NPIDS == 3 && !access_i.epid) begin
      unique case (mas4_q[17:16])
        2'd0: tid = access_i.ctx.pid0;
        2'd1: tid = access_i.ctx.pid1;
        2'd2: tid = access_i.ctx.pid2;
        default: tid = '0;
      endcase
    end
  end

  // ---- what an entry loads ----
  logic [31:0] hit_mas0, re_mas0;
  assign nv_known = !tlb1_i || Qemu;
  assign hit_mas0 = {mas0_q[31:30], 1'b0, tlb1_i, esel_i, mas0_q[15:12],
                     nv_known ? nv_i : mas0_q[11:0]};
  assign re_mas0 = (TLBRE_MAS0 != 0)
      ? {3'd0, tlb1_i, esel_i, 4'd0, nv_known ? nv_i : 12'd0}
      : {mas0_q[31:12], nv_known ? nv_i : mas0_q[11:0]};
  assign no_array = mas0_q[29];  // TLBSEL >= 2, with RETAIN only

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {mas0_q, mas1_q, mas2_q, mas3_q, mas4_q, mas5_q, mas6_q, mas7_q, mas8_q} <= '0;
    end else if (mtspr_i) begin
      unique case (spr_i)
        mmu_pkg::SprMas0: mas0_q <= value_i & Mask0;
        mmu_pkg::SprMas1: mas1_q <= value_i & Mask1;
        mmu_pkg::SprMas2: mas2_q <= value_i & Mask2;
        mmu_pkg::SprMas3: mas3_q <= value_i & Mask3;
        mmu_pkg::SprMas4: mas4_q <= value_i & Mask4;
        mmu_pkg::SprMas5: mas5_q <= value_i & Mask5;
        mmu_pkg::SprMas6: mas6_q <= value_i & Mask6;
        mmu_pkg::SprMas7: mas7_q <= value_i & Mask7;
        mmu_pkg::SprMas8: mas8_q <= value_i & Mask8;
        default: ;
      endcase
    end else if (error_i) begin
      mas0_q <= miss_mas0;
      mas1_q <= {2'b10, tid, 2'd0, miss_ind, access_i.ctx.as, mas4_q[11:7], 7'd0};
      mas2_q <= {access_i.ea[31:12], 5'd0, mas4_q[6:0]};
      mas3_q <= miss_mas3;
      mas6_q <= {2'd0, access_i.ctx.pid0, 14'd0, miss_ind, access_i.ctx.as};
      mas7_q <= '0;
    end else if (tlbsx_i && !hit_i) begin
      mas0_q <= miss_mas0;
      mas1_q <= {2'b00, mas6_q[29:16], 2'd0, miss_ind, mas6_q[0], mas4_q[11:7], 7'd0};
      mas2_q <= {(TLBSX_MISS_EPN != 0) ? 20'd0 : mas2_q[31:12], 5'd0, mas4_q[6:0]};
      mas3_q <= miss_mas3;
      mas7_q <= '0;
    end else if (tlbre_i && no_array) begin
      mas1_q <= '0;
    end else if (tlbsx_i || tlbre_i) begin
      mas0_q <= tlbsx_i ? hit_mas0 : re_mas0;
      mas1_q <= words_i.mas1;
      mas2_q <= words_i.mas2;
      mas3_q <= words_i.mas3;
      mas7_q <= words_i.mas7;
      mas8_q <= words_i.mas8;
    end
  end

  assign mas_o = {mas0_q, mas1_q, mas2_q, mas3_q, mas4_q, mas5_q, mas6_q, mas7_q, mas8_q};

  logic unused;
  assign unused = &{1'b0, access_i};

  // One writer an edge: an instruction runs with the ports idle (§4).
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (32'(mtspr_i) + 32'(error_i) + 32'(tlbsx_i) + 32'(tlbre_i) <= 32'd1);
      if (!Retain) assert ((mas0_q & ~Mask0) == '0 && (mas1_q & ~Mask1) == '0);
      if (!Retain) assert ((mas2_q & ~Mask2) == '0 && (mas6_q & ~Mask6) == '0);
    end
  end

endmodule
