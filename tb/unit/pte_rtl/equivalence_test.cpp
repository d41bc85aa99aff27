#include "sw/pte_rtl/equivalence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/shipped.hpp"
#include "tb/unit/pte_rtl/decoders.hpp"

namespace tessera::pte_rtl {

namespace {

using ::testing::HasSubstr;

/// A right decoder of fsl32's four kinds but for `swap`.
Decoder with_kinds(const TemporaryFolder& folder, const std::string& swap) {
  const std::string path = (folder.path() / "mine.sv").string();
  write_into(path, decoder_text("  assign present_o = pte_i[0];\n"
                                "  assign none_o = pte_i == '0;\n"
                                "  assign file_o = !present_o && pte_i[1];\n"
                                "  assign swap_o = " +
                                    swap + ";",
                                {"present_o", "none_o", "file_o", "swap_o"}));
  return {{path}, "mine", {}};
}

}  // namespace

TEST(PteRtlEquivalence, OurDecoderIsProvedForEveryShippedFormat) {
  unsigned proved = 0;
  for (const std::string& name : pte::shipped_names()) {
    const Equivalence result = proof_of(pte::shipped_layout(name), our_decoder(name));
    EXPECT_EQ(result.obstacle, "") << name;
    EXPECT_FALSE(result.difference) << name;
    proved += result.obstacle.empty() && !result.difference ? 1 : 0;
  }
  EXPECT_EQ(proved, pte::shipped_names().size());
  EXPECT_GE(proved, 21U);
}

TEST(PteRtlEquivalence, FindsTheSmallestWord) {
  const TemporaryFolder folder;
  const Equivalence result =
      proof_of(pte::shipped_layout("fsl32"), with_kinds(folder, "pte_i[1:0] == 0 && !none_o"));
  ASSERT_TRUE(result.difference);
  EXPECT_EQ(result.difference->word, 1U);  // SR: rights_o is 0
  EXPECT_EQ(result.difference->expected.back(), 1U);
  EXPECT_EQ(result.difference->got.back(), 0U);
}

TEST(PteRtlEquivalence, LooksAtAllBitsOfAWideWordAndAtNoOthersOfANarrowOne) {
  pte::Layout narrow = pte::shipped_layout("fsl32");
  narrow.loader.reset();
  narrow.present.rpn = {};
  narrow.present.wimge = {};
  narrow.file.reset();
  narrow.swap.reset();
  const TemporaryFolder folder;
  const Decoder decoder = with_kinds(folder, "pte_i[1:0] == 0 && !none_o && !pte_i[63]");
  EXPECT_FALSE(proof_of(narrow, decoder).difference);
  narrow.width = 64;
  const Equivalence wide = proof_of(narrow, decoder);
  ASSERT_TRUE(wide.difference);
  EXPECT_EQ(wide.difference->word, pte::Raw{1} << 63);
}

TEST(PteRtlEquivalence, SaysWhatYosysDoesNotRead) {
  const TemporaryFolder folder;
  const Decoder decoder = with_kinds(folder, "pte_i inside {[4:5]}");
  const Equivalence result = proof_of(pte::shipped_layout("fsl32"), decoder);
  EXPECT_THAT(result.obstacle, HasSubstr("mine.sv:"));
  EXPECT_THAT(result.obstacle, HasSubstr("ERROR"));
}

}  // namespace tessera::pte_rtl
