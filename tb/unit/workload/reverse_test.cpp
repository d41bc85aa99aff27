#include "sw/workload/reverse.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tessera::workload {
namespace {

/// A machine without a kernel: what each page of the window shows, and what each page holds.
struct Shown {
  std::vector<std::uint64_t> file_page;
  std::vector<std::uint32_t> number;
  unsigned maps = 0;
  unsigned unmaps = 0;
  unsigned remaps = 0;
  unsigned reads = 0;

  void operator()(const Compute&) {}
  void operator()(const TouchOwn&) {}
  void operator()(const MapWindow&) {
    ++maps;
    file_page = {0, 1, 2, 3, 4};
    number.assign(5, 99);
  }
  void operator()(const UnmapWindow&) {
    ++unmaps;
    file_page.clear();
  }
  void operator()(const MapElement& element) {
    ++remaps;
    EXPECT_EQ(element.pages, PageCount(1));
    file_page.at(element.window_page.value()) = element.file_page.value();
  }
  void operator()(const TouchPage& touch) {
    const std::uint64_t page = file_page.at(touch.window_page.value());
    if (touch.write) {
      number.at(page) = touch.stores.value();
    } else {
      ++reads;
      EXPECT_EQ(number.at(page), 4 - touch.window_page.value());
      EXPECT_EQ(touch.expected, PageOffset(page));
    }
  }
};

}  // namespace

TEST(Reverse, ShowsEveryPageFromTheOtherEndInEveryPass) {
  Reverse reverse({.window_pages = PageCount(5), .passes = 2});
  Shown shown;
  Iteration iteration;
  std::uint64_t iterations = 0;
  std::uint64_t remaps = 0;
  while (reverse.next(iteration)) {
    ++iterations;
    remaps += iteration.remaps;
    for (const Operation& operation : iteration.operations) std::visit(shown, operation);
  }
  EXPECT_EQ(iterations, reverse.iterations());
  EXPECT_EQ(shown.maps, 2U);
  EXPECT_EQ(shown.unmaps, 2U);
  EXPECT_EQ(shown.remaps, 10U);
  EXPECT_EQ(remaps, 10U);
  EXPECT_EQ(shown.reads, 10U);
  EXPECT_EQ(reverse.file_kind(), FileKind::Hole);
}

TEST(Reverse, ExpectsNothingWhereNothingIsRemapped) {
  Reverse reverse({.window_pages = PageCount(1), .passes = 1, .remapped = false});
  Iteration iteration;
  while (reverse.next(iteration)) {
    for (const Operation& operation : iteration.operations) {
      const auto* touch = std::get_if<TouchPage>(&operation);
      EXPECT_FALSE(touch != nullptr && touch->expected);
    }
  }
}

}  // namespace tessera::workload
