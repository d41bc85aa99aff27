#include "tb/lockstep/entry_list.hpp"

#include <algorithm>

#include "tb/lockstep/mas_bits.hpp"

namespace tessera::lockstep {
namespace {

constexpr std::uint64_t kIndirectPage = 0x200000;
constexpr EntryWords kUnwrittenTlb0{0x00000100, 0, 0, 0, 0};
constexpr EntryWords kBoot{0xC0000100, 0xFFFFF008, 0xFFFFF015, 0, 0};

template <class Value>
bool differs(const std::optional<Value>& wanted, Value found) {
  return wanted.has_value() && *wanted != found;
}

}  // namespace

ListedEntry::ListedEntry(bool in_tlb1, unsigned at, const EntryWords& stored, bool is_indirect)
    : words(stored),
      tlb1(in_tlb1),
      place(at),
      offset(is_indirect ? kIndirectPage - 1
                         : (std::uint64_t{1024} << (2 * ((stored.mas1 >> 8) & 0xF))) - 1),
      page_mask(static_cast<std::uint32_t>(~offset & 0xFFFFF000)),
      tid((stored.mas1 >> 16) & 0x3FFF),
      tlpid(stored.mas8 & 0xFFF),
      ts((stored.mas1 & 0x1000) != 0),
      tgs((stored.mas8 & 0x80000000) != 0),
      iprot((stored.mas1 & 0x40000000) != 0),
      indirect(is_indirect) {
  epn = stored.mas2 & page_mask;
}

bool ListedEntry::matches(const SearchContext& context) const {
  if (((context.ea ^ epn) & page_mask) != 0 || ts != context.as || tgs != context.gs ||
      indirect != context.indirect) {
    return false;
  }
  const bool own = std::find(context.pids.begin(), context.pids.end(), tid) != context.pids.end();
  return (tid == 0 || own) && (tlpid == 0 || tlpid == context.lpid);
}

bool ListedEntry::matches(const Doomed& doomed) const {
  if (doomed.ea && ((*doomed.ea ^ epn) & page_mask) != 0) {
    return false;
  }
  const bool tid_passes = doomed.tid0_passes && tid == 0;
  return !differs(doomed.tlb1, tlb1) && !differs(doomed.lpid, tlpid) && !differs(doomed.gs, tgs) &&
         !differs(doomed.indirect, indirect) && (tid_passes || !differs(doomed.tid, tid));
}

EntryList::EntryList(const mmu::Parameters& parameters) : parameters_(parameters) { reset(0); }

void EntryList::reset(std::uint64_t edge) {
  entries_.clear();
  tlb0_words_.assign(std::size_t{parameters_.tlb0_sets} * parameters_.tlb0_ways, kUnwrittenTlb0);
  tlb1_words_.assign(parameters_.tlb1_entries, {});
  if (parameters_.boot_entry) {
    write(true, 0, kBoot, edge);
  }
}

void EntryList::write(bool tlb1, unsigned place, const EntryWords& words, std::uint64_t edge) {
  forget(edge);
  for (ListedEntry& entry : entries_) {
    if (entry.tlb1 == tlb1 && entry.place == place && entry.l2.in(edge)) {
      drop_copies_under(entry, edge);
      entry.l2.end(edge);
    }
  }
  (tlb1 ? tlb1_words_ : tlb0_words_)[place] = words;
  if ((words.mas1 & kValid) != 0) {
    const bool indirect = tlb1 && (words.mas1 & kIndirect) != 0 &&
                          parameters_.hardware_walker == mmu::HardwareWalker::E6500;
    entries_.emplace_back(tlb1, place, words, indirect);
    entries_.back().l2.begin(edge);
  }
}

void EntryList::drop_copies_under(const ListedEntry& victim, std::uint64_t edge) {
  if (parameters_.backinv_match == mmu::BackinvMatch::None || victim.indirect) {
    return;
  }
  const bool full = parameters_.backinv_match == mmu::BackinvMatch::Full;
  for (ListedEntry& entry : entries_) {
    const bool same_page =
        ((entry.epn ^ victim.epn) & victim.page_mask) == 0 && entry.ts == victim.ts;
    const bool same_owner = entry.tid == victim.tid && entry.tlpid == victim.tlpid &&
                            entry.tgs == victim.tgs && entry.offset == victim.offset;
    if (same_page && (same_owner || !full)) {
      entry.l1[0].end(edge);
      entry.l1[1].end(edge);
    }
  }
}

void EntryList::invalidate(const Doomed& doomed, std::uint64_t edge) {
  for (ListedEntry& entry : entries_) {
    if (entry.matches(doomed)) {
      entry.l1[0].end(edge);
      entry.l1[1].end(edge);
      if (!entry.iprot) {
        entry.l2.end(edge);
      }
    }
  }
}

void EntryList::flush_l1(bool non_global_only, std::uint64_t edge) {
  for (ListedEntry& entry : entries_) {
    if (entry.tid != 0 || !non_global_only) {
      entry.l1[0].end(edge);
      entry.l1[1].end(edge);
    }
  }
}

void EntryList::begin_copy(bool tlb1, unsigned place, unsigned port, std::uint64_t edge) {
  for (ListedEntry& entry : entries_) {
    if (entry.tlb1 == tlb1 && entry.place == place && entry.l2.in(edge)) {
      entry.l1.at(port).begin(edge);
    }
  }
}

bool EntryList::valid(bool tlb1, unsigned place, std::uint64_t cycle) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const ListedEntry& entry) {
    return entry.tlb1 == tlb1 && entry.place == place && entry.l2.in(cycle);
  });
}

EntryWords EntryList::words(bool tlb1, unsigned place, std::uint64_t cycle) const {
  EntryWords words = (tlb1 ? tlb1_words_ : tlb0_words_)[place];
  if (!valid(tlb1, place, cycle)) {
    words.mas1 &= ~kValid;
  }
  return words;
}

const std::vector<ListedEntry*>& EntryList::matches(const SearchContext& context,
                                                    std::uint64_t cycle) {
  found_.clear();
  for (ListedEntry& entry : entries_) {
    if (entry.matches(context) && entry.l2.in(cycle)) {
      found_.push_back(&entry);
    }
  }
  std::sort(found_.begin(), found_.end(), [](const ListedEntry* a, const ListedEntry* b) {
    return a->tlb1 != b->tlb1 ? b->tlb1 : a->place < b->place;
  });
  return found_;
}

const std::vector<ListedEntry*>& EntryList::copies(const SearchContext& context, unsigned port,
                                                   std::uint64_t cycle) {
  found_.clear();
  for (ListedEntry& entry : entries_) {
    if (entry.matches(context) && entry.l1.at(port).in(cycle)) {
      found_.push_back(&entry);
    }
  }
  return found_;
}

void EntryList::forget(std::uint64_t edge) {
  const auto gone = [&](const Presence& presence) { return presence.last < edge; };
  entries_.erase(std::remove_if(entries_.begin(), entries_.end(),
                                [&](const ListedEntry& entry) {
                                  return gone(entry.l2) && gone(entry.l1[0]) && gone(entry.l1[1]);
                                }),
                 entries_.end());
}

}  // namespace tessera::lockstep
