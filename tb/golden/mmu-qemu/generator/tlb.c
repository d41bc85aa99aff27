#include "tlb.h"

#include "machine.h"
#include "mas.h"

enum { kTsize4K = 1 };

struct Entry entry_of(uint32_t tlbsel, uint32_t mas1, uint32_t mas2) {
  const uint32_t offset = offset_mask(tlbsel == 0 ? kTsize4K : tsize_of(mas1));
  struct Entry entry = {.tlbsel = tlbsel, .mas1 = mas1};
  entry.first = mas2 & kEpn & ~offset;
  entry.last = entry.first | offset;
  return entry;
}

struct Entry entry_at(uint32_t tlbsel, uint32_t esel, uint32_t ea) {
  const struct Mas mas = read_entry(tlbsel, esel, ea);
  struct Entry entry = entry_of(tlbsel, mas.mas1, mas.mas2);
  entry.mas3 = mas.mas3;
  entry.mas7 = mas.mas7;
  return entry;
}

static bool is_valid(const struct Entry* entry) { return (entry->mas1 & kValid) != 0; }

static bool holds(const struct Entry* entry, uint32_t ea) {
  return is_valid(entry) && entry->first <= ea && ea <= entry->last;
}

/// The places that may hold an address: the ways of its set in TLB0, then all of TLB1.
enum { kCandidates = kTlb0Ways + kTlb1Entries };
static struct Entry candidate(uint32_t place, uint32_t ea) {
  return place < kTlb0Ways ? entry_at(0, place, ea) : entry_at(1, place - kTlb0Ways, ea);
}

static bool matches(const struct Entry* entry, const struct Address* address) {
  const uint32_t tid = tid_of(entry->mas1);
  return holds(entry, address->ea) && (tid == 0 || tid == address->pid) &&
         ts_of(entry->mas1) == address->as;
}

struct Hits hits_of(const struct Address* address) {
  const struct Mas before = read_mas();
  struct Hits hits = {0};
  for (uint32_t place = 0; place < kCandidates; ++place) {
    const struct Entry entry = candidate(place, address->ea);
    if (!matches(&entry, address)) continue;
    const uint32_t offset = entry.last - entry.first;
    ++hits.count;
    hits.ra_low = (entry.mas3 & kEpn & ~offset) | (address->ea & offset);
    hits.ra_high = entry.mas7;
  }
  write_mas(&before);
  return hits;
}

/// Some EA, PID and AS match both.
static bool overlap(const struct Entry* a, const struct Entry* b) {
  const uint32_t tid_a = tid_of(a->mas1);
  const uint32_t tid_b = tid_of(b->mas1);
  return ts_of(a->mas1) == ts_of(b->mas1) && (tid_a == 0 || tid_b == 0 || tid_a == tid_b) &&
         a->first <= b->last && b->first <= a->last;
}

static bool overlaps_tlb0(const struct Entry* entry, uint32_t esel) {
  const uint32_t pages = (entry->last - entry->first) / kPageBytes + 1;
  const uint32_t sets = pages < kTlb0Sets ? pages : kTlb0Sets;
  for (uint32_t set = 0; set < sets; ++set) {
    for (uint32_t way = 0; way < kTlb0Ways; ++way) {
      if (entry->tlbsel == 0 && way == esel % kTlb0Ways) continue;
      const struct Entry other = entry_at(0, way, entry->first + set * kPageBytes);
      if (is_valid(&other) && overlap(entry, &other)) return true;
    }
  }
  return false;
}

static bool overlaps_tlb1(const struct Entry* entry, uint32_t esel) {
  for (uint32_t place = 0; place < kTlb1Entries; ++place) {
    if (entry->tlbsel == 1 && place == esel) continue;
    const struct Entry other = entry_at(1, place, 0);
    if (is_valid(&other) && overlap(entry, &other)) return true;
  }
  return false;
}

bool overlaps_another(const struct Entry* entry, uint32_t esel) {
  const struct Mas before = read_mas();
  const bool found = overlaps_tlb0(entry, esel) || overlaps_tlb1(entry, esel);
  write_mas(&before);
  return found;
}

bool reach_is_disputed(const struct Address* address, uint32_t tlbs) {
  const struct Mas before = read_mas();
  bool disputed = false;
  for (uint32_t place = 0; place < kCandidates; ++place) {
    const struct Entry entry = candidate(place, address->ea);
    if (((tlbs >> entry.tlbsel) & 1) == 0 || !holds(&entry, address->ea)) continue;
    if ((entry.mas1 & kIprot) != 0) continue;
    disputed |= tid_of(entry.mas1) != address->pid || ts_of(entry.mas1) != address->as;
  }
  write_mas(&before);
  return disputed;
}
