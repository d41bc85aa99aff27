#include "sw/report/text_table.hpp"

#include <gtest/gtest.h>

namespace tessera::report {
namespace {

TEST(TextTable, AlignsTheFirstColumnLeftAndTheOthersRight) {
  TextTable table({"name", "long\nhead", "x"});
  table.add_row({"a", "1", "22"});
  table.add_row({"bcdef", "12345", "3"});
  EXPECT_EQ(table.text(),
            "        long\n"
            "name    head   x\n"
            "-----  -----  --\n"
            "a          1  22\n"
            "bcdef  12345   3\n");
}

TEST(TextTable, KeepsCellsWithoutText) {
  TextTable table({"where", "who"});
  table.add_row({"", "rfp"});
  EXPECT_EQ(table.markdown(), "| where | who |\n|---|---:|\n|  | rfp |\n");
}

TEST(TextTable, GroupsDigitsByThrees) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace tessera::report
