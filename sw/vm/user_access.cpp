#include "sw/vm/user_access.hpp"

#include <stdexcept>

#include "model/pte/entry.hpp"

namespace tessera::vm {

namespace {

// One fault brings the page, another one the right to write it; more mean that none helps.
constexpr unsigned kFaultsForOneAccess = 4;

constexpr std::uint64_t kWordBytes = 4;

bool is_user_page(const pte::Format& format, pte::Raw entry) {
  return pte::is_present(format, entry) && (entry & format.present.user) == format.present.user;
}

bool has_right(const pte::Format& format, pte::Raw entry, FaultAccess kind) {
  const pte::PresentForm& bits = format.present;
  if (kind == FaultAccess::Write) return pte::is_writable(format, entry);
  if (kind == FaultAccess::Fetch) {
    return (entry & bits.exec) == bits.exec && (entry & bits.no_exec) == 0;
  }
  return true;
}

// What the entry becomes if the access may go through; where software keeps ACCESSED and DIRTY,
// it must have them already.
pte::Raw used(const pte::Format& format, pte::Raw entry, FaultAccess kind) {
  return kind == FaultAccess::Write ? pte::with_dirty(format, entry)
                                    : pte::with_accessed(format, entry);
}

}  // namespace

bool UserCode::passes(EffectiveAddress address, FaultAccess kind) {
  const pte::Format& format = space_.format();
  const pte::Raw entry = space_.lookup(address);
  if (!is_user_page(format, entry) || !has_right(format, entry, kind)) return false;
  const pte::Raw after = used(format, entry, kind);
  if (after == entry) return true;
  if (!format.hardware_sets_accessed_and_dirty) return false;
  hardware_.store_word(low_word_of_entry(address), static_cast<std::uint32_t>(after));
  return true;
}

// The walk of a present page (linux-vm.md G); ACCESSED and DIRTY are in the entry's low word.
RealAddress UserCode::low_word_of_entry(EffectiveAddress address) const {
  const pte::Format& format = space_.format();
  const pte::Geometry& geometry = format.geometry;
  const Bytes pgd_index(std::uint64_t{address.value() >> geometry.pgd_shift} * kWordBytes);
  const std::uint32_t table = hardware_.peek_word(space_.pgd() + pgd_index);
  const std::uint32_t index = page_of(address).value() & ((1U << geometry.pte_index_bits) - 1);
  const RealAddress entries(table - space_.kernel().kernel_base.value());
  return entries + Bytes((std::uint64_t{index} + 1) * format.width_bytes - kWordBytes);
}

UserAccess UserCode::access(EffectiveAddress address, FaultAccess kind, std::uint32_t word) {
  const pte::Format& format = space_.format();
  for (unsigned faults = 0; faults < kFaultsForOneAccess; ++faults) {
    if (passes(address, kind)) {
      const FrameNumber frame = pte::frame_of(format, space_.lookup(address));
      const RealAddress ra = address_of(frame) + offset_in_page(address);
      if (kind == FaultAccess::Write) hardware_.store_word(ra, word);
      return {FaultResult::Resolved, hardware_.peek_word(ra)};
    }
    ++exceptions_;
    const FaultOutcome outcome = space_.handle_fault(address, kind);
    if (!outcome.resolved()) return {outcome.result, 0};
  }
  throw std::logic_error("user access: the same fault is resolved again and again");
}

}  // namespace tessera::vm
