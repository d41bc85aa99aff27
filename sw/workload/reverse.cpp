#include "sw/workload/reverse.hpp"

namespace tessera::workload {
namespace {

// A choice: the loops of the published program are a handful of instructions a page.
constexpr Compute kLoop{5};

constexpr Bytes kNumber{0};  // where a page holds its number

}  // namespace

bool Reverse::next(Iteration& iteration) {
  if (step_ == iterations()) {
    return false;
  }
  iteration.operations.clear();
  iteration.counted = true;
  iteration.remaps = 0;
  const std::uint64_t pages = parameters_.window_pages.value();
  const std::uint64_t step = step_++ % steps_of_a_pass();
  if (step == 0) {
    iteration.operations.emplace_back(MapWindow{});
  } else if (step <= pages) {
    write(iteration, PageCount(step - 1));
  } else if (step <= 2 * pages) {
    remap(iteration, PageCount(step - 1 - pages));
  } else if (step <= 3 * pages) {
    read(iteration, PageCount(step - 1 - 2 * pages));
  } else {
    iteration.operations.emplace_back(UnmapWindow{});
  }
  return true;
}

PageCount Reverse::opposite(PageCount page) const {
  return parameters_.window_pages - PageCount(1) - page;
}

void Reverse::write(Iteration& iteration, PageCount page) const {
  iteration.operations.emplace_back(kLoop);
  iteration.operations.emplace_back(
      TouchPage{page, kNumber, true, std::nullopt, static_cast<std::uint32_t>(page.value())});
}

void Reverse::remap(Iteration& iteration, PageCount page) const {
  iteration.remaps = 1;
  iteration.operations.emplace_back(kLoop);
  iteration.operations.emplace_back(MapElement{page, PageCount(1), PageOffset(0) + opposite(page)});
}

void Reverse::read(Iteration& iteration, PageCount page) const {
  std::optional<PageOffset> expected;
  if (parameters_.remapped) {
    expected = PageOffset(0) + opposite(page);
  }
  iteration.operations.emplace_back(kLoop);
  iteration.operations.emplace_back(TouchPage{page, kNumber, false, expected});
}

}  // namespace tessera::workload
