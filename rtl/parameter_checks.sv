// The ranges of docs/pins.md §11, asserted once at time 0 (`verilator --assert`).
module parameter_checks #(
  parameter int TLB0_SETS = 128,            // sets of TLB0, a power of two
  parameter int TLB0_WAYS = 4,              // ways of TLB0
  parameter int TLB1_ENTRIES = 64,          // entries of TLB1
  parameter int TLB1_MIN_SIZE_CODE = 1,     // smallest page of TLB1, 4^code KB
  parameter int TLB1_MAX_SIZE_CODE = 11,    // largest page of TLB1
  parameter int L1_4K_SETS = 16,            // sets of an L1 4K array, a power of two
  parameter int L1_4K_WAYS = 4,             // its ways, 0 = none
  parameter int L1_VSP_ENTRIES = 8,         // entries of an L1 VSP, 0 = none
  parameter int RA_BITS = 36,               // real address
  parameter int PID_BITS = 8,               // PID registers
  parameter int EPID_BITS = 8,              // EPLC, EPSC
  parameter int NPIDS = 1,                  // PID registers there are: 1, 3
  parameter int LPID_BITS = 6,              // LPIDR, MAS5, MAS8
  parameter int TSIZE_BITS = 4,             // 4, 5
  parameter int HAS_EHV = 1,                // LPID, GS, MAS5, MAS8, EPCR
  parameter int HAS_TLBILX = 1,             // tlbilx exists
  parameter int HAS_EXTERNAL_PID = 1,       // EPLC, EPSC exist
  parameter int BOOT_ENTRY = 1,             // TLB1 entry 0 after reset
  parameter int MMUCFG_READS_ZERO = 0,      // as QEMU's does
  parameter int TLBILX_TID0_WILDCARD = 0,   // TID 0 passes for T=3
  parameter int NV_SCOPE = 0,               // GLOBAL, PER_SET, QEMU
  parameter int L1_FLUSH_ON_PID = 0,        // NON_GLOBAL, ALL, NONE
  parameter int L1_FLUSH_ON_LPID = 0,       // ALL, NONE
  parameter int BACKINV_MATCH = 0,          // EPN_TS, FULL
  parameter int MULTIHIT = 0,               // MCHECK, FIRST, ASSERT
  parameter int TLBWE_BAD_TSIZE = 0,        // ILLEGAL, FORCE_4K
  parameter int TLBSX_RA_NZ = 0,            // ILLEGAL, EA_SUM
  parameter int TLBSX_MISS_EPN = 0,         // KEEP, ZERO
  parameter int MISS_UBITS = 0,             // KEEP, ZERO
  parameter int TLBRE_MAS0 = 0,             // NV_ONLY, REWRITE
  parameter int TLBIVAX_LPID = 0,           // IGNORE, MATCH
  parameter int RESERVED_BITS = 0,          // READ_ZERO, RETAIN
  parameter int UNKNOWN_SPR = 0,            // ILLEGAL, IGNORE
  parameter int L1TLB_HIT_EXTRA = 0,        // cycles an L1 hit waits
  parameter int L2TLB_HIT_PENALTY = 6,      // slot to response
  parameter int L2TLB_ACCEPT = 2,           // slot to slot
  parameter int T_TLBWE = 6,                // latency
  parameter int T_TLBRE = 6,                // latency
  parameter int T_TLBSX = 6,                // latency
  parameter int T_TLBILX_VA = 8,            // tlbilx T=3
  parameter int T_TLBILX_SCAN = 8,          // tlbilx T=0, 1
  parameter int T_TLBILX_SCAN_PER_SET = 1,  // and this a set of TLB0
  parameter int T_MMUCSR0_FLASH = 8,        // mtspr that flashes
  parameter int T_TLBIVAX_LOCAL = 10,       // latency
  parameter int T_TLBSYNC = 60,             // latency
  parameter int T_MTSPR = 1,                // latency
  parameter int T_MFSPR = 1,                // latency
  parameter int T_PID_WRITE_FLUSH = 1,      // added where mtspr flushes L1
  parameter int T_TRAP = 1                  // any that traps
);

  initial begin
    assert (TLB0_SETS >= 1 && TLB0_SETS <= 16384);
    assert (TLB0_WAYS >= 1 && TLB0_WAYS <= 64);
    assert (TLB1_ENTRIES >= 1 && TLB1_ENTRIES <= 512);
    assert (TLB1_MIN_SIZE_CODE >= 1 && TLB1_MIN_SIZE_CODE <= 12);
    assert (TLB1_MAX_SIZE_CODE >= 1 && TLB1_MAX_SIZE_CODE <= 12);
    assert (L1_4K_SETS >= 1 && L1_4K_SETS <= 1024);
    assert (L1_4K_WAYS >= 0 && L1_4K_WAYS <= 64);
    assert (L1_VSP_ENTRIES >= 0 && L1_VSP_ENTRIES <= 64);
    assert (RA_BITS >= 32 && RA_BITS <= 36);
    assert (PID_BITS >= 1 && PID_BITS <= 14);
    assert (EPID_BITS >= 1 && EPID_BITS <= 14);
    assert (NPIDS >= 1 && NPIDS <= 3);
    assert (LPID_BITS >= 1 && LPID_BITS <= 8);
    assert (TSIZE_BITS >= 4 && TSIZE_BITS <= 5);
    assert (HAS_EHV >= 0 && HAS_EHV <= 1);
    assert (HAS_TLBILX >= 0 && HAS_TLBILX <= 1);
    assert (HAS_EXTERNAL_PID >= 0 && HAS_EXTERNAL_PID <= 1);
    assert (BOOT_ENTRY >= 0 && BOOT_ENTRY <= 1);
    assert (MMUCFG_READS_ZERO >= 0 && MMUCFG_READS_ZERO <= 1);
    assert (TLBILX_TID0_WILDCARD >= 0 && TLBILX_TID0_WILDCARD <= 1);
    assert (NV_SCOPE >= 0 && NV_SCOPE <= 2);
    assert (L1_FLUSH_ON_PID >= 0 && L1_FLUSH_ON_PID <= 2);
    assert (L1_FLUSH_ON_LPID >= 0 && L1_FLUSH_ON_LPID <= 1);
    assert (BACKINV_MATCH >= 0 && BACKINV_MATCH <= 1);
    assert (MULTIHIT >= 0 && MULTIHIT <= 2);
    assert (TLBWE_BAD_TSIZE >= 0 && TLBWE_BAD_TSIZE <= 1);
    assert (TLBSX_RA_NZ >= 0 && TLBSX_RA_NZ <= 1);
    assert (TLBSX_MISS_EPN >= 0 && TLBSX_MISS_EPN <= 1);
    assert (MISS_UBITS >= 0 && MISS_UBITS <= 1);
    assert (TLBRE_MAS0 >= 0 && TLBRE_MAS0 <= 1);
    assert (TLBIVAX_LPID >= 0 && TLBIVAX_LPID <= 1);
    assert (RESERVED_BITS >= 0 && RESERVED_BITS <= 1);
    assert (UNKNOWN_SPR >= 0 && UNKNOWN_SPR <= 1);
    assert (L1TLB_HIT_EXTRA >= 0);
    assert (L2TLB_HIT_PENALTY >= 1);
    assert (L2TLB_ACCEPT >= 1);
    assert (T_TLBWE >= 1);
    assert (T_TLBRE >= 1);
    assert (T_TLBSX >= 1);
    assert (T_TLBILX_VA >= 1);
    assert (T_TLBILX_SCAN >= 1);
    assert (T_TLBILX_SCAN_PER_SET >= 0);
    assert (T_MMUCSR0_FLASH >= 1);
    assert (T_TLBIVAX_LOCAL >= 1);
    assert (T_TLBSYNC >= 1);
    assert (T_MTSPR >= 1);
    assert (T_MFSPR >= 1);
    assert (T_PID_WRITE_FLUSH >= 0);
    assert (T_TRAP >= 1);
    assert ((TLB0_SETS & (TLB0_SETS - 1)) == 0);
    assert ((L1_4K_SETS & (L1_4K_SETS - 1)) == 0);
    assert (TLB1_MIN_SIZE_CODE <= TLB1_MAX_SIZE_CODE);
    assert (EPID_BITS <= PID_BITS);
    assert (NPIDS != 2);
  end

endmodule
