#include "draw.h"
#include "log.h"
#include "machine.h"
#include "mas.h"
#include "operations.h"
#include "pick.h"
#include "spr.h"
#include "stubs.h"
#include "tlb.h"
#include "trap.h"

/// tlbsx
void search(void) {
  struct Address address = random_address();
  address.ea |= draw(0x400) * 4;
  const struct Hits hits = hits_of(&address);
  const uint32_t mas6 = address.pid << 16 | address.as;
  write_mas6(mas6);
  begin_operation("tlbsx");
  print_field("ea", address.ea);
  print_field("m6", mas6);
  run(stub_tlbsx, kMsr, 0, address.ea);
  print_result();
  print_field("hits", hits.count);
  end_operation();
}

/// EA bits that select the set of TLB0.
static uint32_t random_set(void) {
  const uint32_t likely = random_set_bits();
  return percent(15) ? draw(kTlb0Sets) * kPageBytes : likely;
}

/// tlbre of any entry; the EPN bits that select nothing are random.
void read_back(void) {
  struct Mas mas = {0};
  const uint32_t tlbsel = draw(2);
  const uint32_t esel = draw(tlbsel == 0 ? kTlb0Ways : kTlb1Entries);
  mas.mas2 = tlbsel == 0 ? random_set() : 0;
  mas.mas2 |= draw(0x3000) << 19;
  mas.mas0 = mas0_of(tlbsel, esel) | draw(4);
  begin_with_place("tlbre", &mas);
  run_and_log(stub_tlbre, kMsr, 0, 0);
}
