#include <stdbool.h>
#include <stddef.h>

#include "boot.h"
#include "console.h"
#include "draw.h"
#include "log.h"
#include "machine.h"
#include "operations.h"
#include "parameters.h"
#include "probe.h"
#include "ram.h"
#include "spr.h"

/// How often a round does what, in thousandths.
static const struct {
  uint32_t share;
  void (*perform)(void);
} kRounds[] = {
    {210, write_tlb0},   {120, write_tlb1},    {50, refill},        {190, load},
    {90, store},         {110, fetch},         {15, load_external}, {15, store_external},
    {70, search},        {50, read_back},      {25, invalidate_va}, {2, invalidate_pid},
    {1, invalidate_all}, {25, broadcast_page}, {1, broadcast_all},  {1, flash},
    {2, NULL},           {15, change_pid},     {8, change_mas4},
};

/// False when the draw is of a round that does nothing.
static bool perform_round(void) {
  uint32_t drawn = draw(1000);
  size_t i = 0;
  while (drawn >= kRounds[i].share) drawn -= kRounds[i++].share;
  if (kRounds[i].perform == NULL) return false;
  kRounds[i].perform();
  return true;
}

static void perform_operations(void) {
  enum { kBetweenDumps = 1000 };
  uint32_t next_dump = kBetweenDumps;
  while (operations_done() < parameters()->operations) {
    if (in_mode(kCacheOps) && percent(30)) cache_op();
    if (in_mode(kIllegalOps) && percent(15)) illegal_op();
    if (!perform_round() || operations_done() < next_dump) continue;
    dump_tlbs();
    next_dump += kBetweenDumps;
  }
}

static void print_header(const struct Mas* reset_tlb1_0) {
  print_text("H format=1");
  print_field("seed", parameters()->seed);
  print_field("nops", parameters()->operations);
  print_field("mode", parameters()->mode);
  print_field("pvr", read_pvr());
  print_field("mmucfg", read_mmucfg());
  print_field("tlb0cfg", read_tlb0cfg());
  print_field("tlb1cfg", read_tlb1cfg());
  print_text("\nH reset_tlb1_0");
  print_field("mas1", reset_tlb1_0->mas1);
  print_field("mas2", reset_tlb1_0->mas2);
  print_field("mas3", reset_tlb1_0->mas3);
  print_field("mas7", reset_tlb1_0->mas7);
  print_char('\n');
}

/// QEMU, run with -no-reboot, ends when the guest resets.
static void power_off(void) { *(volatile uint32_t*)kResetControl = 2; }

int main(void) {
  const struct Mas reset_tlb1_0 = set_up_mmu();
  load_parameters();
  seed_draws(parameters()->seed);
  print_header(&reset_tlb1_0);
  probe_registers();
  fill_ram();
  clear_registers();
  dump_tlbs();
  perform_operations();
  dump_tlbs();
  print_text("Z done ");
  print_decimal(operations_done());
  print_char('\n');
  power_off();
  return 0;
}
