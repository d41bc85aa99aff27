#include <cstdio>
#include <cstdlib>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/layout_reader.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_lab/decode_text.hpp"
#include "sw/pte_lab/diagram.hpp"
#include "sw/pte_lab/exports.hpp"

namespace tessera::pte {

namespace {

constexpr unsigned kFiles = 20'000;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 0);
}

class Damage {
 public:
  explicit Damage(std::uint64_t seed) : random_(seed) {}

  /// A shipped file with one to three damages.
  std::string file() {
    std::vector<std::string> lines = lines_of(some_file());
    for (std::size_t count = 1 + below(3); count > 0; --count) {
      damage(lines);
    }
    std::string text;
    for (const std::string& line : lines) {
      text += line + "\n";
    }
    return text;
  }

  Raw word() { return random_(); }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  std::string_view some_file() { return shipped_files()[below(shipped_files().size())].text; }

  static std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
  }

  void damage(std::vector<std::string>& lines) {
    if (lines.empty()) return;
    const std::size_t place = below(lines.size());
    const auto at = lines.begin() + static_cast<std::ptrdiff_t>(place);
    switch (below(6)) {
      case 0:
        lines.erase(at);
        return;
      case 1:
        lines.insert(at, lines[below(lines.size())]);
        return;
      case 2:
        lines.insert(at, foreign_line());
        return;
      case 3:
        std::swap(lines[place], lines[below(lines.size())]);
        return;
      default:
        damage_bytes(lines[place]);
    }
  }

  std::string foreign_line() {
    const std::vector<std::string> lines = lines_of(some_file());
    return lines[below(lines.size())];
  }

  /// Digits and marks are the likely ones: they make files that are nearly right.
  void damage_bytes(std::string& line) {
    constexpr std::string_view kLikely = "0123456789:\"[]=,.x-{}";
    const std::size_t place = below(line.size() + 1);
    const char byte =
        below(8) == 0 ? static_cast<char>(below(256)) : kLikely[below(kLikely.size())];
    if (place == line.size()) {
      line += byte;
    } else if (below(3) == 0) {
      line.erase(place, 1);
    } else {
      line[place] = byte;
    }
  }

  std::mt19937_64 random_;
};

/// Whatever the reader lets through must be usable.
void use(const Layout& layout, Raw word) {
  const Raw entry = word & word_mask(layout);
  EXPECT_FALSE(pte_lab::decode_text(layout, entry).empty());
  EXPECT_FALSE(pte_lab::text_diagram(layout).empty());
  EXPECT_FALSE(pte_lab::svg_diagram(layout).empty());
  EXPECT_FALSE(pte_lab::c_header(layout).empty());
  EXPECT_FALSE(pte_lab::sv_package(layout).empty());
  EXPECT_FALSE(pte_lab::markdown(layout).empty());
}

}  // namespace

TEST(PteReaderFuzz, ReadsDamagedFilesOrRefusesThemWithTheirLine) {
  const std::uint64_t seed = from_environment("TESSERA_FUZZ_SEED", 20240711);
  const std::uint64_t files = from_environment("TESSERA_FUZZ_FILES", kFiles);
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  Damage damage(seed);
  unsigned read = 0;
  unsigned refused = 0;
  for (std::uint64_t i = 0; i < files; ++i) {
    const std::string text = damage.file();
    SCOPED_TRACE("seed " + std::to_string(seed) + " file " + std::to_string(i) + "\n" + text);
    try {
      use(read_layout(text, "damaged.toml"), damage.word());
      ++read;
    } catch (const UserError& error) {
      const std::string words = error.what();
      ASSERT_THAT(words, testing::ContainsRegex("^damaged\\.toml:[1-9][0-9]*: ."));
      ASSERT_EQ(words.find('\n'), std::string::npos) << words;
      ++refused;
    }
  }
  std::printf("%u read, %u refused\n", read, refused);
  EXPECT_GE(read, files / 20);
  EXPECT_GE(refused, files / 20);
}

}  // namespace tessera::pte
