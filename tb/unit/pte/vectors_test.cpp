#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/pte/entry.hpp"

namespace tessera::pte {

namespace {

struct Vector {
  std::string format;
  unsigned width = 0;
  Raw none_mask = 0;
  Raw file_bits = 0;
  unsigned max_bits = 0;
  std::uint64_t pgoff = 0;
  Raw raw = 0;
  std::uint64_t decoded = 0;
  bool none = false;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

std::uint64_t number(const std::string& text) { return std::stoull(text, nullptr, 0); }

std::vector<Vector> read_vectors() {
  std::ifstream file(TESSERA_PTE_VECTORS);
  std::vector<Vector> vectors;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto c = cells_of(line);
    vectors.push_back({c.at(0), static_cast<unsigned>(number(c.at(1))), number(c.at(2)),
                       number(c.at(3)), static_cast<unsigned>(number(c.at(4))), number(c.at(5)),
                       number(c.at(6)), number(c.at(7)), number(c.at(8)) != 0});
  }
  return vectors;
}

}  // namespace

TEST(PteVectors, AgreeWithEncodeDecodeAndNone) {
  unsigned checked = 0;
  for (const Vector& v : read_vectors()) {
    SCOPED_TRACE(v.format + " pgoff " + std::to_string(v.pgoff));
    const Format* format = find_format(v.width);
    ASSERT_NE(format, nullptr);
    EXPECT_EQ(pgoff_to_pte(*format, PageOffset(v.pgoff)), v.raw);
    EXPECT_EQ(pte_to_pgoff(*format, v.raw), PageOffset(v.decoded));
    EXPECT_EQ(is_none(*format, v.raw), v.none);
    EXPECT_TRUE(is_file(*format, v.raw));
    EXPECT_FALSE(is_present(*format, v.raw));
    EXPECT_EQ(format->none_mask, v.none_mask);
    EXPECT_EQ(format->file.bits, v.file_bits);
    EXPECT_EQ(format->file.max_bits, v.max_bits);
    ++checked;
  }
  EXPECT_GE(checked, 24U);
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
