#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "model/types/units.hpp"

namespace tessera::workload {

/// The program computes for this many instructions and touches no memory that matters.
struct Compute {
  std::uint64_t instructions = 0;
};

/// Pages of its own that a program keeps touching while it works (linux-vm.md L).
enum class OwnPage : std::uint8_t { Stack, Data };

/// The program stores to one of its own pages: a local variable, the state of its generator.
struct TouchOwn {
  OwnPage page = OwnPage::Stack;
};

/// The program asks that an element of the window show another part of the file. How it asks is
/// the mapping method's affair.
struct MapElement {
  PageCount window_page;  ///< first page of the element, from the start of the window
  PageCount pages;        ///< size of the element
  PageOffset file_page;   ///< first page of the file to show there
};

/// The program maps the file's beginning in place of the whole window, with one mmap.
struct MapWindow {};

/// The program unmaps the whole window, and the file loses its pages: shared memory goes with its
/// last mapping.
struct UnmapWindow {};

/// The program reads or writes one word of a window page.
struct TouchPage {
  PageCount window_page;  ///< from the start of the window
  Bytes offset;           ///< of the word in its page, 0..4092, a multiple of 4
  bool write = false;
  std::optional<PageOffset> expected;  ///< the file page that must be found there, if any must
  /// What a write stores; none: some number of its own.
  std::optional<std::uint32_t> stores{};
};

using Operation = std::variant<Compute, TouchOwn, MapElement, MapWindow, UnmapWindow, TouchPage>;

/// One round of a workload: what it does from one look at the clock to the next.
struct Iteration {
  std::vector<Operation> operations;
  bool counted = true;       ///< false for what a workload does before it starts to measure
  std::uint64_t remaps = 0;  ///< what the round adds to `remaps_done` once it is through
};

}  // namespace tessera::workload
