#include "pick.h"

#include <stdbool.h>

#include "draw.h"
#include "machine.h"
#include "mas.h"
#include "parameters.h"

enum { kRemembered = 48 };
static struct Entry remembered[kRemembered];
static uint32_t written;

uint32_t random_pid(void) {
  static const uint8_t kPids[] = {0, 1, 2, 3, 5, 7, 0x80, 0xFF};
  if (in_mode(kWidePids) && percent(15)) return draw(0x4000);
  return kPids[draw(sizeof kPids)];
}

uint32_t random_set_bits(void) {
  static const uint8_t kSets[] = {0, 1, 2, 0x3F, 0x40, 0x7F};
  return kSets[draw(sizeof kSets)] * kPageBytes;
}

uint32_t random_page(void) {
  uint32_t page = kEaBegin + draw(12) * 0x1000000;
  page += draw(3) * 0x80000;
  return page + random_set_bits();
}

uint32_t random_permissions(void) {
  const uint32_t permissions = percent(35) ? 0x3F : draw(64);
  return permissions | draw(16) << 6;
}

uint32_t random_frame(void) { return kRam + draw(kRamBytes / kPageBytes) * kPageBytes; }

uint32_t random_esel(void) {
  enum { kOftenUsed = 16 };
  const bool often = percent(80);
  return kFirstFreeEsel + draw(often ? kOftenUsed : kTlb1Entries - kFirstFreeEsel);
}

/// The last page of an entry, its first, or any between.
static uint32_t page_in(const struct Entry* entry) {
  const uint32_t pages = (entry->last - entry->first) / kPageBytes + 1;
  if (pages == 1) return entry->first;
  if (percent(30)) return entry->first + (pages - 1) * kPageBytes;
  return percent(30) ? entry->first : entry->first + draw(pages) * kPageBytes;
}

static struct Entry random_entry(void) {
  if (draw(2) != 0) return entry_at(1, random_esel(), 0);
  const uint32_t way = draw(kTlb0Ways);
  return entry_at(0, way, random_set_bits());
}

/// The page of an entry that stands now; false when none was found.
static bool address_of_entry(struct Address* address) {
  enum { kTries = 14 };
  const struct Mas before = read_mas();
  bool found = false;
  for (int i = 0; i < kTries && !found; ++i) {
    const struct Entry entry = random_entry();
    if ((entry.mas1 & kValid) == 0) continue;
    const uint32_t tid = tid_of(entry.mas1);
    address->ea = page_in(&entry);
    address->as = percent(93) ? ts_of(entry.mas1) : draw(2);
    address->pid = tid != 0 && percent(92) ? tid : random_pid();
    found = true;
  }
  write_mas(&before);
  return found;
}

static struct Address remembered_address(void) {
  const struct Entry* const entry =
      &remembered[draw(written < kRemembered ? written : kRemembered)];
  const uint32_t tid = tid_of(entry->mas1);
  const uint32_t ts = ts_of(entry->mas1);
  struct Address address = {.ea = page_in(entry)};
  address.as = percent(88) ? ts : 1 - ts;
  address.pid = tid != 0 && percent(85) ? tid : random_pid();
  return address;
}

struct Address random_address(void) {
  struct Address address = {0};
  if (percent(62) && address_of_entry(&address)) return address;
  if (written != 0 && percent(55)) return remembered_address();
  address.ea = random_page();
  address.pid = random_pid();
  address.as = draw(2);
  return address;
}

void remember(const struct Entry* entry) { remembered[written++ % kRemembered] = *entry; }
