#include "model/pte/layout_reader.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/bit_ranges.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"

namespace tessera::pte {

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// The text of a good format, fsl32, with one passage replaced.
std::string changed(const std::string& from, const std::string& to) {
  for (const ShippedFile& file : shipped_files()) {
    if (file.name != "fsl32") continue;
    std::string text(file.text);
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return text.replace(place, from.size(), to);
  }
  return "";
}

/// The line on which fsl32 has this passage.
unsigned line_of(const std::string& passage) {
  const std::string text = changed(passage, passage);
  const std::string before = text.substr(0, text.find(passage));
  return 1 + static_cast<unsigned>(std::count(before.begin(), before.end(), '\n'));
}

std::string complaint(const std::string& text) {
  try {
    read_layout(text, "new.toml");
  } catch (const UserError& error) {
    return error.what();
  }
  return "no complaint";
}

/// The changed passage's own line is named, what is wrong, and how to mend it.
void expect_complaint(const std::string& from, const std::string& to, const std::string& wrong,
                      const std::string& mend) {
  SCOPED_TRACE(to);
  const std::string words = complaint(changed(from, to));
  EXPECT_THAT(words, StartsWith("new.toml:" + std::to_string(line_of(from)) + ": "));
  EXPECT_THAT(words, HasSubstr(wrong));
  EXPECT_THAT(words, HasSubstr(mend));
  EXPECT_EQ(words.find('\n'), std::string::npos);
}

}  // namespace

TEST(LayoutReader, ReadsEveryShippedFormatUnderItsOwnName) {
  unsigned read = 0;
  for (const ShippedFile& file : shipped_files()) {
    EXPECT_EQ(shipped_layout(file.name).name, file.name);
    ++read;
  }
  EXPECT_GE(read, 21U);
}

TEST(LayoutReader, TakesFieldsInPiecesWithTheLowestBitsFirst) {
  const Layout layout = shipped_layout("i386-3.6");
  const Field& pgoff = layout.file->pgoff;
  ASSERT_EQ(pgoff.pieces.size(), 3U);
  EXPECT_EQ(pgoff.bits(), 29U);
  EXPECT_EQ(pgoff.pieces.front().low, 1U);
  EXPECT_EQ(pgoff.pieces.back().low, 9U);
  EXPECT_EQ(pgoff.mask(), 0xffff'febeU);
  EXPECT_EQ(range_text(pgoff.mask()), "31:9, 7, 5:1");
}

TEST(LayoutReader, NamesTheLineOfAFieldOutsideTheWord) {
  expect_complaint("rpn = \"31:12\"", "rpn = \"32:12\"", "'32:12' lies outside the word",
                   "highest bit is 31");
  expect_complaint("SPECIAL = \"11\"", "SPECIAL = \"40\"", "outside the word", "highest bit is 31");
  expect_complaint("SPECIAL = \"11\"", "SPECIAL = 0x100000000", "outside the word",
                   "highest bit is 31");
}

TEST(LayoutReader, NamesTheLineOfOverlappingFields) {
  expect_complaint("pgoff = \"31:3\"", "pgoff = \"31:1\"", "tests.file overlap in bit 1",
                   "move one of them");
  expect_complaint("pgoff = \"31:3\"", R"(pgoff = ["7:3", "31:7"])", "has bit 7 twice",
                   "each bit can hold one bit");
  expect_complaint("wimge = \"10:6\"", "wimge = \"12:8\"", "overlap in bit 12", "move one");
  expect_complaint("SPECIAL = \"11\"", "SPECIAL = \"10\"", "overlap in bit 10", "one name");
  expect_complaint("offset = \"31:8\"", "offset = \"31:7\"", "overlap in bit 7", "overlap = ");
}

TEST(LayoutReader, NamesTheLineOfALimitThatIsTooLarge) {
  expect_complaint("max_bits = 29", "max_bits = 30", "too large", "make it 29 or less");
  expect_complaint("max_bits = 29", "max_bits = 300", "from 1 to 64", "max_bits");
}

TEST(LayoutReader, SuggestsTheKeyOrTheBitThatWasMeant) {
  expect_complaint("max_bits = 29", "max_bit = 29", "[file] has no key 'max_bit'",
                   "did you mean 'max_bits'?");
  expect_complaint("vectors = ", "vector = ", "no key 'vector'", "did you mean 'vectors'?");
  expect_complaint("dirty = \"DIRTY\"", "dirty = \"DIRT\"", "[bits] has no 'DIRT'",
                   "did you mean 'DIRTY'?");
}

TEST(LayoutReader, AsksForATestForPresent) {
  EXPECT_THAT(complaint(changed("present = \"PRESENT\"\n", "")),
              HasSubstr("there is no test for present; add present = "));
  EXPECT_THAT(complaint(changed("sets = \"PRESENT\"", "sets = \"USER\"")),
              HasSubstr("present.sets has no bit of tests.present"));
  EXPECT_THAT(complaint("name = 'a'\ntitle = 'b'\nkernels = 'c'\nwidth = 32\n"),
              HasSubstr("new.toml:1: there is no test for present; add [tests]"));
}

TEST(LayoutReader, WantsRangesTheRightWayRound) {
  expect_complaint("rpn = \"31:12\"", "rpn = \"12:31\"", "runs upwards", "write \"31:12\"");
  expect_complaint("rpn = \"31:12\"", "rpn = \"3x:12\"", "no range of bits", "write \"11:8\"");
  expect_complaint("rpn = \"31:12\"", "rpn = 12", "range of bits in quotes", "31:12");
}

TEST(LayoutReader, WantsTheReasonOfAnOverlapAndNoOverlapWithoutNeed) {
  EXPECT_EQ(complaint(changed("pgoff = \"31:3\"", "overlap = \"as shipped\"\npgoff = \"31:1\"")),
            "no complaint");
  expect_complaint("pgoff = \"31:3\"", "overlap = \"\"\npgoff = \"31:1\"", "overlap must be a text",
                   "not empty");
  expect_complaint("pgoff = \"31:3\"", "overlap = \"why\"\npgoff = \"31:3\"", "nothing overlaps",
                   "take this line out");
}

TEST(LayoutReader, KnowsThePropertiesThatCanBeKnown) {
  expect_complaint("name = \"fsl32\"",
                   "known = [{property = \"file-limits\", reason = \"why\"}]\nname = \"fsl32\"",
                   "no property is called 'file-limits'", "did you mean 'file-limit'?");
}

TEST(LayoutReader, PassesOnWhereTheTomlItselfIsWrong) {
  expect_complaint("width = 32", "width = = 32", "", "");
}

}  // namespace tessera::pte
