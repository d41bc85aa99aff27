#include "sw/machine/accounting/slot_sums.hpp"

#include <algorithm>

namespace tessera::machine {

SlotSums::SlotSums(EffectiveAddress window, PageCount pages, PageCount element)
    : first_page_(window.value() >> kPageShift),
      pages_(static_cast<std::uint32_t>(pages.value())),
      slot_pages_(static_cast<std::uint32_t>(std::max<std::uint64_t>(element.value(), 1))) {
  constexpr std::uint32_t kMostSlots = 4096;
  while ((pages_ - 1) / slot_pages_ >= kMostSlots) slot_pages_ *= 2;
  const std::size_t slots = (pages_ + slot_pages_ - 1) / slot_pages_;
  for (auto* series : {&accesses_, &cycles_, &refills_, &refills_after_flush_}) {
    series->resize(slots);
  }
}

}  // namespace tessera::machine
