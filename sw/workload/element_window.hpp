#pragma once

#include <cstdint>

#include "sw/workload/lru_slots.hpp"
#include "sw/workload/workload.hpp"

namespace tessera::workload {

/// A window of elements, and a program that has an element shown before it goes there: in place of
/// the element used longest ago. At first the window shows the file's beginning.
class ElementWindow {
 public:
  /// An element has 1 page or more, and the window holds at least one. With `remapped` false no
  /// element is ever replaced, and one is looked for where it would fall.
  ElementWindow(PageCount window_pages, PageCount element_pages, PageCount file_pages,
                bool remapped);

  /// The first page of the window that shows `element`; if none does, `iteration` gets the mapping
  /// call that makes it so.
  PageCount show(Iteration& iteration, std::uint64_t element);

  /// What show() changes (decision 13).
  void state(Archive& archive);

 private:
  PageCount element_pages_;
  std::uint32_t slot_count_;
  std::uint64_t shown_;  // elements that the window shows if nothing is remapped
  bool remapped_;
  LruSlots slots_;
};

}  // namespace tessera::workload
