#include "model/pte/entry.hpp"
#include "sw/vm/huge_page.hpp"
#include "sw/vm/page_table.hpp"

/// Huge pages in the PGD: hugepd entries (e500mc-mmu.md 5.1).
namespace tessera::vm {

namespace {

constexpr std::uint32_t kPdHuge = 0x8000'0000;  // PD_HUGE: the address bit that a hugepd lacks
constexpr std::uint32_t kShiftMask = 0x3f;      // HUGEPD_SHIFT_MASK

}  // namespace

// Kernel addresses have the most significant bit set.
bool PageTable::is_hugepd(std::uint32_t pgd_word) { return pgd_word != 0 && pgd_word < kPdHuge; }

RealAddress PageTable::hugepte_of(std::uint32_t pgd_word) const {
  return RealAddress(((pgd_word & ~kShiftMask) | kPdHuge) - kernel_base_.value());
}

// __hugepte_alloc: one entry, to which the PGD entries of all the page's spans lead.
std::optional<RealAddress> PageTable::find_or_allocate_huge(VirtualPage page) {
  const std::uint32_t word = hardware_.load_word(pgd_entry(page));
  if (word != 0) return hugepte_of(word);
  const auto entry = hugeptes_.allocate();
  if (!entry) return std::nullopt;
  const auto address = static_cast<std::uint32_t>(entry->value() + kernel_base_.value());
  store_huge_spans(page, (address & ~kPdHuge) | kHugePageShift);
  return entry;
}

// hugetlb_free_pgd_range.
void PageTable::release_huge(VirtualPage page, std::uint32_t pgd_word) {
  store_huge_spans(page, 0);
  hugeptes_.release(hugepte_of(pgd_word));
}

void PageTable::store_huge_spans(VirtualPage page, std::uint32_t pgd_word) {
  const VirtualPage first = huge_floor(page);
  for (VirtualPage span = first; span < first + kHugePage; span = next_span(span)) {
    hardware_.store_word(pgd_entry(span), pgd_word);
  }
}

Bytes PageTable::page_size(VirtualPage page) const {
  return is_hugepd(hardware_.peek_word(pgd_entry(page))) ? Bytes(kHugePageBytes) : kPageBytes;
}

// The small page in the middle of a huge one, as if it had an entry of its own.
pte::Raw PageTable::peek_in_huge(std::uint32_t pgd_word, VirtualPage page) const {
  const pte::Raw entry = peek_entry(hugepte_of(pgd_word));
  if (!pte::is_present(format_, entry)) return entry;
  return entry + (offset_in_huge_page(page).value() << format_.present.rpn_shift);
}

}  // namespace tessera::vm
