#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Questions about what the TLBs hold, answered with tlbre. The MAS registers are left as found.

/// What an access or a search asks for.
struct Address {
  uint32_t ea, pid, as;
};

/// A place in a TLB, and what stands there.
struct Entry {
  uint32_t tlbsel;
  uint32_t first, last;  ///< the effective addresses of the page
  uint32_t mas1, mas3, mas7;
};

/// As tlbwe with these registers would write it.
struct Entry entry_of(uint32_t tlbsel, uint32_t mas1, uint32_t mas2);
/// As it stands; changes the MAS registers.
struct Entry entry_at(uint32_t tlbsel, uint32_t esel, uint32_t ea);

/// How many entries match, and the real address that the last of them gives.
struct Hits {
  uint32_t count;
  uint32_t ra_low, ra_high;
};
struct Hits hits_of(const struct Address* address);

/// Is there a valid entry, besides the one whose place (`esel`) it takes, that may match with it?
bool overlaps_another(const struct Entry* entry, uint32_t esel);

/// An invalidation by address whose reach depends on how TID and TS are compared: among the
/// entries of these TLBs (bit n: TLBn) that hold the page and are not protected, some are of
/// another TID or TS.
bool reach_is_disputed(const struct Address* address, uint32_t tlbs);
