#include "sw/workload/reverse.hpp"

#include <fmt/core.h>

#include "model/types/grouped.hpp"
#include "sw/workload/common_parameters.hpp"
#include "sw/workload/description.hpp"

namespace tessera::workload {
namespace {

// A choice: the loops of the published program are a handful of instructions a page.
constexpr Compute kLoop{5};

constexpr Bytes kNumber{0};  // where a page holds its number

Plan plan_reverse(const Values& values) {
  ReverseParameters p;
  p.window_pages = values.pages("window_pages");
  p.passes = values.number("passes");
  return {fmt::format("reverse: {} passes", grouped(p.passes)), [p](bool remapped) {
            ReverseParameters mine = p;
            mine.remapped = remapped;
            return std::make_unique<Reverse>(mine);
          }};
}

}  // namespace

Description describe_reverse() {
  return {"reverse",
          "The benchmark that the emulation of remap_file_pages was published with: fresh shared "
          "memory is\nwritten, remapped page by page so that it is seen backwards, read, and "
          "unmapped. Nothing merges, so\nwith mappings every page becomes a VMA "
          "(vm.max_map_count).",
          {{"passes", "how often all of it is done", std::uint64_t{1}, 1, 1U << 20},
           window_pages_parameter(4096)},
          "--window-pages 16384",
          plan_reverse};
}

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
