#include "sw/workload/window.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "model/types/grouped.hpp"
#include "model/types/user_error.hpp"
#include "sw/workload/common_parameters.hpp"
#include "sw/workload/description.hpp"

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

Plan plan_window(const Values& values) {
  const auto stream = values.stream("stream");
  WindowParameters p;
  p.window_pages = values.pages("window_pages");
  p.element_pages = values.pages("element_pages");
  p.file_pages = values.pages("file_pages");
  p.accesses = values.number("accesses");
  p.passes = values.number("passes");
  p.seed = values.number("seed");
  return {fmt::format("window: {}, {} blocks of {} KiB", stream->name, grouped(stream->blocks),
                      stream->block_bytes.value() / 1024),
          [p, stream](bool remapped) {
            WindowParameters mine = p;
            mine.remapped = remapped;
            return std::make_unique<Window>(mine, *stream);
          }};
}

}  // namespace

Description describe_window() {
  return {"window",
          "A database's buffer window, as in 2002: a file larger than the address space left for "
          "it is seen\nthrough a window of elements, by the block accesses of a real SQLite "
          "database or of a stream of\nyour own. The element used longest ago gives way.",
          {{"stream",
            fmt::format("block stream: a file, plain or zstd, or one that ships: {}",
                        fmt::join(stream_names(), ", ")),
            std::string("sqlite-tpcb-16k")},
           {"accesses", "first so many block accesses of the stream; 0: all", std::uint64_t{0}},
           {"passes", "how often the stream is played", std::uint64_t{1}, 1, 1U << 20},
           window_pages_parameter(4096),
           element_pages_parameter(0, "a block"),
           file_pages_parameter(0, "the stream's"),
           seed_parameter("the word touched in each page")},
          "--accesses 50000 --window-pages 2048",
          plan_window};
}

Window::Window(const WindowParameters& parameters, const BlockStream& stream)
    : stream_(stream),
      parameters_(completed(parameters, stream)),
      block_pages_(stream.block_bytes.value() >> kPageShift),
      accesses_(parameters.accesses == 0
                    ? stream.accesses.size()
                    : std::min<std::uint64_t>(parameters.accesses, stream.accesses.size())),
      elements_(parameters_.window_pages, parameters_.element_pages, parameters_.file_pages,
                parameters_.remapped),
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
  touch_block(iteration, elements_.show(iteration, element) + within, file_page, access.write());
  return true;
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
