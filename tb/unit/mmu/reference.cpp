#include "tb/unit/mmu/reference.hpp"

#include <algorithm>

namespace tessera::mmu {

Reference::Reference(const Parameters& parameters) : parameters_(parameters) {
  for (std::uint32_t set = 0; set < parameters.tlb0_sets; ++set) {
    for (std::uint32_t way = 0; way < parameters.tlb0_ways; ++way) {
      entries_.push_back({.set = set, .slot = way});
    }
  }
  for (std::uint32_t i = 0; i < parameters.tlb1_entries; ++i) {
    entries_.push_back({.tlb1 = true, .slot = i});
  }
  if (parameters.boot_entry) {
    write({0x10000000, 0xC0000100, 0xFFFFF008, 0xFFFFF015, 0, 0});
  }
}

void Reference::set(Spr spr, std::uint32_t value) {
  const bool ehv = parameters_.has_ehv;
  if (spr == Spr::Pid0) pid_[0] = value;
  if (spr == Spr::Pid1 && parameters_.npids == 3) pid_[1] = value;
  if (spr == Spr::Pid2 && parameters_.npids == 3) pid_[2] = value;
  if (spr == Spr::Lpidr && ehv) lpidr_ = value;
  if (spr == Spr::Mas5 && ehv) mas5_ = value;
  if (spr == Spr::Mas6) mas6_ = value;
  const std::uint32_t hypervisor_bits = 0x20FF0000;
  if (!ehv) value &= ~hypervisor_bits;
  if (spr == Spr::Eplc) eplc_ = value;
  if (spr == Spr::Epsc) epsc_ = value;
}

Reference::Entry Reference::entry_of(const MasWords& mas) const {
  Entry e;
  e.tlb1 = ((mas.mas0 >> 28) & 3) == 1;
  e.slot = (mas.mas0 >> 16) & 0xFFF;
  if (!e.tlb1) e.set = (mas.mas2 >> 12) & 127;
  e.valid = (mas.mas1 >> 31) != 0;
  e.iprot = e.tlb1 && ((mas.mas1 >> 30) & 1) != 0;
  e.tid = (mas.mas1 >> 16) & 0x3FFF;
  e.ts = ((mas.mas1 >> 12) & 1) != 0;
  if (e.tlb1) e.bytes = std::uint64_t{1024} << (2 * ((mas.mas1 >> 8) & 15));
  e.epn = mas.mas2 & 0xFFFFF000;
  e.wimge = mas.mas2 & 31;
  e.rpn = (std::uint64_t{mas.mas7} << 32) | (mas.mas3 & 0xFFFFF000);
  e.permissions = mas.mas3 & 63;
  e.tgs = (mas.mas8 >> 31) != 0;
  e.vf = ((mas.mas8 >> 30) & 1) != 0;
  e.tlpid = mas.mas8 & 63;
  return e;
}

Reference::Entry& Reference::at(bool tlb1, std::uint32_t set, std::uint32_t slot) {
  return *std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) {
    return e.tlb1 == tlb1 && e.set == set && e.slot == slot;
  });
}

void Reference::write(const MasWords& mas) {
  const Entry entry = entry_of(mas);
  at(entry.tlb1, entry.set, entry.slot) = entry;
}

Reference::Context Reference::context_of(const Access& access) const {
  Context context{access.as, access.pr, access.gs && parameters_.has_ehv, lpidr_, {}};
  if (access.external_pid) {
    const std::uint32_t word = access.kind == AccessKind::Store ? epsc_ : eplc_;
    context.pr = (word >> 31) != 0;
    context.as = ((word >> 30) & 1) != 0;
    context.gs = ((word >> 29) & 1) != 0;
    context.lpid = (word >> 16) & 63;
    context.pids = {word & 255};
  } else if (parameters_.npids == 3) {
    context.pids = {pid_[0], pid_[1], pid_[2]};
  } else {
    context.pids = {pid_[0]};
  }
  return context;
}

bool Reference::covers(const Entry& entry, std::uint32_t ea) {
  return ea >= entry.epn && ea - entry.epn < entry.bytes;
}

bool Reference::matches(const Entry& entry, std::uint32_t ea, const Context& context) {
  if (!entry.valid) return false;
  if (!covers(entry, ea)) return false;
  if (entry.ts != context.as) return false;
  if (entry.tgs != context.gs) return false;
  if (entry.tlpid != 0 && entry.tlpid != context.lpid) return false;
  if (entry.tid == 0) return true;
  return std::find(context.pids.begin(), context.pids.end(), entry.tid) != context.pids.end();
}

