#include "model/pte/format_of.hpp"

#include <cstdio>
#include <random>

#include <gtest/gtest.h>

#include "model/pte/entry.hpp"
#include "model/pte/loader.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_lab/semantics.hpp"

namespace tessera::pte {

namespace {

constexpr unsigned kComparedWords = 50'000;
constexpr std::uint64_t kComparisonSeed = 20240607;

/// The hot path and the laboratory say the same of one word.
void expect_same(const Format& format, const Layout& layout, Raw word) {
  ASSERT_EQ(is_present(format, word), pte_lab::is_present(layout, word));
  ASSERT_EQ(is_none(format, word), pte_lab::is_none(layout, word));
  ASSERT_EQ(is_file(format, word), pte_lab::is_file(layout, word));
  ASSERT_EQ(pte_to_pgoff(format, word).value(), pte_lab::offset_of(layout, word));
  ASSERT_EQ(pgoff_to_pte(format, PageOffset(word)), pte_lab::file_word(layout, word));
  ASSERT_EQ(frame_of(format, word).value(), pte_lab::gather(layout.present.rpn, word));
  ASSERT_EQ(cleared(format, word), pte_lab::emptied(layout, word));
}

/// And so do the loaders.
void expect_same_load(const Format& format, const Layout& layout, Raw word) {
  const TlbFields fields = load(format, word);
  const std::uint64_t rpn = std::uint64_t{fields.mas7} << 20U | fields.mas3 >> 12U;
  ASSERT_EQ(rpn, pte_lab::loaded_rpn(layout, word));
  ASSERT_EQ(fields.mas2_wimge, pte_lab::gather(layout.loader->mas2_wimge, word));
  for (unsigned bit = 0; bit < kMas3Permissions; ++bit) {
    ASSERT_EQ((fields.mas3 >> bit & 1U) != 0,
              pte_lab::grants(layout, word, static_cast<Mas3Permission>(bit)));
  }
}

}  // namespace

TEST(FormatOf, TheHotPathAndTheLaboratoryAgreeOnRandomWords) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(kComparisonSeed));
  std::mt19937_64 random(kComparisonSeed);
  unsigned checked = 0;
  for (const char* name : {"fsl32", "fsl64"}) {
    const Layout layout = shipped_layout(name);
    for (unsigned i = 0; i < kComparedWords; ++i) {
      // Half of them with few bits, as real entries have.
      Raw word = random() & word_mask(layout);
      if (i % 2 != 0) {
        word &= random();
        word &= random();
      }
      SCOPED_TRACE(std::string(name) + " seed " + std::to_string(kComparisonSeed) + " word " +
                   std::to_string(word));
      expect_same(*find_format(name), layout, word);
      expect_same_load(*find_format(name), layout, word);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 2 * kComparedWords);
}

TEST(FormatOf, RefusesWhatTheSimulatorCannotRunOn) {
  EXPECT_EQ(machine_obstacle(shipped_layout("fsl64")), "");
  EXPECT_EQ(machine_obstacle(shipped_layout("arm-3.6")), "it has no [geometry]");
  EXPECT_EQ(vm_obstacle(shipped_layout("wrhv")), "");
  EXPECT_EQ(machine_obstacle(shipped_layout("wrhv")), "it has no [loader]");
  EXPECT_THROW(format_of(shipped_layout("arm-3.6")), UserError);

  Layout layout = shipped_layout("fsl64");
  layout.loader->mas2_wimge.pieces.front().low -= 1;
  EXPECT_EQ(machine_obstacle(layout), "its loader takes other bits than its kernel sets");
  layout = shipped_layout("fsl32");
  layout.file->pgoff.pieces = {{3, 4}, {8, 24}};
  EXPECT_EQ(machine_obstacle(layout), "its offsets are scattered");
  layout = shipped_layout("fsl64");
  layout.present.rpn.pieces.front().bits -= 4;
  EXPECT_EQ(machine_obstacle(layout), "its RPN does not end at the top of the word");
}

}  // namespace tessera::pte
