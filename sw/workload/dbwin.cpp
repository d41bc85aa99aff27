#include "sw/workload/dbwin.hpp"

#include <fmt/core.h>

#include "model/types/grouped.hpp"
#include "sw/workload/common_parameters.hpp"
#include "sw/workload/description.hpp"

namespace tessera::workload {
namespace {

// User instructions of the PowerPC binary, from the insn_user column of the golden rows: rows of
// 1, 4 and 16 pages an element give 73 a round and 11 a page; 16 random reads add 29 each. The
// loads and stores that are operations of their own count among them.
constexpr Compute kRound{73 - 1};
constexpr Compute kTouchPage{11 - 2};
constexpr Compute kRandomPage{29 - 3};

constexpr std::uint64_t kTouchNone = 0;
constexpr std::uint64_t kTouchWrite = 2;
constexpr std::uint64_t kTouchRandom = 3;
constexpr Bytes kReadWord{0};
constexpr Bytes kWrittenWord{4};

Plan plan_dbwin(const Values& values) {
  DbwinParameters p;
  p.window_pages = values.pages("window_pages");
  // 0 stands for the benchmark's own.
  if (values.number("element_pages") != 0) p.element_pages = values.pages("element_pages");
  if (values.number("file_pages") != 0) p.file_pages = values.pages("file_pages");
  p.remaps = values.number("remaps");
  p.touch = values.number("touch");
  p.seed = values.number("seed");
  return {fmt::format("dbwin: {} rounds, touch {}", grouped(p.remaps), p.touch),
          [p](bool remapped) {
            DbwinParameters mine = p;
            mine.remapped = remapped;
            return std::make_unique<Dbwin>(mine);
          }};
}

}  // namespace

Description describe_dbwin() {
  return {"dbwin",
          "The microbenchmark that real kernels were recorded with: a random element of the window "
          "gets a\nrandom element of the file, and is touched. Same generator, same seeds: its "
          "counters can be\ncompared with the recorded rows.",
          {{"remaps", "rounds, one mapping call each", std::uint64_t{20000}, 1},
           {"touch",
            "0 touches nothing, 1 reads each page, 2 writes each, n > 2 reads each and n random "
            "ones",
            std::uint64_t{1}, 0, 1U << 20},
           window_pages_parameter(4096),
           element_pages_parameter(0, "1"),
           file_pages_parameter(0, "16384"),
           seed_parameter("elements, and pages touched")},
          "--remaps 5000 --touch 16",
          plan_dbwin};
}

Dbwin::Dbwin(const DbwinParameters& parameters)
    : parameters_(parameters),
      random_(parameters.seed),
      pre_touched_(parameters.touch < kTouchRandom) {
  check_element(parameters.element_pages, parameters.window_pages, parameters.file_pages);
}

bool Dbwin::next(Iteration& iteration) {
  iteration.operations.clear();
  if (!pre_touched_) {
    pre_touched_ = true;
    pre_touch(iteration);
    return true;
  }
  if (done_ == parameters_.remaps) {
    return false;
  }
  const PageCount element = parameters_.element_pages;
  const auto draw = [&](PageCount range) {
    const auto elements = static_cast<std::uint32_t>(range.value() / element.value());
    return element * random_.below(elements);
  };
  const PageCount window_page = draw(parameters_.window_pages);
  const PageOffset file_page = PageOffset(0) + draw(parameters_.file_pages);

  iteration.counted = true;
  iteration.remaps = 1;
  iteration.operations.emplace_back(kRound);
  iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
  iteration.operations.emplace_back(MapElement{window_page, element, file_page});
  touch_element(iteration, window_page, file_page);
  touch_at_random(iteration);
  ++done_;
  return true;
}

void Dbwin::pre_touch(Iteration& iteration) const {
  iteration.counted = false;
  iteration.remaps = 0;
  for (PageCount page(0); page < parameters_.window_pages; page += PageCount(1)) {
    iteration.operations.emplace_back(TouchPage{page, kReadWord, false, std::nullopt});
  }
}

void Dbwin::touch_element(Iteration& iteration, PageCount window_page, PageOffset file_page) const {
  if (parameters_.touch == kTouchNone) {
    // The call's own frame: 6.1's row of W=131072 has two DTLB errors for each flush.
    iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
    return;
  }
  const bool write = parameters_.touch == kTouchWrite;
  for (PageCount page(0); page < parameters_.element_pages; page += PageCount(1)) {
    std::optional<PageOffset> expected;
    if (parameters_.remapped) {
      expected = file_page + page;
    }
    iteration.operations.emplace_back(kTouchPage);
    iteration.operations.emplace_back(
        TouchPage{window_page + page, write ? kWrittenWord : kReadWord, write, expected});
    iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
  }
}

void Dbwin::touch_at_random(Iteration& iteration) {
  if (parameters_.touch < kTouchRandom) {
    return;
  }
  for (std::uint64_t k = 0; k < parameters_.touch; ++k) {
    const auto window = static_cast<std::uint32_t>(parameters_.window_pages.value());
    iteration.operations.emplace_back(kRandomPage);
    iteration.operations.emplace_back(TouchOwn{OwnPage::Data});
    iteration.operations.emplace_back(
        TouchPage{PageCount(random_.below(window)), kReadWord, false, std::nullopt});
    iteration.operations.emplace_back(TouchOwn{OwnPage::Stack});
  }
}

}  // namespace tessera::workload