Expectation Reference::translate(const Access& access) const {
  const Context context = context_of(access);
  const std::uint32_t ea = access.ea.value();
  const bool fetch = access.kind == AccessKind::Fetch;
  Expectation result;
  const Entry* hit = nullptr;
  for (const Entry& entry : entries_) {
    if (!matches(entry, ea, context)) continue;
    if (hit != nullptr) result.ambiguous = true;
    hit = &entry;
  }
  if (hit == nullptr) {
    result.outcome = fetch ? Outcome::InstructionTlbError : Outcome::DataTlbError;
    return result;
  }
  std::uint32_t needed = context.pr ? 0x02 : 0x01;
  if (access.kind == AccessKind::Store) needed = context.pr ? 0x08 : 0x04;
  if (fetch) needed = context.pr ? 0x20 : 0x10;
  if ((hit->permissions & needed) == 0 || (hit->vf && !fetch)) {
    result.outcome = fetch ? Outcome::InstructionStorage : Outcome::DataStorage;
  }
  result.ra = hit->rpn + (ea - hit->epn);
  result.wimge = static_cast<std::uint8_t>(hit->wimge);
  return result;
}

Target Reference::target(std::uint32_t dice) const {
  std::vector<const Entry*> valid;
  for (const Entry& e : entries_) {
    if (e.valid) valid.push_back(&e);
  }
  if (valid.empty()) return {};
  const Entry& e = *valid[dice % valid.size()];
  const auto ea = static_cast<std::uint32_t>(e.epn + (dice >> 8) % e.bytes);
  return {true, ea, e.tid, e.tlpid, e.ts, e.tgs};
}

void Reference::tlbilx(unsigned t, std::uint32_t ea) {
  const std::uint32_t slpid = mas5_ & 63;
  const bool sgs = (mas5_ >> 31) != 0;
  const std::uint32_t spid = (mas6_ >> 16) & 0x3FFF;
  for (Entry& e : entries_) {
    if (e.iprot || e.tlpid != slpid) continue;
    const bool any_tid = t == 0 || (t == 3 && parameters_.tlbilx_tid0_wildcard && e.tid == 0);
    if (!any_tid && e.tid != spid) continue;
    if (t == 3 && (e.tgs != sgs || !covers(e, ea))) continue;
    e.valid = false;
  }
}

void Reference::tlbivax(std::uint32_t operand) {
  for (Entry& e : entries_) {
    if (e.iprot || e.tlb1 != ((operand & 8) != 0)) continue;
    if ((operand & 4) != 0 || covers(e, operand & 0xFFFFF000)) e.valid = false;
  }
}

void Reference::flash(std::uint32_t arrays) {
  for (Entry& e : entries_) {
    if (!e.iprot && (arrays & (e.tlb1 ? 2U : 4U)) != 0) e.valid = false;
  }
}

bool Reference::would_overlap(const MasWords& mas) const {
  const Entry n = entry_of(mas);
  return n.valid && std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) {
           const bool itself = e.tlb1 == n.tlb1 && e.set == n.set && e.slot == n.slot;
           return e.valid && !itself && e.ts == n.ts && e.tgs == n.tgs &&
                  (e.tid == 0 || n.tid == 0 || e.tid == n.tid) &&
                  (e.tlpid == 0 || n.tlpid == 0 || e.tlpid == n.tlpid) && e.epn < n.epn + n.bytes &&
                  n.epn < e.epn + e.bytes;
         });
}

bool Reference::same_entries(const std::vector<TlbEntry>& entries) const {
  auto actual = entries.begin();
  for (const Entry& e : entries_) {
    if (!e.valid) continue;
    if (actual == entries.end()) return false;
    const bool same = (actual->array == TlbArray::Tlb1) == e.tlb1 && actual->set == e.set &&
                      actual->slot == e.slot && actual->ea().value() == e.epn &&
                      actual->ra().value() == e.rpn && actual->size().value() == e.bytes &&
                      actual->tid().value() == e.tid && actual->tlpid().value() == e.tlpid;
    if (!same) return false;
    ++actual;
  }
  return actual == entries.end();
}

}  // namespace tessera::mmu
