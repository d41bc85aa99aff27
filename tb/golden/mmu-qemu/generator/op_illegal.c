#include <stdbool.h>

#include "console.h"
#include "draw.h"
#include "log.h"
#include "machine.h"
#include "mas.h"
#include "operations.h"
#include "stubs.h"
#include "trap.h"

enum Oddity { kOddTsize, kOddTlbsel, kLargeEsel, kMisaligned, kUserMode, kUserModeToo, kOddities };

static uint32_t any_esel(void) { return kFirstFreeEsel + draw(kTlb1Entries - kFirstFreeEsel); }

/// ESEL beyond what the TLB has: its upper bits are not decoded.
static uint32_t large_esel(uint32_t tlbsel) {
  return tlbsel == 0 ? any_esel() : kTlb1Entries + any_esel();
}

static void make_odd_tsize(struct Mas* mas) {
  mas->mas0 = mas0_of(1, any_esel());
  mas->mas1 = draw(2) << 31;
  mas->mas1 |= draw(32) << 7;  // five bits, as MAV 2.0 has them
  mas->mas2 = kEaBegin;
}

static void make_odd_tlbsel(struct Mas* mas) {
  const uint32_t tlbsel = 2 + draw(2);
  mas->mas0 = mas0_of(tlbsel, draw(4));
  mas->mas1 = kValid | 0x100;
}

static void make_large_esel(struct Mas* mas) {
  const uint32_t tlbsel = draw(2);
  draw_and_drop(64);
  mas->mas0 = mas0_of(tlbsel, large_esel(tlbsel));
  mas->mas1 = draw(0x100) << 16 | 0x100;
}

/// EPN and RPN bits below the page size; not valid, so that it harms nothing.
static void make_misaligned(struct Mas* mas) {
  mas->mas0 = mas0_of(1, any_esel());
  mas->mas1 = (3 + draw(6)) << 8;
  mas->mas2 = kEaBegin | draw(0x100) << 12 | 0x1E;
  mas->mas3 = kRam | draw(0x1000) << 12 | 0x3FF;
}

static struct Mas odd_entry(enum Oddity oddity, uint32_t ea) {
  struct Mas mas = {.mas2 = ea, .mas3 = kRam};
  if (oddity == kOddTsize) make_odd_tsize(&mas);
  if (oddity == kOddTlbsel) make_odd_tlbsel(&mas);
  if (oddity == kLargeEsel) make_large_esel(&mas);
  if (oddity == kMisaligned) make_misaligned(&mas);
  return mas;
}

static void unprivileged(uint32_t ea) {
  static const struct {
    const char* name;
    const char* stub;
  } kInstructions[] = {
      {"tlbwe", stub_tlbwe},       {"tlbre", stub_tlbre},        {"tlbsx", stub_tlbsx},
      {"tlbivax", stub_tlbivax},   {"tlbilx0", stub_tlbilx_all}, {"tlbilx1", stub_tlbilx_pid},
      {"tlbilx3", stub_tlbilx_va}, {"mtmmucsr0", stub_flash},
  };
  const uint32_t chosen = draw(sizeof kInstructions / sizeof kInstructions[0]);
  begin_operation("upriv");
  print_text(" k=");
  print_text(kInstructions[chosen].name);
  run_and_log(kInstructions[chosen].stub, kMsr | kMsrPr, 0, ea);
}

/// What tlbwe has made of it; a valid one is taken back.
static void inspect(const struct Mas* mas, uint32_t ea) {
  begin_with_place("tlbre", mas);
  run_and_log(stub_tlbre, kMsr, 0, 0);
  if ((mas->mas1 & kValid) == 0) return;
  const struct Mas none = {.mas0 = mas->mas0};
  begin_with_entry("tlbwe", &none);
  run_and_log(stub_tlbwe, kMsr, 0, ea);
}

void illegal_op(void) {
  const enum Oddity oddity = (enum Oddity)draw(kOddities);
  const uint32_t ea = kEaBegin + draw(0x100) * 0x100000;
  if (oddity >= kUserMode) {
    unprivileged(ea);
    return;
  }
  const struct Mas mas = odd_entry(oddity, ea);
  if (oddity == kOddTlbsel && draw(2) != 0) {
    begin_with_entry("tlbre", &mas);
    run_and_log(stub_tlbre, kMsr, 0, ea);
    return;
  }
  begin_with_entry("tlbwe", &mas);
  run_and_log(stub_tlbwe, kMsr, 0, ea);
  if (went_well()) inspect(&mas, ea);
}
