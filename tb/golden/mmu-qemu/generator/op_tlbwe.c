#include <stdbool.h>

#include "draw.h"
#include "log.h"
#include "machine.h"
#include "mas.h"
#include "operations.h"
#include "parameters.h"
#include "pick.h"
#include "stubs.h"
#include "tlb.h"
#include "trap.h"

enum { kTsize4K = 1, kLargestTsize = 9 };
static const uint32_t kSpanOf256M = 0x10000000;

/// The MAS registers after the last TLB error that was not answered yet.
static struct Mas miss;
static bool missed;

static void tlbwe(const struct Mas* mas) {
  begin_with_entry("tlbwe", mas);
  run_and_log(stub_tlbwe, kMsr, 0, 0);
  if (!went_well() || (mas->mas1 & kValid) == 0) return;
  const struct Entry entry = entry_of(tlbsel_of(mas->mas0), mas->mas1, mas->mas2);
  remember(&entry);
}

/// Modes without kOverlaps never let two entries match.
static bool is_allowed(const struct Mas* mas) {
  if (in_mode(kOverlaps)) return true;
  const struct Entry entry = entry_of(tlbsel_of(mas->mas0), mas->mas1, mas->mas2);
  return !overlaps_another(&entry, (mas->mas0 >> 16) & 0xFFF);
}

/// A page of TLB1 that `tsize` aligns; one outside the range of the operations is refused later.
static uint32_t random_large_page(uint32_t tsize) {
  uint32_t ea = kEaBegin + draw(12) * 0x1000000;
  ea += draw(4) * 0x80000;
  ea += draw(8) * kPageBytes;
  if (tsize >= 8) ea = kEaBegin + draw(12) * kSpanOf256M;
  return ea & ~offset_mask(tsize);
}

static bool is_in_range(uint32_t ea) { return kEaBegin <= ea && ea < kEaEnd; }

static uint32_t random_mas1(uint32_t tlbsel, bool valid, uint32_t tsize) {
  uint32_t mas1 = valid ? kValid : 0;
  if (tlbsel == 1 && percent(15)) mas1 |= kIprot;
  mas1 |= (percent(30) ? 0 : random_pid()) << 16;
  mas1 |= draw(2) << 12 | tsize << 8;
  if (tlbsel == 1) return mas1;
  // TLB0 ignores TSIZE and has no IPROT (e500mc-mmu.md 1.6, 3.5).
  if (percent(15)) mas1 = (mas1 & ~0xF00U) | (1 + draw(9)) << 8;
  return percent(5) ? mas1 | kIprot : mas1;
}

static uint32_t random_mas3(uint32_t tlbsel, uint32_t tsize) {
  const uint32_t frame = random_frame() & ~offset_mask(tsize);
  const uint32_t permissions = random_permissions();
  return (tlbsel == 0 ? random_frame() : frame) | permissions;
}

/// False when the draw was of no use: the page is out of range, or overlaps where none may.
static bool try_write(uint32_t tlbsel) {
  static const uint8_t kTsizes[] = {1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, kLargestTsize};
  struct Mas mas = {0};
  const bool valid = percent(93);
  const uint32_t tsize = tlbsel == 0 ? kTsize4K : kTsizes[draw(sizeof kTsizes)];
  const uint32_t esel = tlbsel == 0 ? draw(kTlb0Ways) : random_esel();
  mas.mas2 = tlbsel == 0 ? random_page() : random_large_page(tsize);
  if (!is_in_range(mas.mas2)) return false;
  mas.mas0 = mas0_of(tlbsel, esel) | draw(4);
  mas.mas1 = random_mas1(tlbsel, valid, tsize);
  mas.mas2 |= draw(16) << 1;  // WIMG; E stays 0
  mas.mas3 = random_mas3(tlbsel, tsize);
  mas.mas7 = in_mode(kHighRealAddresses) && percent(6) ? 1 + draw(15) : 0;
  if (valid && !is_allowed(&mas)) return false;
  tlbwe(&mas);
  return true;
}

static void write_random_entry(uint32_t tlbsel) {
  enum { kTries = 8 };
  for (int i = 0; i < kTries && !try_write(tlbsel); ++i) {
  }
}

void write_tlb0(void) { write_random_entry(0); }

void write_tlb1(void) { write_random_entry(1); }

void note_miss(void) {
  const uint32_t vector = context()->vector;
  if (vector != kDataTlbError && vector != kInstructionTlbError) return;
  missed = true;
  miss = read_mas();
}

/// ESEL of a miss is a way of TLB0; in TLB1 it may name an entry of the generator's own.
static void choose_esel(struct Mas* mas) {
  const uint32_t esel = (mas->mas0 >> 16) & 0xFFF;
  if (esel >= kFirstFreeEsel && esel < kTlb1Entries) return;
  mas->mas0 &= ~0x0FFF0000U;
  mas->mas0 |= (kFirstFreeEsel + draw(kTlb1Entries - kFirstFreeEsel)) << 16;
}

void refill(void) {
  struct Mas mas = miss;
  const uint32_t tlbsel = tlbsel_of(mas.mas0);
  if (!missed) return;
  missed = false;
  if (tlbsel > 1) return;
  if (tlbsel == 1) choose_esel(&mas);
  const uint32_t tsize = tlbsel == 0 ? kTsize4K : tsize_of(mas.mas1);
  if (tsize == 0 || tsize > kLargestTsize) return;
  if ((mas.mas2 & ~offset_mask(tsize)) < kEaBegin) return;
  mas.mas3 = random_frame() & ~offset_mask(tsize);
  mas.mas3 |= random_permissions();
  mas.mas7 = 0;
  if (is_allowed(&mas)) tlbwe(&mas);
}
