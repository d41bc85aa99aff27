#include "sw/vm/free_space.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace tessera::vm::test {

namespace {

constexpr std::uint32_t kPages = 400;  // the part of the space the drill below plays in

VirtualPage at(std::uint32_t page) { return VirtualPage(page); }

/// The same, one flag a page.
class PlainSpace {
 public:
  bool is_free(std::uint32_t start, std::uint32_t end) const {
    for (; start < end; ++start) {
      if (taken_[start]) return false;
    }
    return true;
  }
  bool is_taken(std::uint32_t start, std::uint32_t end) const {
    for (; start < end; ++start) {
      if (!taken_[start]) return false;
    }
    return true;
  }
  void set(std::uint32_t start, std::uint32_t end, bool taken) {
    for (; start < end; ++start) taken_[start] = taken;
  }
  std::uint32_t first_fit(std::uint32_t from, std::uint32_t pages) const {
    while (from < kPages && !is_free(from, std::min(from + pages, kPages))) ++from;
    return from;
  }

 private:
  std::vector<bool> taken_ = std::vector<bool>(kPages);
};

}  // namespace

TEST(FreeSpace, FindsTheLowestHoleThatIsLongEnough) {
  FreeSpace space;
  space.take(at(10), at(20));
  space.take(at(25), at(40));
  space.take(at(41), at(50));
  EXPECT_EQ(space.first_fit(at(10), PageCount(1)), at(20));
  EXPECT_EQ(space.first_fit(at(10), PageCount(6)), at(50));
  EXPECT_EQ(space.first_fit(at(22), PageCount(3)), at(22));
  EXPECT_EQ(space.first_fit(at(23), PageCount(3)), at(50));
  EXPECT_EQ(space.first_fit(at(0), PageCount(11)), at(50));
  EXPECT_FALSE(space.first_fit(at(0), PageCount(1U << 20U)));
}

TEST(FreeSpace, JoinsWhatIsGivenBackWithBothNeighbours) {
  FreeSpace space;
  space.take(at(10), at(40));
  space.give(at(10), at(20));
  space.give(at(30), at(40));
  EXPECT_FALSE(space.is_free(at(0), at(40)));
  space.give(at(20), at(30));
  EXPECT_TRUE(space.is_free(at(0), at(1U << 20U)));
}

TEST(FreeSpace, RefusesToTakePagesTwice) {
  FreeSpace space;
  space.take(at(10), at(20));
  EXPECT_THROW(space.take(at(19), at(21)), std::logic_error);
}

TEST(FreeSpace, SaysTheSameAsAFlagForEachPage) {
  std::mt19937 generator(7);
  const auto below = [&generator](std::uint32_t limit) {
    return static_cast<std::uint32_t>(generator() % limit);
  };
  FreeSpace space;
  PlainSpace plain;
  unsigned changes = 0;
  for (unsigned round = 0; round < 20'000; ++round) {
    const std::uint32_t start = below(kPages - 8);
    const std::uint32_t end = start + 1 + below(7);
    ASSERT_EQ(space.is_free(at(start), at(end)), plain.is_free(start, end));
    if (plain.is_free(start, end)) {
      space.take(at(start), at(end));
      plain.set(start, end, true);
      ++changes;
    } else if (plain.is_taken(start, end)) {
      space.give(at(start), at(end));
      plain.set(start, end, false);
      ++changes;
    }
    const std::uint32_t pages = 1 + below(20);
    ASSERT_EQ(space.first_fit(at(start), PageCount(pages)), at(plain.first_fit(start, pages)));
  }
  EXPECT_GT(changes, 5'000U);
}

}  // namespace tessera::vm::test
