#include "sw/workload/window.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"

namespace tessera::workload {
namespace {

using ::testing::HasSubstr;

/// What a round does to the window, in short: "map 2<-8" and "R8@2" (file page 8 at page 2).
std::string story_of(const Iteration& iteration) {
  std::string story;
  for (const Operation& operation : iteration.operations) {
    if (const auto* map = std::get_if<MapElement>(&operation)) {
      story += "map " + std::to_string(map->window_page.value()) + "<-" +
               std::to_string(map->file_page.value()) + " ";
    } else if (const auto* touch = std::get_if<TouchPage>(&operation)) {
      story += touch->write ? "W" : "R";
      story += touch->expected ? std::to_string(touch->expected->value()) : "?";
      story += "@" + std::to_string(touch->window_page.value()) + " ";
    }
  }
  return story;
}

std::vector<std::string> stories_of(const WindowParameters& parameters, const std::string& text) {
  const BlockStream stream = parse_block_stream(text, "s");
  Window window(parameters, stream);
  std::vector<std::string> stories;
  Iteration iteration;
  while (window.next(iteration)) {
    stories.push_back(story_of(iteration));
  }
  return stories;
}

WindowParameters two_slots() {
  WindowParameters parameters;
  parameters.window_pages = PageCount(4);
  return parameters;
}

constexpr const char* kStream = "# block_bytes=8192 blocks=8\nR 1\nW 5\nR 1\nR 0\n";

TEST(Window, ReplacesTheLeastRecentlyUsedElementOnlyWhenTheBlockIsNotShown) {
  EXPECT_THAT(stories_of(two_slots(), kStream),
              ::testing::ElementsAre("R2@2 R3@3 ", "map 0<-10 W10@0 W11@1 ", "R2@2 R3@3 ",
                                     "map 0<-0 R0@0 R1@1 "));
}

TEST(Window, ShowsSeveralBlocksInALargeElement) {
  WindowParameters parameters = two_slots();
  parameters.element_pages = PageCount(4);
  EXPECT_THAT(stories_of(parameters, kStream),
              ::testing::ElementsAre("R2@2 R3@3 ", "map 0<-8 W10@2 W11@3 ", "map 0<-0 R2@2 R3@3 ",
                                     "R0@0 R1@1 "));
}

TEST(Window, WithoutRemappingTouchesThePlacesAndExpectsNothing) {
  WindowParameters parameters = two_slots();
  parameters.remapped = false;
  EXPECT_THAT(stories_of(parameters, kStream),
              ::testing::ElementsAre("R?@2 R?@3 ", "W?@2 W?@3 ", "R?@2 R?@3 ", "R?@0 R?@1 "));
}

TEST(Window, TakesOnlyTheFirstAccesses) {
  WindowParameters parameters = two_slots();
  parameters.accesses = 2;
  EXPECT_EQ(stories_of(parameters, kStream).size(), 2U);
}

// Where the elements lie when a pass ends is where the next one finds them.
TEST(Window, PlaysTheStreamAgainAsManyTimesAsAsked) {
  WindowParameters parameters = two_slots();
  parameters.accesses = 2;
  parameters.passes = 2;
  EXPECT_THAT(
      stories_of(parameters, kStream),
      ::testing::ElementsAre("R2@2 R3@3 ", "map 0<-10 W10@0 W11@1 ", "R2@2 R3@3 ", "W10@0 W11@1 "));
}

TEST(Window, TouchesOtherWordsUnderAnotherSeed) {
  const BlockStream stream = parse_block_stream(kStream, "s");
  const auto first_offset = [&](std::uint64_t seed) {
    WindowParameters parameters = two_slots();
    parameters.seed = seed;
    Window window(parameters, stream);
    Iteration iteration;
    window.next(iteration);
    for (const Operation& operation : iteration.operations) {
      if (const auto* touch = std::get_if<TouchPage>(&operation)) {
        return touch->offset.value();
      }
    }
    return std::uint64_t{0};
  };
  EXPECT_EQ(first_offset(1), first_offset(1));
  EXPECT_NE(first_offset(1), first_offset(2));
}

std::string error_of(const WindowParameters& parameters) {
  const BlockStream stream = parse_block_stream(kStream, "s.blocks");
  try {
    const Window window(parameters, stream);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Window, RefusesSizesThatDoNotFit) {
  WindowParameters parameters = two_slots();
  parameters.element_pages = PageCount(3);
  EXPECT_THAT(error_of(parameters), HasSubstr("must be a multiple of a block"));
  parameters.element_pages = PageCount(8);
  EXPECT_THAT(error_of(parameters), HasSubstr("the window must hold an element"));
}

TEST(Window, NamesTheFirstAccessBeyondAFileMadeSmaller) {
  WindowParameters parameters = two_slots();
  parameters.file_pages = PageCount(8);
  EXPECT_THAT(error_of(parameters), HasSubstr("s.blocks: access 2 is to block 5, beyond a file"));
  parameters.file_pages = PageCount(12);
  EXPECT_EQ(error_of(parameters), "no error");
}

TEST(Window, MapsABlockByACallUnlessTold) {
  const BlockStream stream = parse_block_stream("# block_bytes=8192 blocks=8\nR 1\n", "s");
  WindowParameters p;
  EXPECT_EQ(Window(p, stream).element_pages(), PageCount(2));
  p.element_pages = PageCount(4);
  EXPECT_EQ(Window(p, stream).element_pages(), PageCount(4));
}

}  // namespace
}  // namespace tessera::workload
