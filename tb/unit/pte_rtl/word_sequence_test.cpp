#include "sw/pte_rtl/word_sequence.hpp"

#include <array>
#include <bit>
#include <set>

#include <gtest/gtest.h>

#include "model/pte/shipped.hpp"
#include "sw/pte_lab/words.hpp"

namespace tessera::pte_rtl {

TEST(PteRtlWords, AreAllThereAreOfANarrowFormat) {
  const WordSequence words(pte::shipped_layout("fsl32"), std::uint64_t{1} << 32, 1);
  EXPECT_TRUE(words.exhaustive());
  EXPECT_EQ(words.size(), std::uint64_t{1} << 32);
  EXPECT_EQ(words[0], 0U);
  EXPECT_EQ(words[0xffffffff], 0xffffffffU);
}

TEST(PteRtlWords, BeginWithEveryWordOfUpToThreeBitsAndItsComplement) {
  const WordSequence words(pte::shipped_layout("fsl64"), 0, 1);
  EXPECT_FALSE(words.exhaustive());
  std::set<pte::Raw> seen;
  for (std::uint64_t i = 0; i < words.size(); ++i) {
    EXPECT_TRUE(std::popcount(words[i]) <= 3 || std::popcount(words[i]) >= 61);
    seen.insert(words[i]);
  }
  EXPECT_EQ(seen.size(), 2 * (1 + 64 + 64 * 63 / 2 + 64 * 63 * 62 / 6));
  EXPECT_EQ(words.size(), seen.size());
}

TEST(PteRtlWords, StayWithinTheFormatAndFollowTheSeed) {
  const pte::Layout layout = pte::shipped_layout("i386-3.6");
  const WordSequence one(layout, 10'000, 1);
  const WordSequence again(layout, 10'000, 1);
  const WordSequence two(layout, 10'000, 2);
  unsigned equal = 0;
  for (std::uint64_t i = 0; i < one.size(); ++i) {
    ASSERT_LE(one[i], 0xffffffffU);
    ASSERT_EQ(one[i], again[i]);
    equal += one[i] == two[i] ? 1 : 0;
  }
  EXPECT_LT(equal, one.size() - 7000);
}

TEST(PteRtlWords, HaveEveryKindOfEntry) {
  const pte::Layout layout = pte::shipped_layout("fsl64");
  const WordSequence words(layout, 100'000, 1);
  std::array<unsigned, 4> count{};
  for (std::uint64_t i = words.size() - 100'000; i < words.size(); ++i) {
    ++count[static_cast<unsigned>(pte_lab::kind_of(layout, words[i]))];
  }
  for (const unsigned kind : count) {
    EXPECT_GT(kind, 5'000U);
  }
}

}  // namespace tessera::pte_rtl
