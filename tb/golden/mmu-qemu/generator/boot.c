#include "boot.h"

#include "machine.h"
#include "spr.h"

enum { kHarness = 0, kAliasEsel = 2, kCcsrEsel = 3 };
static const uint32_t kTsize4K = 0x100;
static const uint32_t kTsize1M = 0x500;
static const uint32_t kTsize16M = 0x700;
static const uint32_t kTsize256M = 0x900;
static const uint32_t kInhibitedGuarded = 0x0A;
static const uint32_t kCoherent = 0x04;
static const uint32_t kSupervisorReadWrite = 0x05;
static const uint32_t kAllPermissions = 0x3F;

static void map(uint32_t esel, uint32_t tsize, uint32_t mas2, uint32_t mas3, uint32_t mas7) {
  const struct Mas mas = {.mas0 = mas0_of(1, esel),
                          .mas1 = kValid | kIprot | tsize,
                          .mas2 = mas2,
                          .mas3 = mas3,
                          .mas7 = mas7};
  write_entry(&mas);
}

static void empty_tlb1(void) {
  for (uint32_t esel = 0; esel < kTlb1Entries; ++esel) {
    if (esel == kHarness || esel == kAliasEsel || esel == kCcsrEsel) continue;
    const struct Mas mas = {.mas0 = mas0_of(1, esel)};
    write_entry(&mas);
  }
}

static void empty_tlb0(void) {
  for (uint32_t set = 0; set < kTlb0Sets; ++set) {
    for (uint32_t way = 0; way < kTlb0Ways; ++way) {
      const struct Mas mas = {.mas0 = mas0_of(0, way), .mas2 = set * kPageBytes};
      write_entry(&mas);
    }
  }
}

struct Mas set_up_mmu(void) {
  map(kCcsrEsel, kTsize1M, kCcsr | kInhibitedGuarded, 0xE0000000 | kSupervisorReadWrite, 0xF);
  const struct Mas reset = read_entry(1, kHarness, 0);
  map(kHarness, kTsize16M, kCoherent, kAllPermissions, 0);
  map(kAliasEsel, kTsize256M, kAlias | kCoherent, kRam | kSupervisorReadWrite, 0);
  empty_tlb1();
  empty_tlb0();
  return reset;
}

void clear_registers(void) {
  const struct Mas mas = {.mas4 = kTsize4K};
  write_mas(&mas);
  write_pid(0);
  write_eplc(0);
  write_epsc(0);
}
