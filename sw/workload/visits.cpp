#include "sw/workload/visits.hpp"

#include <optional>

#include <fmt/core.h>

#include "model/types/grouped.hpp"
#include "sw/workload/common_parameters.hpp"

namespace tessera::workload {
namespace {

// As the window's (window.cpp): looking an element up, and working on one of its pages.
constexpr Compute kFindElement{100};
constexpr Compute kWorkOnPage{20};

constexpr std::uint32_t kWordsOfPage = 1024;
constexpr std::uint32_t kPercent = 100;

}  // namespace

std::vector<Parameter> with_visit_parameters(std::vector<Parameter> own) {
  const VisitParameters initial;
  own.insert(own.end(), {{"visits", "visits of an element", initial.visits, 1},
                         {"touches", "accesses of a visit, to the element's pages in turn",
                          initial.touches, 1, 1U << 20},
                         {"write_percent", "share of the visits that write, in percent",
                          initial.write_percent, 0, kPercent},
                         window_pages_parameter(initial.window_pages.value()),
                         element_pages_parameter(initial.element_pages.value()),
                         file_pages_parameter(initial.file_pages.value()),
                         seed_parameter("elements, writes, the word touched in each page")});
  return own;
}

VisitParameters visit_parameters_of(const Values& values) {
  VisitParameters p;
  p.window_pages = values.pages("window_pages");
  p.element_pages = values.pages("element_pages");
  p.file_pages = values.pages("file_pages");
  p.visits = values.number("visits");
  p.touches = values.number("touches");
  p.write_percent = values.number("write_percent");
  p.seed = values.number("seed");
  check_element(p.element_pages, p.window_pages, p.file_pages);
  return p;
}

std::string visits_title(const std::string& name, const VisitParameters& parameters,
                         const std::string& more) {
  return fmt::format("{}: {} visits of {} elements of {} KiB{}", name, grouped(parameters.visits),
                     grouped(parameters.elements()),
                     grouped(bytes_of(parameters.element_pages).value() / 1024), more);
}

Visitor::Visitor(const VisitParameters& parameters)
    : parameters_(parameters),
      window_(parameters.window_pages, parameters.element_pages, parameters.file_pages,
              parameters.remapped) {}

void Visitor::visit(Iteration& iteration, std::uint64_t element, Random& random) {
  iteration.operations.clear();
  iteration.counted = true;
  iteration.remaps = 0;
  iteration.operations.emplace_back(kFindElement);
  iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
  const PageCount window_page = window_.show(iteration, element);
  const std::uint64_t size = parameters_.element_pages.value();
  const bool write = random.below(kPercent) < parameters_.write_percent;
  for (std::uint64_t i = 0; i < parameters_.touches; ++i) {
    const PageCount page(i % size);
    std::optional<PageOffset> expected;
    if (parameters_.remapped) expected = PageOffset(element * size) + page;
    // Word 0 holds the page's number and is never written.
    const Bytes word{4 * (1 + std::uint64_t{random.below(kWordsOfPage - 1)})};
    iteration.operations.emplace_back(kWorkOnPage);
    iteration.operations.emplace_back(TouchPage{window_page + page, word, write, expected});
    iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
  }
}

}  // namespace tessera::workload
