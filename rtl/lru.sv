// True LRU over the ways of a set, any number of ways (docs/pins.md §5 "Fill", §8 "TLB0_REPL").
//
// A victim may be asked of one set while a way of another is used; it is the victim before that
// use. Each way has an age, 0 = used last; a use makes younger ways one older. Ages of a set are a
// permutation. At reset way 0 is the oldest; a `touched` bit a set stands for writing that.
module lru #(
  parameter int WAYS = 4,   // ways of a set, 1..64
  parameter int SET_W = 4,  // bits of a set, log2 of the sets
  parameter int WAY_W = 2,  // bits of way_i and of an age
  parameter int ASKS = 1    // victims that may be asked of one cycle
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic [ASKS-1:0]       ask_i,      // for the victim of its set_i
  input  logic [ASKS*SET_W-1:0] set_i,
  input  logic [ASKS*WAYS-1:0]  valid_i,    // of set_i
  output logic [ASKS*WAY_W-1:0] victim_o,   // lowest invalid way, or else the oldest
  input  logic                  use_i,      // way_i of use_set_i was used
  input  logic [SET_W-1:0]      use_set_i,
  input  logic [WAY_W-1:0]      way_i
);

  localparam int AGES_W = WAYS * WAY_W;

  function automatic logic [AGES_W-1:0] reset_ages(input logic unused_arg);
    for (int w = 0; w < WAYS; w++) reset_ages[w*WAY_W +: WAY_W] = WAY_W'(WAYS - 1 - w);
  endfunction
  localparam logic [AGES_W-1:0] ResetAges = reset_ages(1'b0);

  logic [AGES_W-1:0]     ages_q [1 << SET_W];
  logic [(1<<SET_W)-1:0] touched_q;

  // Lowest invalid way, or else the one of age WAYS - 1.
  for (genvar a = 0; a < ASKS; a++) begin : g_ask
    logic [SET_W-1:0] set;
    logic [WAYS-1:0]  valid;
    logic [WAY_W-1:0] way;
    assign set = set_i[a*SET_W +: SET_W];
    assign valid = valid_i[a*WAYS +: WAYS];
    always_comb begin : victim
      logic [AGES_W-1:0] ages;
      ages = ResetAges;
      way = '0;
      if (ask_i[a]) begin
        if (touched_q[set]) ages = ages_q[set];
        for (int w = 0; w < WAYS; w++) begin
          if (ages[w*WAY_W +: WAY_W] == WAY_W'(WAYS - 1)) way = WAY_W'(w);
        end
        for (int w = WAYS - 1; w >= 0; w--) if (!valid[w]) way = WAY_W'(w);
      end
    end
    assign victim_o[a*WAY_W +: WAY_W] = way;
    always_ff @(posedge clk_i) if (rst_ni && ask_i[a]) assert (32'(way) < WAYS);
  end

  // Ways younger than the one used grow older; the youngest used again changes nothing.
  always_ff @(posedge clk_i) begin : update
    logic [AGES_W-1:0] ages;
    logic [WAY_W-1:0]  used_age;
    if (!rst_ni) begin
      touched_q <= '0;
    end else if (use_i) begin
      ages = touched_q[use_set_i] ? ages_q[use_set_i] : ResetAges;
      used_age = ages[32'(way_i)*WAY_W +: WAY_W];
      if (used_age != '0) begin
        for (int w = 0; w < WAYS; w++) begin
          if (ages[w*WAY_W +: WAY_W] < used_age)
            ages[w*WAY_W +: WAY_W] = ages[w*WAY_W +: WAY_W] + WAY_W'(1);
        end
        ages[32'(way_i)*WAY_W +: WAY_W] = '0;
        ages_q[use_set_i] <= ages;
        touched_q[use_set_i] <= 1'b1;
      end
    end
  end

  // A way that does not exist is never used, nor (above) a victim.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      if (use_i) assert (32'(way_i) < WAYS);
    end
  end

endmodule
