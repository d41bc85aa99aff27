#include <stdbool.h>

#include "console.h"
#include "draw.h"
#include "log.h"
#include "machine.h"
#include "mas.h"
#include "operations.h"
#include "pick.h"
#include "ram.h"
#include "spr.h"
#include "stubs.h"
#include "tlb.h"
#include "trap.h"

/// One access: where, in which state, and which entries match it.
struct Access {
  struct Address address;
  uint32_t pr;
  struct Hits hits;
};

static struct Access random_access(void) {
  struct Access access;
  draw_and_drop(2);
  access.address = random_address();
  access.pr = draw(2);
  return access;
}

/// Mostly with the PID that hits; the access has whatever PID holds then.
static void choose_pid(struct Access* access) {
  if (percent(85)) set_pid(access->address.pid);
  access->address.pid = read_pid();
}

static uint32_t msr_of(const struct Access* access, uint32_t as_bit) {
  return kMsr | (access->pr != 0 ? kMsrPr : 0) | (access->address.as != 0 ? as_bit : 0);
}

static void begin_access(const char* name, const struct Access* access) {
  begin_operation(name);
  print_field("ea", access->address.ea);
  print_field("as", access->address.as);
  print_field("pr", access->pr);
}

static void end_access(const struct Access* access) {
  print_field("hits", access->hits.count);
  end_operation();
  note_miss();
}

/// What a store writes, to be found again: no word of the identifying RAM looks like it.
static uint32_t tag(void) { return 0xA5000000 | (operations_done() & 0xFFFFFF); }

/// Where the tag landed. The TLB entry says where to look first; the RAM has the last word.
static void find_tag(const struct Access* access, uint32_t word) {
  const struct Hits* const hits = &access->hits;
  const bool expected = hits->count != 0 && is_in_ram(hits->ra_low, hits->ra_high);
  uint32_t ra = hits->ra_low;
  if (!expected || ram_word(ra) != word) ra = find_in_ram(access->address.ea, word);
  if (ra == 0) {
    print_text(" pa=none");
    return;
  }
  restore_ram(ra, 4);
  print_field("pa", ra);
}

static void random_word_offset(struct Access* access) { access->address.ea += draw(0x200) * 4; }

void load(void) {
  struct Access access = random_access();
  choose_pid(&access);
  random_word_offset(&access);
  access.hits = hits_of(&access.address);
  begin_access("ld", &access);
  run(stub_load, msr_of(&access, kMsrDs), 0, access.address.ea);
  print_result();
  if (went_well()) print_field("val", context()->r3);
  end_access(&access);
}

void store(void) {
  struct Access access = random_access();
  choose_pid(&access);
  random_word_offset(&access);
  access.hits = hits_of(&access.address);
  begin_access("st", &access);
  const uint32_t word = tag();
  print_field("val", word);
  run(stub_store, msr_of(&access, kMsrDs), word, access.address.ea);
  print_result();
  if (went_well()) find_tag(&access, word);
  end_access(&access);
}

/// The instructions in the upper half of every page deliver the number of their page.
void fetch(void) {
  struct Access access = random_access();
  choose_pid(&access);
  const uint32_t ea = access.address.ea += 0x800 + draw(255) * 8;
  access.hits = hits_of(&access.address);
  begin_access("fetch", &access);
  run((const void*)ea, msr_of(&access, kMsrIs), 0, ea);
  print_result();
  if (went_well()) {
    const uint32_t frame = context()->r3 & 0xFFFF;
    print_field("val", frame);
    print_field("pa", kRam | frame * kPageBytes | (ea & (kPageBytes - 1)));
  }
  end_access(&access);
}

/// The state of the access comes from EPLC or EPSC; the fields: e500mc-mmu.md 3.3.
static struct Access random_external_access(void) {
  struct Access access = random_access();
  random_word_offset(&access);
  access.hits = hits_of(&access.address);
  access.pr = draw(2);
  return access;
}

static uint32_t external_context(const struct Access* access) {
  return access->pr << 31 | access->address.as << 30 | access->address.pid;
}

static void begin_external(const char* name, const struct Access* access) {
  begin_access(name, access);
  print_field("epid", access->address.pid);
  print_field("ep", external_context(access));
}

void load_external(void) {
  const struct Access access = random_external_access();
  write_eplc(external_context(&access));
  begin_external("epld", &access);
  run(stub_load_external, kMsr, 0, access.address.ea);
  print_result();
  if (went_well()) print_field("val", context()->r3);
  end_access(&access);
}

void store_external(void) {
  const struct Access access = random_external_access();
  write_epsc(external_context(&access));
  begin_external("epst", &access);
  const uint32_t word = tag();
  print_field("val", word);
  run(stub_store_external, kMsr, word, access.address.ea);
  print_result();
  if (went_well()) find_tag(&access, word);
  end_access(&access);
}
