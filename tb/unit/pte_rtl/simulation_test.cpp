#include "sw/pte_rtl/simulation.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "model/pte/shipped.hpp"
#include "tb/unit/pte_rtl/decoders.hpp"

namespace tessera::pte_rtl {

namespace {

constexpr std::uint64_t kSeed = 20261121;

/// A format's name as part of a test's, which has letters, digits and underlines only.
std::string test_name(const ::testing::TestParamInfo<std::string>& tested) {
  std::string name = tested.param;
  const auto is_mark = [](char letter) { return letter == '-' || letter == '.'; };
  std::replace_if(name.begin(), name.end(), is_mark, '_');
  return name;
}

/// A decoder of fsl32, built once for all tests of a process.
const VerilatedDecoder& fsl32_decoder() {
  use_ccache();
  static const Decoder decoder = our_decoder("fsl32");
  static const Staged staged(decoder);
  static const VerilatedDecoder built(decoder, staged.contract());
  return built;
}

bool never_stop(std::uint64_t /*done*/) { return true; }

class PteRtlShare : public ::testing::TestWithParam<std::string> {};

}  // namespace

TEST_P(PteRtlShare, OurDecoderAgreesInAMillionWords) {
  use_ccache();
  const pte::Layout layout = pte::shipped_layout(GetParam());
  const Decoder decoder = our_decoder(GetParam());
  const Staged staged(decoder);
  const VerilatedDecoder built(decoder, staged.contract());
  const WordSequence words(layout, 1'000'000, kSeed);
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  const Simulated result = simulate(layout, built, words, {2, 0, never_stop});
  EXPECT_FALSE(result.difference);
  EXPECT_EQ(result.done, words.size());
}

INSTANTIATE_TEST_SUITE_P(Formats, PteRtlShare, ::testing::ValuesIn(pte::shipped_names()),
                         test_name);

TEST(PteRtlSimulation, FindsTheFirstWordThatDiffersAndMakesItSmaller) {
  pte::Layout layout = pte::shipped_layout("fsl32");
  layout.tests.none_ignores = pte::Raw{1} << 31;
  const WordSequence words(layout, 1000, kSeed);
  const Simulated result = simulate(layout, fsl32_decoder(), words, {2, 0, never_stop});
  ASSERT_TRUE(result.difference);
  EXPECT_EQ(result.difference->word, pte::Raw{1} << 31);
  EXPECT_NE(at(result.difference->got, pte_lab::Output::Swap), 0U);
  EXPECT_NE(at(result.difference->expected, pte_lab::Output::None), 0U);
}

TEST(PteRtlSimulation, StopsWhenAskedAndGoesOnFromThere) {
  const pte::Layout layout = pte::shipped_layout("fsl32");
  const WordSequence words(layout, 4'000'000'000, kSeed);
  const Simulated stopped =
      simulate(layout, fsl32_decoder(), words, {2, 0, [](std::uint64_t) { return false; }});
  EXPECT_FALSE(stopped.difference);
  EXPECT_GT(stopped.done, 0U);
  EXPECT_LT(stopped.done, words.size());
  std::uint64_t told = 0;
  const auto stop_later = [&](std::uint64_t done) {
    told = done;
    return false;
  };
  const Simulated more = simulate(layout, fsl32_decoder(), words, {1, stopped.done, stop_later});
  EXPECT_GE(told, stopped.done);
  EXPECT_GT(more.done, stopped.done);
}

TEST(PteRtlSimulation, EndsWithTheLastWord) {
  const pte::Layout layout = pte::shipped_layout("fsl32");
  const WordSequence words(layout, 300'000, kSeed);
  const SimulationOptions last{3, words.size() - 1, never_stop};
  EXPECT_EQ(simulate(layout, fsl32_decoder(), words, last).done, words.size());
}

}  // namespace tessera::pte_rtl
