// MMU instructions: accept, count, commit, done (docs/pins.md §4, §6).
//
// Latency L is fixed at the edge that accepts (n); everything happens at the commit edge n+L-1,
// which is n itself if L=1. The commit pulses below are the instruction's only effects.
module instruction_unit #(
  parameter int TLB0_SETS = 128,  // §11, as all below
  parameter int L1_FLUSH_ON_PID = 0,
  parameter int L1_FLUSH_ON_LPID = 0,
  parameter int MULTIHIT = 0,
  parameter int T_TLBWE = 6,
  parameter int T_TLBRE = 6,
  parameter int T_TLBSX = 6,
  parameter int T_TLBILX_VA = 8,
  parameter int T_TLBILX_SCAN = 8,
  parameter int T_TLBILX_SCAN_PER_SET = 1,
  parameter int T_TLBIVAX_LOCAL = 10,
  parameter int T_TLBSYNC = 60,
  parameter int T_MMUCSR0_FLASH = 8,
  parameter int T_MTSPR = 1,
  parameter int T_MFSPR = 1,
  parameter int T_PID_WRITE_FLUSH = 1,
  parameter int T_TRAP = 1
) (
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            open_i,        // out of reset, both ports idle
  input  logic            requested_i,   // a request goes first
  input  logic            valid_i,
  input  mmu_pkg::instr_t instr_i,
  input  logic [2:0]      trap_i,        // of instr_i
  input  logic            ignored_i,     // its SPR access has no effect
  output logic            ready_o,
  output logic            idle_o,
  output mmu_pkg::instr_t instr_o,       // the one that runs, or is on the pins
  // commit edge, no trap
  output logic            tlbwe_o,
  output logic            tlbre_o,
  output logic            tlbsx_o,
  output logic [19:0]     sx_epn_o,      // its operand
  output logic            tlbilx_o,
  output logic            tlbivax_o,
  output logic            flash_o,       // mtspr MMUCSR0 that flashes
  output logic            mtspr_o,
  input  logic            multi_i,       // tlbsx found several
  output logic            tlbsx_mas_o,   // tlbsx that loads MAS
  input  logic [31:0]     spr_value_i,
  // result
  output logic            done_o,
  output logic [2:0]      trap_o,
  output logic [31:0]     value_o,
  input  logic            wrote_tlb1_i,
  output logic [19:10]    event_o        // bits of perf_event_o (§10)
);

  localparam int Scan = T_TLBILX_SCAN + TLB0_SETS * T_TLBILX_SCAN_PER_SET;
  localparam bit PidFlush = L1_FLUSH_ON_PID != 2;
  localparam bit LpidFlush = L1_FLUSH_ON_LPID != 1;

  logic            busy_q, ignored_q, accept, commit, act, mcheck, ignored;
  logic [31:0]     left_q, latency;  // edges until the commit edge, it included
  mmu_pkg::instr_t instr_q;
  logic [2:0]      held_trap_q, trap;
  logic            flash, pid_write, flushes;

  assign idle_o = !busy_q;
  assign ready_o = open_i && idle_o;
  assign accept = ready_o && valid_i && !requested_i;
  assign instr_o = busy_q ? instr_q : instr_i;
  assign trap = busy_q ? held_trap_q : trap_i;
  assign ignored = busy_q ? ignored_q : ignored_i;

  // By SPR number, also where the core ignores the write (§6).
  assign flash = instr_o.spr == mmu_pkg::SprMmucsr0 && (instr_o.operand[2] || instr_o.operand[1]);
  assign pid_write = instr_o.spr == mmu_pkg::SprPid0 || instr_o.spr == mmu_pkg::SprPid1
      || instr_o.spr == mmu_pkg::SprPid2;
  assign flushes = (PidFlush && pid_write)
      || (LpidFlush && instr_o.spr == mmu_pkg::SprLpidr);

  always_comb begin
    latency = T_TRAP;
    if (trap == mmu_pkg::TrapNone) begin
      unique case (instr_o.opcode)
        mmu_pkg::OpTlbwe: latency = T_TLBWE;
        mmu_pkg::OpTlbre: latency = T_TLBRE;
        mmu_pkg::OpTlbsx: latency = T_TLBSX;
        mmu_pkg::OpTlbilx: latency = (instr_o.t == 3'd3) ? T_TLBILX_VA : Scan;
        mmu_pkg::OpTlbivax: latency = T_TLBIVAX_LOCAL;
        mmu_pkg::OpTlbsync: latency = T_TLBSYNC;
        mmu_pkg::OpMtspr:
          latency = flash ? T_MMUCSR0_FLASH
              : (flushes ? T_MTSPR + T_PID_WRITE_FLUSH : T_MTSPR);
        mmu_pkg::OpMfspr: latency = T_MFSPR;
      endcase
    end
  end

  assign commit = busy_q ? left_q == 32'd1 : accept && latency == 32'd1;
  assign act = commit && trap == mmu_pkg::TrapNone;

  // Where L > 1 by parameter, the pulse is one of registers alone: what hangs on it (searches,
  // reads, compares) then does not follow the pins, in gates or in simulation.
  logic held_act;
  assign held_act = busy_q && left_q == 32'd1 && held_trap_q == mmu_pkg::TrapNone;
  assign tlbwe_o = (T_TLBWE > 1) ? held_act && instr_q.opcode == mmu_pkg::OpTlbwe
      : act && instr_o.opcode == mmu_pkg::OpTlbwe;
  assign tlbre_o = (T_TLBRE > 1) ? held_act && instr_q.opcode == mmu_pkg::OpTlbre
      : act && instr_o.opcode == mmu_pkg::OpTlbre;
  assign tlbsx_o = (T_TLBSX > 1) ? held_act && instr_q.opcode == mmu_pkg::OpTlbsx
      : act && instr_o.opcode == mmu_pkg::OpTlbsx;
  assign sx_epn_o = (T_TLBSX > 1) ? instr_q.operand[31:12] : instr_o.operand[31:12];
  assign tlbilx_o = act && instr_o.opcode == mmu_pkg::OpTlbilx;
  assign tlbivax_o = act && instr_o.opcode == mmu_pkg::OpTlbivax;
  assign mtspr_o = act && instr_o.opcode == mmu_pkg::OpMtspr && !ignored;
  assign flash_o = mtspr_o && flash;

  assign mcheck = tlbsx_o && multi_i && MULTIHIT == 0;
  assign tlbsx_mas_o = tlbsx_o && !mcheck;

  logic         done_q;
  logic [2:0]   trap_q;
  logic [31:0]  value_q;
  logic [19:10] event_q, event_d;

  assign event_d = {flash_o, tlbsx_mas_o, tlbre_o, act && instr_o.opcode == mmu_pkg::OpTlbsync,
                    tlbivax_o, tlbilx_o && instr_o.t == 3'd3, tlbilx_o && instr_o.t == 3'd1,
                    tlbilx_o && instr_o.t == 3'd0, tlbwe_o && wrote_tlb1_i,
                    tlbwe_o && !wrote_tlb1_i};

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q <= 1'b0;
      left_q <= '0;
      done_q <= 1'b0;
    end else begin
      done_q <= commit;
      left_q <= left_q - 32'd1;
      if (commit) busy_q <= 1'b0;
      else if (accept) begin
        busy_q <= 1'b1;
        left_q <= latency - 32'd1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (accept) begin
      instr_q <= instr_i;
      held_trap_q <= trap_i;
      ignored_q <= ignored_i;
    end
    if (commit) begin
      trap_q <= mcheck ? mmu_pkg::TrapMachineCheck : trap;
      value_q <= (act && instr_o.opcode == mmu_pkg::OpMfspr && !ignored) ? spr_value_i : '0;
      event_q <= event_d;
    end
  end

  assign done_o = done_q;
  assign trap_o = done_q ? trap_q : '0;
  assign value_o = done_q ? value_q : '0;
  assign event_o = done_q ? event_q : '0;

  // A done answers an instruction in flight; one runs at a time.
  logic pending_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) pending_q <= 1'b0;
    else pending_q <= accept || (pending_q && !done_q);
    if (rst_ni) begin
      assert (!done_q || pending_q);
      assert (!busy_q || left_q != '0);
      assert (!busy_q || open_i);
      assert (idle_o == (!pending_q || done_q));
    end
  end

endmodule
