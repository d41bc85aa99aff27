#include <stdbool.h>

#include "draw.h"
#include "log.h"
#include "mas.h"
#include "operations.h"
#include "parameters.h"
#include "pick.h"
#include "spr.h"
#include "stubs.h"
#include "tlb.h"
#include "trap.h"

/// MMUCSR0, and the EA operand of tlbivax (e500mc-mmu.md 3.3, 3.7).
static const uint32_t kFlashTlb1 = 2;
static const uint32_t kFlashTlb0 = 4;
static const uint32_t kInvalidateAll = 4;
enum { kTlbselShift = 3 };

static bool is_avoided(const struct Address* address, uint32_t tlbs) {
  return in_mode(kClearInvalidations) && reach_is_disputed(address, tlbs);
}

/// MAS6 says which SPID and SAS are meant.
static void load_mas6(const struct Address* address) {
  write_mas6(address->pid << 16 | address->as);
}

static struct Address random_target(void) {
  struct Address address = random_address();
  address.ea |= draw(0x400) * 4;
  return address;
}

static void tlbilx(uint32_t t, const void* stub, const struct Address* address) {
  load_mas6(address);
  begin_operation("tlbilx");
  print_field("t", t);
  print_field("m6", read_mas6());
  print_field("ea", address->ea);
  run_and_log(stub, kMsr, 0, address->ea);
}

void invalidate_va(void) {
  const struct Address address = random_target();
  if (!is_avoided(&address, 3)) tlbilx(3, stub_tlbilx_va, &address);
}

/// These two empty a TLB, so that they are rarer than their share.
void invalidate_pid(void) {
  if (draw(2) == 0) return;
  const struct Address address = random_target();
  tlbilx(1, stub_tlbilx_pid, &address);
}

void invalidate_all(void) {
  if (draw(3) != 0) return;
  const struct Address address = random_target();
  tlbilx(0, stub_tlbilx_all, &address);
}

static void tlbivax(uint32_t operand, const struct Address* address) {
  load_mas6(address);
  begin_operation("tlbivax");
  print_field("ea", operand);
  print_field("m6", read_mas6());
  run_and_log(stub_tlbivax, kMsr, 0, operand);
}

void broadcast_page(void) {
  const uint32_t tlbsel = draw(2);
  const struct Address address = random_address();
  if (is_avoided(&address, 1U << tlbsel)) return;
  tlbivax((address.ea & kEpn) | tlbsel << kTlbselShift, &address);
}

void broadcast_all(void) {
  if (draw(2) == 0) return;
  const uint32_t tlbsel = draw(2);
  const struct Address address = random_address();
  tlbivax(tlbsel << kTlbselShift | kInvalidateAll, &address);
}

void flash(void) {
  if (draw(2) == 0) return;
  const uint32_t which[] = {kFlashTlb1, kFlashTlb0, kFlashTlb1 | kFlashTlb0};
  const uint32_t value = which[draw(3)];
  begin_operation("mmucsr0");
  print_field("val", value);
  run(stub_flash, kMsr, value, 0);
  print_result();
  print_field("rd", context()->r3);
  end_operation();
}
