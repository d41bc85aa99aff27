// One port: L1 TLB, its state IDLE/HOLD/WAIT/LOOKUP/WALK/WALKED, the response registers.
//
// docs/pins.md §4 (ready), §5 (requests), §7 (a snoop cancels fills). L1 is looked up at the
// edge that accepts; a miss waits for its L2 slot (l2_arbiter), latches what the search finds,
// and commits L2TLB_HIT_PENALTY - 1 edges later, with penalty 1 at the edge of the slot itself.
// What finds nothing may walk (docs/walkers.md §W4), and then searches again or answers.
module access_port #(
  parameter int IS_FETCH = 0,           // 1 = I port
  parameter int L1_4K_SETS = 16,        // §11, as all below
  parameter int L1_4K_WAYS = 4,
  parameter int L1_VSP_ENTRIES = 8,
  parameter int BACKINV_MATCH = 0,
  parameter int MULTIHIT = 0,
  parameter int L1TLB_HIT_EXTRA = 0,
  parameter int L2TLB_HIT_PENALTY = 6,
  parameter int HAS_EHV = 1,
  parameter int HTW = 0
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  // request
  input  logic               open_i,      // out of reset, no instruction runs
  input  logic               valid_i,
  input  mmu_pkg::access_t   access_i,
  output logic               ready_o,
  output logic               idle_o,
  // response
  output logic               valid_o,
  output logic [2:0]         outcome_o,
  output logic [35:0]        ra_o,
  output logic [4:0]         wimge_o,
  output logic [31:0]        fault_ea_o,
  output logic [31:0]        esr_o,       // the D port's
  output logic [6:0]         event_o,     // walk, cancelled, storage, mcheck, error, L2, L1 hit
  // L2: slot, and what the search of that slot found
  output logic               wait_o,
  output mmu_pkg::access_t   access_o,
  input  logic               grant_i,
  input  logic               found_i,
  input  logic               multi_i,
  input  logic               tlb1_i,
  input  mmu_pkg::tag_t      tag_i,
  input  mmu_pkg::page_t     page_i,
  output logic               error_o,     // commit edge of a TLB error
  // the walker
  input  logic               walks_i,     // WALKCTL[0]
  input  logic               ind_i,       // that search found an indirect entry, no direct one
  output logic               walk_o,      // in WALK
  output logic               walked_o,    // in WALKED
  output mmu_pkg::tag_t      tag_o,       // the indirect entry
  output mmu_pkg::page_t     page_o,
  input  mmu_pkg::walk_t     walk_i,
  // what drops entries of L1
  input  logic               overtaken_i,  // a snoop is accepted, or a walk writes TLB0
  input  mmu_pkg::inv_t      snoop_i,
  input  mmu_pkg::inv_t      instr_i,
  input  mmu_pkg::l1_flush_t flush_i,
  input  mmu_pkg::tag_t      victim_i
);

  localparam logic [2:0] Idle = 3'd0;
  localparam logic [2:0] Hold = 3'd1;
  localparam logic [2:0] Wait = 3'd2;
  localparam logic [2:0] Lookup = 3'd3;
  localparam logic [2:0] Looked = 3'd4;
  localparam logic [2:0] Walk = 3'd5;
  localparam logic [2:0] Walked = 3'd6;
  localparam bit Walks = HTW != 0;
  localparam bit Ind = HTW == mmu_pkg::HtwE6500;
  localparam bit Extra = L1TLB_HIT_EXTRA > 0;
  localparam int MostEdges =
      L1TLB_HIT_EXTRA > L2TLB_HIT_PENALTY - 1 ? L1TLB_HIT_EXTRA : L2TLB_HIT_PENALTY - 1;
  localparam int CountW = MostEdges > 0 ? $clog2(MostEdges + 1) : 1;
  localparam bit Mcheck = MULTIHIT == 0;
  localparam bit AtSlot = L2TLB_HIT_PENALTY == 1;
  localparam logic [2:0] ErrorOutcome =
      (IS_FETCH != 0) ? mmu_pkg::OutInstrTlbError : mmu_pkg::OutDataTlbError;
  localparam logic [2:0] DeniedOutcome =
      (IS_FETCH != 0) ? mmu_pkg::OutInstrStorage : mmu_pkg::OutDataStorage;

  logic [2:0]       state_q, state, after;
  logic [CountW-1:0] count_q;  // edges left in HOLD or LOOKUP
  mmu_pkg::access_t access_q;
  logic             found_q, multi_q, tlb1_q, cancel_q, from_l2_q, held_rsp_q, ind_q;
  logic [1:0]       walk_q;    // how its walk ended, if that is the answer
  mmu_pkg::tag_t    tag_q;
  mmu_pkg::page_t   page_q;

  logic             accept, l1_hit, commit, last, respond, nothing, walks, answers;
  logic [3:0]       l1_size;
  mmu_pkg::page_t   l1_page;

  // LOOKED is the cycle after an accept: the registered lookup says which state of §4 it is.
  always_comb begin
    state = state_q;
    if (state_q == Looked) state = !l1_hit ? Wait : (Extra ? Hold : Idle);
  end
  assign respond = held_rsp_q || (state_q == Looked && l1_hit && !Extra);

  assign idle_o = state == Idle;
  assign ready_o = open_i && idle_o;
  assign accept = ready_o && valid_i;
  assign wait_o = state == Wait;
  assign walk_o = Walks && state_q == Walk;
  assign walked_o = Walks && state_q == Walked;
  assign access_o = access_q;
  assign tag_o = tag_q;
  assign page_o = page_q;
  assign last = count_q == CountW'(1);

  // ---- L2 commit: of this slot's search, or of the one latched; does nothing found walk ----
  logic           may_walk;
  assign may_walk = Ind || (walks_i && !access_q.epid && !(access_q.gs_pin && HAS_EHV != 0));

  logic           fill_tlb1, fill;
  mmu_pkg::tag_t  fill_tag;
  mmu_pkg::page_t fill_page;

  if (AtSlot) begin : g_at_slot
    assign commit = grant_i;
    assign nothing = !found_i && !(multi_i && Mcheck);
    assign walks = Walks && nothing && may_walk && (!Ind || ind_i);
    assign after = !walks ? Idle : (overtaken_i ? Wait : Walk);
    assign fill = commit && found_i && !(multi_i && Mcheck) && !overtaken_i;
    assign fill_tlb1 = tlb1_i;
    assign fill_tag = tag_i;
    assign fill_page = page_i;
    logic unused;
    assign unused = &{1'b0, tlb1_q, tag_q, ind_q};
  end else begin : g_latched
    assign commit = state == Lookup && last;
    assign nothing = !found_q && !(multi_q && Mcheck);
    assign walks = Walks && nothing && may_walk && (!Ind || ind_q);
    assign after = !walks ? Idle : ((cancel_q || overtaken_i) ? Wait : Walk);
    assign fill = commit && found_q && !(multi_q && Mcheck) && !cancel_q && !overtaken_i;
    assign fill_tlb1 = tlb1_q;
    assign fill_tag = tag_q;
    assign fill_page = page_q;
  end
  assign error_o = commit && nothing && !walks;
  assign answers = Walks && walk_i.ended && walk_i.result != mmu_pkg::WalkAgain;

  l1_tlb #(
    .L1_4K_SETS(L1_4K_SETS), .L1_4K_WAYS(L1_4K_WAYS), .L1_VSP_ENTRIES(L1_VSP_ENTRIES),
    .BACKINV_MATCH(BACKINV_MATCH)
  ) u_l1 (
    .clk_i, .rst_ni,
    .lookup_i(accept), .epn_i(access_i.ea[31:12]), .ctx_i(access_i.ctx),
    .hit_o(l1_hit), .size_o(l1_size), .page_o(l1_page),
    .fill_i(fill), .fill_tlb1_i(fill_tlb1), .tag_i(fill_tag), .page_i(fill_page),
    .snoop_i, .instr_i, .flush_i, .victim_i
  );

  // ---- the response, a function of what was registered with it ----
  logic           allowed, mcheck, error, found, pt, tlbi;
  mmu_pkg::page_t page;
  logic [35:0]    ra;

  assign page = from_l2_q ? page_q : l1_page;
  assign mcheck = from_l2_q
      && ((multi_q && Mcheck) || (Walks && walk_q == mmu_pkg::WalkBusError));
  assign pt = Walks && from_l2_q && walk_q == mmu_pkg::WalkFaultPt;
  assign tlbi = Walks && from_l2_q && walk_q == mmu_pkg::WalkFaultTlbi;
  assign error = from_l2_q && !found_q && !mcheck && !pt && !tlbi;
  assign found = !mcheck && !error && !pt && !tlbi;

  permissions #(.IS_FETCH(IS_FETCH)) u_permissions (
    .check_i(respond), .store_i(access_q.store), .pr_i(access_q.pr), .ea_i(access_q.ea),
    .size_i(from_l2_q ? tag_q.size : l1_size), .page_i(page), .allowed_o(allowed), .ra_o(ra)
  );

  assign valid_o = respond;
  always_comb begin
    outcome_o = '0;
    ra_o = '0;
    wimge_o = '0;
    fault_ea_o = '0;
    esr_o = '0;
    event_o = '0;
    if (respond) begin
      if (found && allowed) begin
        outcome_o = mmu_pkg::OutTranslated;
        ra_o = ra;
        wimge_o = page.wimge;
      end else begin
        outcome_o = mcheck ? mmu_pkg::OutMachineCheck : (error ? ErrorOutcome : DeniedOutcome);
        fault_ea_o = access_q.ea;
        esr_o[23] = access_q.store && !mcheck;
        esr_o[6] = access_q.epid && !mcheck;
        esr_o[8] = pt;
        esr_o[9] = tlbi;
      end
      event_o = {pt || tlbi, from_l2_q && found && cancel_q,
                 (found && !allowed) || pt || tlbi, mcheck, error,
                 from_l2_q && found, !from_l2_q};
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      count_q <= '0;
      held_rsp_q <= 1'b0;
    end else begin
      held_rsp_q <= (commit && !walks) || (state == Hold && last) || answers;
      count_q <= count_q - CountW'(1);
      unique case (state)
        Idle: begin
          state_q <= accept ? Looked : Idle;
          count_q <= CountW'(L1TLB_HIT_EXTRA);
        end
        Wait: begin
          state_q <= !grant_i ? Wait : (AtSlot ? after : Lookup);
          count_q <= CountW'(L2TLB_HIT_PENALTY - 1);
        end
        Lookup: state_q <= last ? after : Lookup;
        Walk: state_q <= walk_i.taken ? Walked : (overtaken_i ? Wait : Walk);
        Walked: if (walk_i.ended) state_q <= answers ? Idle : Wait;
        default: state_q <= last ? Idle : state;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    if (accept) begin
      access_q <= access_i;
      from_l2_q <= 1'b0;
    end
    if (grant_i) begin
      from_l2_q <= 1'b1;
      found_q <= found_i;
      multi_q <= multi_i;
      tlb1_q <= tlb1_i;
      tag_q <= tag_i;
      page_q <= page_i;
      ind_q <= ind_i;
      walk_q <= mmu_pkg::WalkAgain;
      cancel_q <= overtaken_i;
    end else if (overtaken_i) begin
      cancel_q <= 1'b1;
    end
    if (Walks && walk_i.ended) walk_q <= walk_i.result;
  end

  // A response answers a request in flight, and one request has one response.
  logic pending_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) pending_q <= 1'b0;
    else pending_q <= accept || (pending_q && !respond);
    if (rst_ni) begin
      assert (!respond || pending_q);
      assert (!grant_i || wait_o);
      assert (!(accept && commit));
      assert (idle_o == (!pending_q || respond));
      assert (!walk_i.taken || walk_o);
      assert (!walk_i.ended || walked_o);
    end
  end

endmodule
