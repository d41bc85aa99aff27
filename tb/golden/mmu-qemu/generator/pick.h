#pragma once

#include <stdint.h>

#include "tlb.h"

/// Random choices that make hits likely: few sets, few PIDs, addresses that were written before.

uint32_t random_pid(void);
/// The set-selecting bits of an address, from a few sets.
uint32_t random_set_bits(void);
/// A 4 KB page for a TLB0 entry.
uint32_t random_page(void);
/// MAS3[U0:U3] and permissions.
uint32_t random_permissions(void);
/// The frame of a 4 KB page in the identifying RAM.
uint32_t random_frame(void);
/// ESEL of a TLB1 entry that is not the generator's own, often a low one.
uint32_t random_esel(void);

/// Where to access, search or invalidate: an entry's page, a page written a while ago, or any.
struct Address random_address(void);
/// A valid entry was written: random_address may return to its page.
void remember(const struct Entry* entry);
