// Constants, packed types and compare functions that the units share.
//
// docs/pins.md §2 (codes), §8 (SPR numbers, fields of an entry), §9 (invalidations).
// Functions take plain vectors and slice them: yosys 0.23 reads neither struct arguments nor
// arrays of structs. Each slice stands beside the struct whose layout it repeats.
package mmu_pkg;

  // outcomes (pins.md §2)
  localparam logic [2:0] OutTranslated = 3'd0;
  localparam logic [2:0] OutDataTlbError = 3'd1;
  localparam logic [2:0] OutInstrTlbError = 3'd2;
  localparam logic [2:0] OutDataStorage = 3'd3;
  localparam logic [2:0] OutInstrStorage = 3'd4;
  localparam logic [2:0] OutMachineCheck = 3'd5;

  // opcodes (pins.md §2)
  localparam logic [2:0] OpTlbwe = 3'd0;
  localparam logic [2:0] OpTlbre = 3'd1;
  localparam logic [2:0] OpTlbsx = 3'd2;
  localparam logic [2:0] OpTlbilx = 3'd3;
  localparam logic [2:0] OpTlbivax = 3'd4;
  localparam logic [2:0] OpTlbsync = 3'd5;
  localparam logic [2:0] OpMtspr = 3'd6;
  localparam logic [2:0] OpMfspr = 3'd7;

  // traps (pins.md §2)
  localparam logic [2:0] TrapNone = 3'd0;
  localparam logic [2:0] TrapIllegal = 3'd1;
  localparam logic [2:0] TrapPrivileged = 3'd2;
  localparam logic [2:0] TrapHypervisor = 3'd3;
  localparam logic [2:0] TrapMachineCheck = 3'd4;

  // SPR numbers (pins.md §8)
  localparam logic [9:0] SprPid0 = 10'd48;
  localparam logic [9:0] SprPid1 = 10'd633;
  localparam logic [9:0] SprPid2 = 10'd634;
  localparam logic [9:0] SprEpcr = 10'd307;
  localparam logic [9:0] SprLpidr = 10'd338;
  localparam logic [9:0] SprMas0 = 10'd624;
  localparam logic [9:0] SprMas1 = 10'd625;
  localparam logic [9:0] SprMas2 = 10'd626;
  localparam logic [9:0] SprMas3 = 10'd627;
  localparam logic [9:0] SprMas4 = 10'd628;
  localparam logic [9:0] SprMas5 = 10'd339;
  localparam logic [9:0] SprMas6 = 10'd630;
  localparam logic [9:0] SprMas7 = 10'd944;
  localparam logic [9:0] SprMas8 = 10'd341;
  localparam logic [9:0] SprEplc = 10'd947;
  localparam logic [9:0] SprEpsc = 10'd948;
  localparam logic [9:0] SprTlb0cfg = 10'd688;
  localparam logic [9:0] SprTlb1cfg = 10'd689;
  localparam logic [9:0] SprMmucsr0 = 10'd1012;
  localparam logic [9:0] SprMmucfg = 10'd1015;

  // SPR numbers of the walkers (walkers.md §W1)
  localparam logic [9:0] SprTlb0ps = 10'd344;
  localparam logic [9:0] SprTlb1ps = 10'd345;
  localparam logic [9:0] SprEptcfg = 10'd350;
  localparam logic [9:0] SprWalkctl = 10'd976;
  localparam logic [9:0] SprWalkpgd = 10'd977;
  localparam logic [9:0] SprWalkkpgd = 10'd978;
  localparam logic [9:0] SprWalkbase = 10'd979;

  // values of parameter HTW (walkers.md §W1)
  localparam int HtwTablewalk = 1;
  localparam int HtwE6500 = 2;

  // how a walk ends: the port searches again, or answers (walkers.md §W5)
  localparam logic [1:0] WalkAgain = 2'd0;
  localparam logic [1:0] WalkBusError = 2'd1;
  localparam logic [1:0] WalkFaultPt = 2'd2;
  localparam logic [1:0] WalkFaultTlbi = 2'd3;

  // The five words of an L2 entry as MAS sees them (pins.md §8). Stored as V, tag, page and rest.
  typedef struct packed {
    logic [31:0] mas1;
    logic [31:0] mas2;
    logic [31:0] mas3;
    logic [31:0] mas7;
    logic [31:0] mas8;
  } words_t;

  // What an entry is found by.
  localparam int TagW = 52;
  typedef struct packed {
    logic [11:0] tlpid;  // 51:40
    logic        tgs;    // 39
    logic        ts;     // 38
    logic [13:0] tid;    // 37:24
    logic [3:0]  size;   // 23:20, page = 4^size KB
    logic [19:0] epn;    // 19:0
  } tag_t;

  // What a translation takes from an entry.
  localparam int PageW = 36;
  typedef struct packed {
    logic [23:0] rpn;    // 35:12
    logic        vf;     // 11
    logic [4:0]  wimge;  // 10:6
    logic [5:0]  perm;   // 5:0, UX SX UW SW UR SR
  } page_t;

  // What is left of the words: read back by tlbre, used by no translation.
  localparam int RestW = 71;
  typedef struct packed {
    logic        iprot;  // MAS1[30], TLB1 only
    logic [2:0]  mas1h;  // MAS1[15:13]
    logic [7:0]  mas1l;  // MAS1[7:0]
    logic [6:0]  mas2l;  // MAS2[11:5]
    logic [5:0]  mas3l;  // MAS3[11:6]
    logic [27:0] mas7h;  // MAS7[31:4]
    logic [17:0] mas8l;  // MAS8[29:12]
  } rest_t;

  // What an access brings beside its EA; a PID that is 0 matches TID 0 alone, as it should.
  typedef struct packed {
    logic [11:0] lpid;  // 55:44
    logic        gs;    // 43
    logic        as;    // 42
    logic [13:0] pid2;  // 41:28
    logic [13:0] pid1;  // 27:14
    logic [13:0] pid0;  // 13:0
  } ctx_t;

  // A request as sampled at the edge that accepts it (pins.md §5).
  typedef struct packed {
    logic [31:0] ea;
    logic        store;
    logic        epid;    // external-PID access
    logic        pr;
    logic        gs_pin;  // MSR[GS] itself, for EPCR[DMIUH]
    ctx_t        ctx;
  } access_t;

  // An MMU instruction as sampled (pins.md §2), traps decided before it is held.
  typedef struct packed {
    logic [2:0]  opcode;
    logic [31:0] operand;
    logic [2:0]  t;
    logic [9:0]  spr;
    logic        gs;
  } instr_t;

  // The compares of an invalidation (pins.md §9).
  typedef struct packed {
    logic        use_epn;      // 51
    logic [19:0] epn;          // 50:31
    logic        use_lpid;     // 30
    logic [11:0] lpid;         // 29:18
    logic        use_tid;      // 17
    logic [13:0] tid;          // 16:3
    logic        tid0_passes;  // 2
    logic        use_gs;       // 1
    logic        gs;           // 0
  } inv_key_t;

  // An invalidation; no array chosen = none.
  typedef struct packed {
    logic     tlb0;  // TLB0 and the 4K arrays
    logic     tlb1;  // direct entries of TLB1, and the VSPs
    logic     ind;   // indirect entries of TLB1, which there are with HTW=E6500 alone
    inv_key_t key;
  } inv_t;

  // What mtspr, tlbwe and walks send to both L1s.
  typedef struct packed {
    logic back;       // a valid entry was overwritten
    logic flush_all;
    logic flush_tid;  // TID != 0
  } l1_flush_t;

  // The registers that say in whose name an access goes (pins.md §8).
  typedef struct packed {
    logic [31:0] pid0;
    logic [31:0] pid1;
    logic [31:0] pid2;
    logic [31:0] lpidr;
    logic [31:0] epcr;
    logic [31:0] eplc;
    logic [31:0] epsc;
  } context_t;

  // The registers of TABLEWALK, without bits that read 0 (walkers.md §W1).
  typedef struct packed {
    logic [1:0]  ctl;   // 0: walk, 1: PTEs are fsl64
    logic [23:0] pgd;   // frame
    logic [23:0] kpgd;  // frame
    logic [19:0] base;  // WALKBASE[31:12]
  } walk_regs_t;

  // What the walker tells a port, at an edge (walkers.md §W4, §W5).
  typedef struct packed {
    logic       taken;   // its walk begins
    logic       ended;   // its walk ends
    logic [1:0] result;  // as this
  } walk_t;

  // All MAS registers of the cycle.
  typedef struct packed {
    logic [31:0] mas0;
    logic [31:0] mas1;
    logic [31:0] mas2;
    logic [31:0] mas3;
    logic [31:0] mas4;
    logic [31:0] mas5;
    logic [31:0] mas6;
    logic [31:0] mas7;
    logic [31:0] mas8;
  } mas_t;

  // The set of a page: its number modulo the sets, which of a power of two are its low bits.
  function automatic logic [19:0] set_of(input logic [19:0] epn, input logic [19:0] sets);
    set_of = (sets & (sets - 20'd1)) == 20'd0 ? epn & (sets - 20'd1) : epn % sets;
  endfunction

  // Offset mask of a page of 4^size KB (pins.md §8 "off").
  function automatic logic [35:0] offset_mask(input logic [3:0] size);
    offset_mask = 36'((64'd1024 << {size, 1'b0}) - 64'd1);
  endfunction

  // Equal EPNs under the mask of a page of 4^size KB; 1 KB is bit 10, hence the two zeros.
  function automatic logic same_page(input logic [19:0] a, input logic [19:0] b,
                                     input logic [3:0] size);
    same_page = (32'({a ^ b, 2'b00}) >> {size, 1'b0}) == 32'd0;
  endfunction

  // The match rule of translation and tlbsx (e500mc-mmu.md §2.2), V apart.
  function automatic logic tag_hit(input logic [51:0] tag, input logic [19:0] epn,
                                   input logic [55:0] ctx);
    tag_hit = (tag[39:38] == ctx[43:42])
        && (32'({tag[19:0] ^ epn, 2'b00}) >> {tag[23:20], 1'b0}) == 32'd0
        && (tag[37:24] == 14'd0 || tag[37:24] == ctx[13:0] || tag[37:24] == ctx[27:14]
            || tag[37:24] == ctx[41:28])
        && (tag[51:40] == 12'd0 || tag[51:40] == ctx[55:44]);
  endfunction

  // The compares of an invalidation: exact, no wildcard of the entry's own (pins.md §9).
  // Choice of the array, V and IPROT are the caller's.
  function automatic logic inv_hit(input logic [51:0] tag, input logic [51:0] inv);
    logic unused_ts;
    unused_ts = tag[38];
    inv_hit = (!inv[51] || same_page(tag[19:0], inv[50:31], tag[23:20]))
        && (!inv[30] || tag[51:40] == inv[29:18])
        && (!inv[17] || tag[37:24] == inv[16:3] || (inv[2] && tag[37:24] == 14'd0))
        && (!inv[1] || tag[39] == inv[0]);
  endfunction

  // Back-invalidation: EPN under the victim's mask and TS, or the whole tag (BACKINV_MATCH).
  function automatic logic victim_hit(input logic [51:0] tag, input logic [51:0] victim,
                                      input logic full);
    victim_hit = full ? (tag == victim)
        : (tag[38] == victim[38] && same_page(tag[19:0], victim[19:0], victim[23:20]));
  endfunction

endpackage
