#include "sw/pte_rtl/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/pte_rtl/lint.hpp"
#include "tb/unit/pte_rtl/decoders.hpp"

namespace tessera::pte_rtl {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

}  // namespace

TEST(PteRtlContract, GivesTextsAndNumbersToParameters) {
  const Decoder decoder{{"d.sv"}, "mine", {"FORMAT=44x-2.6.11", "WIDTH=32", "MASK=64'hff"}};
  EXPECT_THAT(contract_text(decoder),
              HasSubstr("mine #(.FORMAT(\"44x-2.6.11\"), .WIDTH(32), .MASK(64'hff)) u_decoder ("));
  EXPECT_THAT(contract_text({{"d.sv"}, "mine", {}}), HasSubstr("  mine u_decoder ("));
  EXPECT_THROW(contract_text({{"d.sv"}, "mine", {"=3"}}), UserError);
  EXPECT_THROW(contract_text({{"d.sv"}, "mine", {"A=\"b"}}), UserError);
}

TEST(PteRtlContract, FindsTheModuleAndTheFoldersOfTheOthers) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "d.sv").string();
  write_into(path, "// module mine\nmodule mined; endmodule\n  module mine (\n");
  EXPECT_EQ(place_of({{path}, "mine", {}}), path + ":3");
  EXPECT_THROW(place_of({{path}, "min", {}}), UserError);
  EXPECT_THROW(place_of({{path}, "mine; endmodule", {}}), UserError);
  EXPECT_THROW(place_of({{folder.path().string()}, "mine", {}}), UserError);
  EXPECT_THAT(folders_of({{path, "a.sv", "b.sv"}, "mine", {}}),
              ElementsAre(".", folder.path().string()));
}

TEST(PteRtlContract, AComplaintHasTheUsersPlace) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "mine.sv").string();
  const auto refusal = [&](const std::string& text) -> std::string {
    write_into(path, text);
    const Decoder decoder{{path}, "mine", {}};
    const Staged staged(decoder);
    try {
      lint(decoder, staged.contract());
    } catch (const UserError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal(decoder_text("", {})), "");
  EXPECT_THAT(refusal(decoder_text("", {"rpn_o"})), HasSubstr("not driven: 'rpn_o'"));
  EXPECT_THAT(refusal(decoder_text("  assign rpn_o = pte_i;", {"rpn_o"})),
              StartsWith(path + ":23: "));
  EXPECT_THAT(refusal("module mine (input logic [63:0] pte_i);\nendmodule\n"),
              StartsWith(path + ":1: module mine has not the ports of docs/pte-decoder-port.md"));
}

}  // namespace tessera::pte_rtl
