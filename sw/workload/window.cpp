#include "sw/workload/window.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "model/types/user_error.hpp"

namespace tessera::workload {
namespace {

// A choice: looking a block up in the buffer directory, and working on a page of it, cost a
// database more than dbwin's loop; these are of the order of that loop (docs/counters.md).
constexpr Compute kLookUp{100};
constexpr Compute kPage{20};

constexpr std::uint32_t kWordsInPage = 1024;

[[noreturn]] void refuse(const std::string& text) { throw UserError(text); }

WindowParameters completed(WindowParameters p, const BlockStream& stream) {
  const PageCount block(stream.block_bytes.value() >> kPageShift);
  if (p.element_pages.value() == 0) {
    p.element_pages = block;
  }
  if (p.element_pages.value() % block.value() != 0) {
    refuse(fmt::format("element_pages is {}: must be a multiple of a block of {}, {} pages",
                       p.element_pages.value(), stream.name, block.value()));
  }
  if (p.window_pages < p.element_pages) {
    refuse(fmt::format("window_pages is {}: the window must hold an element of {} pages",
                       p.window_pages.value(), p.element_pages.value()));
  }
  const PageCount needed = block * stream.blocks;
  if (p.file_pages.value() == 0) {
    p.file_pages = needed;
  }
  if (p.file_pages < needed) {
    const auto beyond =
        std::find_if(stream.accesses.begin(), stream.accesses.end(), [&](BlockAccess access) {
          return (access.block() + 1) * block.value() > p.file_pages.value();
        });
    if (beyond != stream.accesses.end()) {
      refuse(
          fmt::format("{}: access {} is to block {}, beyond a file of {} pages; file_pages "
                      "must be at least {}",
                      stream.name, beyond - stream.accesses.begin() + 1, beyond->block(),
                      p.file_pages.value(), needed.value()));
    }
  }
  return p;
}

}  // namespace

Window::Window(const WindowParameters& parameters, const BlockStream& stream)
    : stream_(stream),
      parameters_(completed(parameters, stream)),
      block_pages_(stream.block_bytes.value() >> kPageShift),
      accesses_(parameters.accesses == 0
                    ? stream.accesses.size()
                    : std::min<std::uint64_t>(parameters.accesses, stream.accesses.size())),
      slot_count_(static_cast<std::uint32_t>(parameters_.window_pages.value() /
                                             parameters_.element_pages.value())),
      slots_(slot_count_),
      random_(parameters.seed) {}

bool Window::next(Iteration& iteration) {
  if (done_ == iterations()) {
    return false;
  }
  const BlockAccess access = stream_.accesses[done_++ % accesses_];
  const PageOffset file_page = PageOffset(0) + block_pages_ * access.block();
  const std::uint64_t element = file_page.value() / parameters_.element_pages.value();
  const PageCount within(file_page.value() % parameters_.element_pages.value());

  iteration.operations.clear();
  iteration.counted = true;
  iteration.remaps = 0;
  iteration.operations.emplace_back(kLookUp);
  iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
  touch_block(iteration, place(iteration, element) + within, file_page, access.write());
  return true;
}

PageCount Window::place(Iteration& iteration, std::uint64_t element) {
  const PageCount size = parameters_.element_pages;
  if (!parameters_.remapped) {
    const std::uint64_t shown = std::min<std::uint64_t>(
        slot_count_, std::max<std::uint64_t>(1, parameters_.file_pages.value() / size.value()));
    return size * (element % shown);
  }
  const LruSlots::Use use = slots_.use(element);
  const PageCount window_page = size * use.slot;
  if (use.replaced) {
    iteration.remaps = 1;
    iteration.operations.emplace_back(
        MapElement{window_page, size, PageOffset(element * size.value())});
  }
  return window_page;
}

void Window::touch_block(Iteration& iteration, PageCount window_page, PageOffset file_page,
                         bool write) {
  for (PageCount page(0); page < block_pages_; page += PageCount(1)) {
    std::optional<PageOffset> expected;
    if (parameters_.remapped) {
      expected = file_page + page;
    }
    // Word 0 holds the page's number and is never written; words 1.. are the database's.
    const Bytes word{4 * (1 + std::uint64_t{random_.below(kWordsInPage - 1)})};
    iteration.operations.emplace_back(kPage);
    iteration.operations.emplace_back(TouchPage{window_page + page, word, write, expected});
    iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
  }
}

}  // namespace tessera::workload
