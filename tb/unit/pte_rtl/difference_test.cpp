#include "sw/pte_rtl/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/shipped.hpp"

namespace tessera::pte_rtl {

namespace {

using pte_lab::Output;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A decoder that says of a word what the format does, but for one output.
Difference but_for(const pte::Layout& layout, pte::Raw word, Output output, pte::Raw value) {
  Difference difference{word, pte_lab::decoded(layout, word), pte_lab::decoded(layout, word)};
  difference.got[static_cast<std::size_t>(output)] = value;
  return difference;
}

/// A decoder that says another word's things.
Difference mistaken(const pte::Layout& layout, pte::Raw word, pte::Raw other) {
  return {word, pte_lab::decoded(layout, word), pte_lab::decoded(layout, other)};
}

std::string end_of(const pte::Layout& layout, const Difference& difference) {
  return story_of(layout, difference).back();
}

}  // namespace

TEST(PteRtlStory, GoesFromTheWordToThePage) {
  const pte::Layout layout = pte::shipped_layout("fsl32");
  EXPECT_THAT(
      story_of(layout, but_for(layout, 0xa, Output::Pgoff, 3)),
      ElementsAre("word 0x0000000a", "pgoff_o is 0x3, expected 0x1",
                  "the format takes it for a file PTE of page 1; the decoder for a file PTE",
                  "a touch would map the file's page 3 (0x3) instead of 1 (0x1)"));
}

TEST(PteRtlStory, SaysWhatComesOfAWrongField) {
  const pte::Layout layout = pte::shipped_layout("fsl32");
  const auto told = [&](pte::Raw word, Output output, pte::Raw value) {
    return end_of(layout, but_for(layout, word, output, value));
  };
  EXPECT_THAT(told(0x5001, Output::Rpn, 4), HasSubstr("frame 4 (0x4) instead of 5 (0x5)"));
  EXPECT_THAT(told(0x100, Output::SwapType, 1), HasSubstr("swap space 1 (0x1) instead of 0"));
  EXPECT_THAT(told(0x100, Output::SwapOffset, 2), HasSubstr("page 2 (0x2) instead of 1"));
  EXPECT_THAT(told(0x101, Output::Wimge, 0), HasSubstr("WIMGE 0 (0x0) instead of 4"));
  EXPECT_THAT(told(0x7, Output::Rights, 0xf), HasSubstr("grant SW UW"));
  EXPECT_THAT(told(0x3, Output::Rights, 0x1), HasSubstr("withhold UR"));
}

TEST(PteRtlStory, SaysWhatComesOfAWrongKind) {
  const pte::Layout layout = pte::shipped_layout("fsl32");
  const pte::Raw present = 0x5001;
  const pte::Raw file = 0xa;
  const pte::Raw swap = 0x100;
  const auto told = [&](pte::Raw word, pte::Raw other) {
    return end_of(layout, mistaken(layout, word, other));
  };
  EXPECT_THAT(told(file, present), HasSubstr("frame 0x5 would be mapped"));
  EXPECT_THAT(told(present, file), HasSubstr("frame 0x5 is mapped, but"));
  EXPECT_THAT(told(0, swap), HasSubstr("never seen before"));
  EXPECT_THAT(told(swap, file), HasSubstr("page 1 of the file would come"));
  EXPECT_THAT(told(swap, 0), HasSubstr("swapped out would be lost"));
  EXPECT_THAT(told(file, 0), HasSubstr("page 1 of the file belongs here would be forgotten"));
  EXPECT_THAT(end_of(layout, but_for(layout, 0, Output::Swap, 1)), HasSubstr("cannot tell"));
}

}  // namespace tessera::pte_rtl
