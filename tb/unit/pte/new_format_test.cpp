// A newcomer's format, formats/sv32.toml: right as it stands, and told in words what is wrong with
// it after a mistake that people have made before.

#include <algorithm>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/layout_reader.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_lab/check.hpp"

namespace tessera::pte_lab {

namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// The format, with one text in place of another.
std::string sv32_text(const std::string& from = "", const std::string& to = "") {
  std::ifstream file(TESSERA_NEW_FORMAT);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

std::vector<Finding> refutations_of(const std::string& text) {
  Solver solver;
  std::vector<Finding> findings = check(pte::read_layout(text, "sv32.toml"), solver);
  std::erase_if(findings, [](const Finding& f) { return f.verdict != Verdict::Refuted; });
  return findings;
}

std::string refusal_of(const std::string& text) {
  try {
    pte::read_layout(text, "sv32.toml");
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(NewFormat, HoldsAsItStands) { EXPECT_TRUE(refutations_of(sv32_text()).empty()); }

// The two software bits are nobody's in a present entry, so the none mask seems free to ignore
// them: the mistake of fsl64-2.6.24.
TEST(NewFormat, ANoneMaskThatHidesSwapEntriesIsToldAsAStory) {
  const auto found = refutations_of(sv32_text("hardware = \"V\"", "none_ignores = \"RSW\""));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().property, "swap-is-swap");
  EXPECT_THAT(found.front().story,
              ElementsAre("swap type 0, offset 2 (0x2)", "raw PTE 0x00000100",
                          "the kernel takes it for none: nothing here",
                          "a touch maps a zero page: what was swapped out is lost"));
}

TEST(NewFormat, MistakesOfTheFirstMinutesAreRefusedWithWhatToDo) {
  EXPECT_THAT(refusal_of(sv32_text("RSW = \"9:8\"", "RSW = \"9:8\"\nFILE = \"1\"")),
              AllOf(StartsWith("sv32.toml:19: FILE and R overlap in bit 1"),
                    HasSubstr("a bit has one name")));
  EXPECT_THAT(refusal_of(sv32_text("offset_bits = 32\n")),
              HasSubstr("file.offset_bits is missing; add offset_bits ="));
  EXPECT_THAT(refusal_of(sv32_text("pgoff = \"31:2\"", "pgoff = \"31:1\"")),
              HasSubstr("overlap in bit 1"));
}

}  // namespace tessera::pte_lab
