#pragma once

#include <stdint.h>

/// What a round may do: each logs one operation, at times with an mtpid before it, or none.

void write_tlb0(void);
void write_tlb1(void);
/// tlbwe with the MAS registers that the last TLB error left, once.
void refill(void);
/// The last run() was an access: if it was a TLB error, refill() may answer it.
void note_miss(void);

void load(void);
void store(void);
void fetch(void);
void load_external(void);
void store_external(void);
/// Cache operations, lwarx, stwcx., and loads of other sizes.
void cache_op(void);

void search(void);
void read_back(void);
void invalidate_va(void);
void invalidate_pid(void);
void invalidate_all(void);
void broadcast_page(void);
void broadcast_all(void);
void flash(void);

/// mtpid, unless PID holds it already.
void set_pid(uint32_t pid);
void change_pid(void);
void change_mas4(void);
/// Illegal operands, and MMU instructions in user mode.
void illegal_op(void);
