#include "sw/workload/element_window.hpp"

#include <algorithm>

namespace tessera::workload {

ElementWindow::ElementWindow(PageCount window_pages, PageCount element_pages, PageCount file_pages,
                             bool remapped)
    : element_pages_(element_pages),
      slot_count_(static_cast<std::uint32_t>(window_pages.value() / element_pages.value())),
      shown_(std::min<std::uint64_t>(
          slot_count_, std::max<std::uint64_t>(1, file_pages.value() / element_pages.value()))),
      remapped_(remapped),
      slots_(slot_count_) {}

PageCount ElementWindow::show(Iteration& iteration, std::uint64_t element) {
  if (!remapped_) return element_pages_ * (element % shown_);
  const LruSlots::Use use = slots_.use(element);
  const PageCount window_page = element_pages_ * use.slot;
  if (use.replaced) {
    iteration.remaps = 1;
    iteration.operations.emplace_back(
        MapElement{window_page, element_pages_, PageOffset(element * element_pages_.value())});
  }
  return window_page;
}

}  // namespace tessera::workload
