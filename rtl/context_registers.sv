// PID0-2, LPIDR, EPCR, EPLC, EPSC (docs/pins.md §8), and what a request samples of them (§5).
module context_registers #(
  parameter int PID_BITS = 8,          // §11, as all below
  parameter int EPID_BITS = 8,
  parameter int NPIDS = 1,
  parameter int LPID_BITS = 6,
  parameter int HAS_EHV = 1,
  parameter int RESERVED_BITS = 0
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              mtspr_i,    // of a register that exists
  input  logic [9:0]        spr_i,
  input  logic [31:0]       value_i,
  input  logic              gs_i,       // MSR[GS] of the mtspr
  output mmu_pkg::context_t context_o,
  // EPLC or EPSC as the data request of this cycle wants them
  input  logic              store_i,
  output logic              ext_pr_o,
  output mmu_pkg::ctx_t     ext_ctx_o,
  output mmu_pkg::ctx_t     own_ctx_o   // LPIDR, PID0-2; AS and GS come from the pins
);

  localparam bit Ehv = HAS_EHV != 0;
  localparam logic [31:0] LpidMask = 32'((1 << LPID_BITS) - 1);
  localparam logic [31:0] PidMask =
      (RESERVED_BITS != 0) ? 32'hFFFF_FFFF : 32'((1 << PID_BITS) - 1);
  // EGS and ELPID are the hypervisor's: a guest's write keeps them
  localparam logic [31:0] ExtHvMask = Ehv ? 32'h2000_0000 | (LpidMask << 16) : 32'h0;
  localparam logic [31:0] ExtMask = 32'hC000_0000 | 32'((1 << EPID_BITS) - 1);
  localparam logic [31:0] EpcrMask = 32'hFCC0_0000;

  logic [31:0] pid0_q, pid1_q, pid2_q, lpidr_q, epcr_q, eplc_q, epsc_q;
  logic [31:0] ext_write, ext_keep;

  assign ext_write = value_i & (ExtMask | (gs_i ? 32'h0 : ExtHvMask));
  assign ext_keep = gs_i ? ExtHvMask : 32'h0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {pid0_q, pid1_q, pid2_q, lpidr_q, epcr_q, eplc_q, epsc_q} <= '0;
    end else if (mtspr_i) begin
      unique case (spr_i)
        mmu_pkg::SprPid0: pid0_q <= value_i & PidMask;
        mmu_pkg::SprPid1: pid1_q <= value_i & PidMask;
        mmu_pkg::SprPid2: pid2_q <= value_i & PidMask;
        mmu_pkg::SprLpidr: lpidr_q <= value_i & LpidMask;
        mmu_pkg::SprEpcr: epcr_q <= value_i & EpcrMask;
        mmu_pkg::SprEplc: eplc_q <= ext_write | (eplc_q & ext_keep);
        mmu_pkg::SprEpsc: epsc_q <= ext_write | (epsc_q & ext_keep);
        default: ;
      endcase
    end
  end

  assign context_o = {pid0_q, pid1_q, pid2_q, lpidr_q, epcr_q, eplc_q, epsc_q};

  // Registers that a core lacks are never written and read 0.
  logic [31:0] ext;
  assign ext = store_i ? epsc_q : eplc_q;
  assign ext_pr_o = ext[31];
  assign ext_ctx_o = {4'd0, ext[23:16], ext[29], ext[30], 28'd0, ext[13:0]};
  assign own_ctx_o = {lpidr_q[11:0], 2'b00, pid2_q[13:0], pid1_q[13:0], pid0_q[13:0]};

  logic unused;
  assign unused = &{1'b0, ext[28:24], ext[15:14]};

  always_ff @(posedge clk_i) begin
    if (rst_ni && NPIDS == 1) assert (pid1_q == '0 && pid2_q == '0);
    if (rst_ni && !Ehv) assert (lpidr_q == '0 && epcr_q == '0);
  end

endmodule
