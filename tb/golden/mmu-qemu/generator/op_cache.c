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

/// What a well-ended operation leaves to be logged.
enum Trace { kNothing, kLoaded, kTagged, kZeroed };

struct CacheOp {
  const char* name;
  const char* stub;
  enum Trace trace;
  bool privileged;
  bool crosses;  ///< into the next page
};

static const struct CacheOp kCacheOpTable[] = {
    {.name = "dcbz", .stub = stub_dcbz, .trace = kZeroed},
    {.name = "dcbst", .stub = stub_dcbst},
    {.name = "dcbf", .stub = stub_dcbf},
    {.name = "icbi", .stub = stub_icbi},
    {.name = "dcbt", .stub = stub_dcbt},
    {.name = "dcbtst", .stub = stub_dcbtst},
    {.name = "dcba", .stub = stub_dcba, .trace = kZeroed},
    {.name = "dcbi", .stub = stub_dcbi, .privileged = true},
    {.name = "lwarx", .stub = stub_lwarx, .trace = kLoaded},
    {.name = "stwcx", .stub = stub_stwcx, .trace = kTagged},
    {.name = "lbz", .stub = stub_lbz, .trace = kLoaded},
    {.name = "ldcross", .stub = stub_load_crossing, .trace = kLoaded, .crosses = true},
};
enum { kCacheOpCount = sizeof kCacheOpTable / sizeof kCacheOpTable[0] };

static uint32_t tag(void) { return 0xB6000000 | (operations_done() & 0xFFFFFF); }

static void log_place(uint32_t ra, uint32_t bytes) {
  print_field("pa", ra);
  print_field("nbytes", bytes);
}

static void log_tag(uint32_t ea, uint32_t word) {
  const uint32_t ra = find_in_ram(ea, word);
  if (ra == 0) {
    print_text(" pa=none");
    return;
  }
  restore_ram(ra, 4);
  log_place(ra, 4);
}

/// How many bytes from the start of a 64-byte line on are zero, up to two lines.
static void log_zeros(uint32_t ea) {
  const uint32_t ra = find_in_ram(ea, 0);
  if (ra == 0) {
    print_text(" pa=none");
    return;
  }
  const uint32_t line = ra & ~63U;
  uint32_t bytes = 0;
  while (bytes < 128 && ram_word(line + bytes) == 0) bytes += 4;
  restore_ram(line, bytes);
  log_place(ra, bytes);
}

static void log_trace(enum Trace trace, uint32_t ea, uint32_t word) {
  if (trace == kLoaded) print_field("val", context()->r3);
  if (trace == kTagged) log_tag(ea, word);
  if (trace == kZeroed) log_zeros(ea);
}

static void begin_cache_op(const struct CacheOp* op, const struct Address* address, uint32_t pr) {
  begin_operation("cop");
  print_text(" k=");
  print_text(op->name);
  print_field("ea", address->ea);
  print_field("as", address->as);
  print_field("pr", pr);
}

static void run_cache_op(const struct CacheOp* op, const struct Address* address, uint32_t pr) {
  const uint32_t msr = kMsr | (pr != 0 ? kMsrPr : 0) | (address->as != 0 ? kMsrDs : 0);
  const struct Address next = {.ea = address->ea + 2, .pid = address->pid, .as = address->as};
  begin_cache_op(op, address, pr);
  const uint32_t word = tag();
  if (op->trace == kTagged) print_field("val", word);
  run(op->stub, msr, word, address->ea);
  print_result();
  if (went_well()) log_trace(op->trace, address->ea, word);
  print_field("hits", hits_of(address).count);
  if (op->crosses) print_field("hits2", hits_of(&next).count);
  end_operation();
  note_miss();
}

void cache_op(void) {
  const struct CacheOp* const op = &kCacheOpTable[draw(kCacheOpCount)];
  const uint32_t drawn_pr = draw(2);
  struct Address address = random_address();
  if (percent(85)) set_pid(address.pid);
  address.pid = read_pid();
  address.ea = op->crosses ? address.ea | 0xFFE : address.ea + draw(0x1F0) * 4;
  if (address.ea >= kEaEnd - kPageBytes) return;
  run_cache_op(op, &address, op->privileged ? 0 : drawn_pr);
}
