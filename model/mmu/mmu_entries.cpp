#include "model/mmu/mas.hpp"
#include "model/mmu/mmu.hpp"

namespace tessera::mmu {

namespace {

constexpr std::uint32_t kTlb0 = 0;
constexpr std::uint32_t kTlb1 = 1;
constexpr std::uint32_t kSizeCode4K = 1;

/// ESEL counts modulo the ways or entries there are. Division is slow, and hardly ever needed.
std::uint16_t wrapped(std::uint32_t esel, std::uint32_t count) {
  return static_cast<std::uint16_t>(esel < count ? esel : esel % count);
}

}  // namespace

std::uint64_t Mmu::offset_mask_of(std::uint32_t mas1_word) const {
  const unsigned doublings =
      parameters_.tsize_bits == 5 ? mas1::kTsize5.of(mas1_word) : 2 * mas1::kTsize.of(mas1_word);
  return (std::uint64_t{1024} << doublings) - 1;
}

/// TSIZE of a TLB1 entry; half steps are no page sizes. An entry with V=0 may hold anything.
bool Mmu::size_is_legal() const {
  if (mas1::kValid.of(mas(1)) == 0) return true;
  const bool half_step = parameters_.tsize_bits == 5 && (mas1::kTsize5.of(mas(1)) & 1) != 0;
  if (is_indirect(mas(1))) return mas1::kTsize5.of(mas(1)) == kIndirectDoublings;
  const std::uint32_t code = mas1::kTsize.of(mas(1));
  return !half_step && code >= parameters_.tlb1_min_size_code &&
         code <= parameters_.tlb1_max_size_code;
}

std::uint32_t Mmu::as_direct_4k(std::uint32_t mas1_word) const {
  return mas1::kTsize5.put(mas1_word & ~indirect_bit_, kSizeCode4K << 1);
}

/// The entry that tlbwe would write (e500mc-mmu.md 3.5), at the place MAS0 and MAS2 select.
TlbEntry Mmu::entry_from_mas(TlbArray array) const {
  TlbEntry entry;
  entry.array = array;
  entry.mas1 = mas(1);
  const std::uint32_t esel = mas0::kEsel.of(mas(0));
  if (array == TlbArray::Tlb0) {
    entry.set = static_cast<std::uint16_t>(tlb0_.set_of(EffectiveAddress(mas(2))));
    entry.slot = wrapped(esel, parameters_.tlb0_ways);
    entry.mas1 = mas1::kIprot.put(as_direct_4k(entry.mas1), 0);
  } else {
    entry.slot = wrapped(esel, parameters_.tlb1_entries);
    if (!size_is_legal()) entry.mas1 = as_direct_4k(entry.mas1);
    entry.indirect = is_indirect(entry.mas1);
  }
  const auto page_bits = static_cast<std::uint32_t>(~offset_mask_of(entry.mas1));
  entry.mas2 = mas(2) & ((mas2::kEpn.mask & page_bits) | mas2::kAttributes.mask);
  entry.mas3 = mas(3);
  if (parameters_.reserved_bits == ReservedBits::ReadZero && !entry.indirect) {
    entry.mas3 &= page_bits | ~mas3::kRpn.mask;
  }
  entry.mas7 = mas(7);
  entry.mas8 = mas(8);
  return entry;
}

bool Mmu::tlbwe_is_legal() const {
  const std::uint32_t tlbsel = mas0::kTlbsel.of(mas(0));
  const bool size_matters = parameters_.tlbwe_bad_tsize == BadTsize::Illegal;
  return tlbsel == kTlb0 || (tlbsel == kTlb1 && (!size_matters || size_is_legal()));
}

TlbEntry Mmu::selected_entry() const {
  return entry_from_mas(mas0::kTlbsel.of(mas(0)) == kTlb0 ? TlbArray::Tlb0 : TlbArray::Tlb1);
}

Trap Mmu::tlbwe() {
  if (!tlbwe_is_legal()) return Trap::IllegalInstruction;
  const TlbEntry entry = selected_entry();
  if (entry.array == TlbArray::Tlb0) {
    back_invalidate(tlb0_.array().word(entry.set * tlb0_.ways() + entry.slot));
    tlb0_.write(entry);
    next_victim_.load(entry.set, mas0::kNv.of(mas(0)));
    ++counters_.tlb0_writes;
  } else {
    back_invalidate(tlb1_.array().word(entry.slot));
    tlb1_.write(entry);
    ++counters_.tlb1_writes;
  }
  return Trap::None;
}

void Mmu::tlbre() {
  ++counters_.tlbre;
  const std::uint32_t tlbsel = mas0::kTlbsel.of(mas(0));
  if (tlbsel > kTlb1) {  // reachable with ReservedBits::Retain only, and then as in QEMU
    mas(1) = 0;
    return;
  }
  const TlbEntry place = entry_from_mas(tlbsel == kTlb0 ? TlbArray::Tlb0 : TlbArray::Tlb1);
  const TlbEntry& entry = place.array == TlbArray::Tlb0
                              ? tlb0_.array().entry(place.set * tlb0_.ways() + place.slot)
                              : tlb1_.array().entry(place.slot);
  load_entry(entry);
  if (parameters_.tlbre_mas0 == TlbreMas0::Rewrite) {
    mas(0) = mas0::kTlbsel.at(tlbsel) | mas0::kEsel.at(entry.slot);
  }
  load_nv(entry);
}

/// Direct entries alone or, with MAS6[SIND], indirect ones alone (docs/walkers.md W3).
L2Match Mmu::tlbsx_match(EffectiveAddress ea) const {
  const bool as = mas6::kSas.of(mas(6)) != 0;
  const std::uint64_t spid = mas6::kSpid.of(mas(6));
  const std::uint64_t key =
      key_of(ea, as, mas5::kSgs.of(mas(5)) != 0) | searched_lpid() | (spid << match::kPidShift);
  const bool indirect = indirect_bit_ != 0 && mas6::kSind.of(mas(6)) != 0;
  const MatchKeys keys = MatchKeys::single(key);
  return indirect ? lookup_indirect(keys) : lookup_l2(ea, keys);
}

Trap Mmu::tlbsx(EffectiveAddress ea) {
  const L2Match match = tlbsx_match(ea);
  if (match.multiple) return Trap::MachineCheck;
  ++counters_.tlbsx;
  if (!match.found && !match.indirect) {
    const bool as = mas6::kSas.of(mas(6)) != 0;
    const std::uint32_t spid = mas6::kSpid.of(mas(6));
    load_miss_defaults(ea, spid, as, false);
    if (parameters_.tlbsx_miss_epn == TlbsxMissEpn::Zero) mas(2) = mas2::kEpn.put(mas(2), 0);
    return Trap::None;
  }
  const TlbEntry& entry = l2(match.array).entry(match.index);
  load_entry(entry);
  const std::uint32_t tlbsel = match.array == TlbArray::Tlb0 ? kTlb0 : kTlb1;
  mas(0) = mas0::kTlbsel.put(mas0::kEsel.put(mas(0), entry.slot), tlbsel);
  load_nv(entry);
  return Trap::None;
}

void Mmu::load_entry(const TlbEntry& entry) {
  mas(1) = entry.mas1;
  mas(2) = entry.mas2;
  mas(3) = entry.mas3;
  mas(7) = entry.mas7;
  mas(8) = entry.mas8;
}

/// MAS0[NV] after tlbre and a tlbsx hit: for a TLB1 entry it is undefined, we leave it.
void Mmu::load_nv(const TlbEntry& entry) {
  if (entry.array == TlbArray::Tlb0 || next_victim_.covers_tlb1()) {
    mas(0) = mas0::kNv.put(mas(0), next_victim_.value(entry.set));
  }
}

}  // namespace tessera::mmu
