#include "tb/unit/pte/vectors.hpp"

#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "model/pte/entry.hpp"
#include "model/pte/shipped.hpp"
#include "sw/pte_lab/semantics.hpp"

namespace tessera::pte {

namespace {

constexpr unsigned kRows = 235;
constexpr unsigned kRowsOfMachines = 24;

void expect_declared(const Layout& layout, const Vector& v) {
  EXPECT_EQ(layout.width, v.width);
  EXPECT_EQ(layout.tests.none_ignores, v.none_mask);
  EXPECT_EQ(layout.tests.file, v.file_bits);
  EXPECT_EQ(layout.file->max_bits, v.max_bits);
}

void expect_row(const Layout& layout, const Vector& v) {
  EXPECT_EQ(pte_lab::file_word(layout, v.pgoff), v.raw);
  EXPECT_EQ(pte_lab::offset_of(layout, v.raw), v.decoded);
  EXPECT_EQ(pte_lab::is_none(layout, v.raw), v.none);
  EXPECT_TRUE(pte_lab::is_file(layout, v.raw));
  EXPECT_FALSE(pte_lab::is_present(layout, v.raw));
  expect_declared(layout, v);
}

void expect_row(const Format& format, const Vector& v) {
  EXPECT_EQ(pgoff_to_pte(format, PageOffset(v.pgoff)), v.raw);
  EXPECT_EQ(pte_to_pgoff(format, v.raw), PageOffset(v.decoded));
  EXPECT_EQ(is_none(format, v.raw), v.none);
  EXPECT_TRUE(is_file(format, v.raw));
  EXPECT_FALSE(is_present(format, v.raw));
  EXPECT_EQ(format.none_mask, v.none_mask);
  EXPECT_EQ(format.file.bits, v.file_bits);
  EXPECT_EQ(format.file.max_bits, v.max_bits);
}

}  // namespace

TEST(PteVectors, EveryRowAgreesWithItsFormatsFile) {
  const std::vector<Layout> layouts = shipped_layouts();
  unsigned checked = 0;
  for (const Vector& v : read_vectors()) {
    SCOPED_TRACE(v.format + " pgoff " + std::to_string(v.pgoff));
    const auto layout = std::find_if(layouts.begin(), layouts.end(), [&](const Layout& candidate) {
      return candidate.vectors == v.format;
    });
    ASSERT_NE(layout, layouts.end());
    expect_row(*layout, v);
    ++checked;
  }
  std::printf("%u rows\n", checked);
  EXPECT_EQ(checked, kRows);
}

TEST(PteVectors, TheRowsOfTheMachinesFormatsAgreeWithTheHotPathToo) {
  unsigned checked = 0;
  for (const Vector& v : read_vectors()) {
    for (const char* name : {"fsl32", "fsl64"}) {
      if (shipped_layout(name).vectors != v.format) continue;
      SCOPED_TRACE(v.format + " pgoff " + std::to_string(v.pgoff));
      expect_row(*find_format(name), v);
      ++checked;
    }
  }
  EXPECT_EQ(checked, kRowsOfMachines);
}

TEST(PteVectors, EveryRepresentableBitSurvivesARoundTrip) {
  for (const unsigned width : {32U, 64U}) {
    const Format& format = *find_format(width);
    for (unsigned bit = 0; bit < format.file.max_bits; ++bit) {
      for (const std::uint64_t pgoff : {(1ULL << bit) - 1, 1ULL << bit}) {
        const Raw entry = pgoff_to_pte(format, PageOffset(pgoff));
        EXPECT_EQ(pte_to_pgoff(format, entry), PageOffset(pgoff));
        EXPECT_FALSE(is_none(format, entry));
      }
    }
  }
}

}  // namespace tessera::pte
