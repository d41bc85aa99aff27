// The workloads that are more than an order of elements: what they map, step by step.

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "tb/unit/workload/told.hpp"

namespace tessera::workload {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string error_of(const std::string& name, const Choices& choices) {
  try {
    plan_for(name, choices);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

/// "W3+8=1": a write of window page 3 at byte 8, where page 1 of the file must be.
std::string text_of(const TouchPage& touch) {
  return (touch.write ? "W" : "R") + std::to_string(touch.window_page.value()) + "+" +
         std::to_string(touch.offset.value()) + "=" +
         (touch.expected ? std::to_string(touch.expected->value()) : "?");
}

std::vector<std::string> touches_of(const std::vector<Iteration>& rounds) {
  std::vector<std::string> texts;
  for (const TouchPage& touch : all_of<TouchPage>(rounds)) texts.push_back(text_of(touch));
  return texts;
}

// A ring of 2 pages, records of 6000 bytes: the first is at 0..5999, the second at 6000..11999,
// over the seam at 8192, the third begins at 12000 - 8192 = 3808.
TEST(Mirror, GoesStraightOnOverTheSeam) {
  const Plan plan = plan_for("mirror", {{"window_pages", whole(4)}, {"records", whole(3)}});
  const std::vector<Iteration> rounds = rounds_of(plan);
  const std::vector<MapElement> maps = all_of<MapElement>(rounds);
  ASSERT_EQ(maps.size(), 1U);
  EXPECT_EQ(maps[0].window_page, PageCount(2));
  EXPECT_EQ(maps[0].pages, PageCount(2));
  EXPECT_EQ(maps[0].file_page, PageOffset(0));
  EXPECT_THAT(touches_of(rounds),
              ElementsAre("W0+4=0", "W1+4=1", "R0+4=0", "R1+4=1",        //
                          "W1+1904=1", "W2+4=0", "R1+1904=1", "R2+4=0",  //
                          "W0+3808=0", "W1+4=1", "W2+4=0", "R0+3808=0", "R1+4=1", "R2+4=0"));
  EXPECT_THAT(touches_of(rounds_of(plan, false)),
              ElementsAre("W0+4=0", "W1+4=1", "R0+4=0", "R1+4=1",        //
                          "W1+1904=1", "W0+4=0", "R1+1904=1", "R0+4=0",  //
                          "W0+3808=0", "W1+4=1", "W0+4=0", "R0+3808=0", "R1+4=1", "R0+4=0"));
}

TEST(Mirror, RefusesRingsAndRecordsThatDoNotFit) {
  EXPECT_THAT(error_of("mirror", {{"window_pages", whole(5)}}), HasSubstr("must be even"));
  EXPECT_THAT(error_of("mirror", {{"record_bytes", whole(10)}}), HasSubstr("record_bytes is 10"));
  EXPECT_THAT(error_of("mirror", {{"window_pages", whole(2)}}), HasSubstr("record_bytes is 6000"));
  EXPECT_EQ(error_of("mirror", {{"window_pages", whole(2)}, {"record_bytes", whole(4096)}}),
            "no error");
}

TEST(Sparse, GivesAPageItsNumberOnceAndFindsItLater) {
  const Plan plan = plan_for("sparse", {{"visits", whole(300)},
                                        {"touches", whole(3)},
                                        {"element_pages", whole(4)},
                                        {"window_pages", whole(8)},
                                        {"file_pages", whole(64)}});
  EXPECT_EQ(plan.make(true)->file_kind(), FileKind::Hole);
  std::set<std::uint64_t> written;
  std::uint64_t found = 0;
  for (const TouchPage& touch : all_of<TouchPage>(rounds_of(plan))) {
    EXPECT_EQ(touch.offset, Bytes(0));
    if (touch.write) {
      EXPECT_FALSE(touch.expected.has_value());
      EXPECT_TRUE(written.insert(*touch.stores).second) << *touch.stores;
    } else {
      EXPECT_EQ(written.count(touch.expected.value().value()), 1U);
      ++found;
    }
  }
  EXPECT_EQ(written.size(), 64U);
  EXPECT_EQ(found, 300 * 3 - 64U);
}

TEST(Sparse, IsATerabyteWithoutBeingAsked) {
  const Plan plan = plan_for("sparse", {{"visits", whole(2000)}});
  EXPECT_EQ(bytes_of(plan.make(true)->file_pages()), Bytes(1ULL << 40));
  std::uint64_t highest = 0;
  for (const MapElement& map : all_of<MapElement>(rounds_of(plan))) {
    highest = std::max(highest, map.file_page.value());
  }
  EXPECT_GT(highest, (1ULL << 28) / 100 * 99);
  EXPECT_LT(highest, 1ULL << 28);
}

/// Plays a guest's operations on a table, as a kernel without any mistake would.
TEST(Guest, ShowsItsTasksPagesInBurstsAndSingleChanges) {
  const std::vector<Iteration> rounds =
      rounds_of(plan_for("guest", {{"guest_accesses", whole(3000)},
                                   {"tasks", whole(3)},
                                   {"task_pages", whole(20)},
                                   {"slice", whole(100)},
                                   {"window_pages", whole(64)},
                                   {"file_pages", whole(128)}}));
  ASSERT_EQ(rounds.size(), 3000U);
  std::vector<std::uint64_t> shown(64);
  for (std::uint64_t i = 0; i < 64; ++i) shown[i] = i;
  std::uint64_t bursts = 0;
  std::uint64_t changes = 0;
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const std::vector<MapElement> maps = all_of<MapElement>({rounds[i]});
    EXPECT_EQ(maps.size(), rounds[i].remaps);
    for (const MapElement& map : maps) {
      EXPECT_EQ(map.pages, PageCount(1));
      EXPECT_NE(shown[map.window_page.value()], map.file_page.value());
      shown[map.window_page.value()] = map.file_page.value();
    }
    if (i % 100 == 0) {
      ++bursts;
      EXPECT_LE(maps.size(), 21U);
    } else {
      EXPECT_LE(maps.size(), 1U);
      changes += maps.size();
    }
    const std::vector<TouchPage> touches = all_of<TouchPage>({rounds[i]});
    ASSERT_EQ(touches.size(), 1U);
    EXPECT_EQ(shown[touches[0].window_page.value()], touches[0].expected->value());
  }
  EXPECT_EQ(bursts, 30U);
  // 10 in a thousand of 2970, less those that change nothing.
  EXPECT_NEAR(static_cast<double>(changes), 29.7, 4 * 5.5);
}

// One task that uses the whole window, and never changes: the first burst is all there is.
TEST(Guest, RemapsNothingThatIsShown) {
  const std::vector<Iteration> rounds = rounds_of(plan_for("guest", {{"guest_accesses", whole(500)},
                                                                     {"tasks", whole(1)},
                                                                     {"task_pages", whole(64)},
                                                                     {"slice", whole(100)},
                                                                     {"change_permille", whole(0)},
                                                                     {"window_pages", whole(64)},
                                                                     {"file_pages", whole(4096)}}));
  const std::vector<MapElement> maps = all_of<MapElement>(rounds);
  std::set<std::uint64_t> addresses;
  for (const MapElement& map : maps) {
    EXPECT_TRUE(addresses.insert(map.window_page.value()).second);
  }
  EXPECT_EQ(rounds[0].remaps, maps.size());
  EXPECT_GE(maps.size(), 62U);  // a frame is the linear one with a chance of 1 in 4096
}

TEST(Guest, RefusesSizesThatDoNotFit) {
  EXPECT_THAT(error_of("guest", {{"file_pages", whole(100)}}), HasSubstr("the window shows 4096"));
  EXPECT_THAT(error_of("guest", {{"task_pages", whole(5000)}}), HasSubstr("addresses for 4096"));
}

}  // namespace
}  // namespace tessera::workload
