// Errors of a single bit, put one at a time into the decoder's SystemVerilog and into a format's
// file: the proof of equality finds each.

#include <array>
#include <cstdio>
#include <filesystem>

#include <gtest/gtest.h>

#include "model/pte/layout_reader.hpp"
#include "model/pte/shipped.hpp"
#include "sw/pte_lab/words.hpp"
#include "tb/unit/pte_rtl/decoders.hpp"

namespace tessera::pte_rtl {

namespace {

struct Error {
  const char* where;  ///< a file of rtl/, or a format
  const char* format;
  const char* what;
  const char* from;
  const char* to;
};

constexpr std::array<Error, 12> kDecoderErrors{{
    {"pte_kind.sv", "fsl64-2.6.24", "none mask one bit short", "ffff_ffff_ffff_0000",
     "ffff_ffff_fffe_0000"},
    {"pte_kind.sv", "40x", "FILE counts as PRESENT", "\"40x\" ? 64'h2", "\"40x\" ? 64'h3"},
    {"pte_kind.sv", "wrhv", "UX is not looked at", "64'h22", "64'h2"},
    {"pte_kind.sv", "i386-3.6", "PROTNONE is not looked at", "64'h101", "64'h1"},
    {"pte_file_offset.sv", "i386-3.6", "the lone bit is PROTNONE's", "pte_i[7]", "pte_i[8]"},
    {"pte_file_offset.sv", "arm-3.6", "the offset lacks its lowest bit", "{35'd0, pte_i[31:3]}",
     "{36'd0, pte_i[31:4]}"},
    {"pte_file_offset.sv", "x86-64-3.6", "mask one bit long", "{30'd0, pte_i[45:12]}",
     "{29'd0, pte_i[46:12]}"},
    {"pte_swap_entry.sv", "8xx", "swap type one bit higher", "pte_i[7:3]", "pte_i[8:4]"},
    {"pte_frame.sv", "i386-pae", "RPN lacks its highest bit", "{20'd0, pte_i[43:12]}",
     "{21'd0, pte_i[42:12]}"},
    {"pte_frame.sv", "fsl64", "WIMGE one bit lower", "pte_i[23:19]", "pte_i[22:18]"},
    {"pte_rights.sv", "fsl64", "SW is not withheld", "~6'h0c", "~6'h08"},
    {"pte_rights.sv", "fsl32", "a clean page is writable", "pte_i[2] & dirty", "pte_i[2] | dirty"},
}};

constexpr std::array<Error, 10> kFormatErrors{{
    {"fsl64", "fsl64", "none mask one bit long", "none_ignores = \"63:32\"",
     "none_ignores = \"63:31\""},
    {"fsl32", "fsl32", "FILE is another bit", "file = \"USER\"", "file = \"RW\""},
    {"fsl32", "fsl32", "RPN lacks its lowest bit", "rpn = \"31:12\"", "rpn = \"31:13\""},
    {"i386-3.6", "i386-3.6", "swap offset lacks its lowest bit", "offset = \"31:9\"",
     "offset = \"31:10\""},
    {"hash64-64k", "hash64-64k", "RPN begins one bit higher", "rpn = \"63:30\"", "rpn = \"63:31\""},
    {"hash64-4k", "hash64-4k", "swap type one bit long", "\"23:18\"", "\"24:18\""},
    {"fsl64", "fsl64", "UW is granted while clean", R"(["BAP_UW", "DIRTY"])", "\"BAP_UW\""},
    {"wrhv", "wrhv", "RPN lacks its highest bit", R"("31:12", "39:37")", R"("31:12", "38:37")"},
    {"x86-64-3.6", "x86-64-3.6", "decode mask one bit long", "decode_mask = \"45:12\"",
     "decode_mask = \"46:12\""},
    {"8xx", "8xx", "the none mask is another bit", "none_ignores = \"ACCESSED\"",
     "none_ignores = \"WRITETHRU\""},
}};

std::string with_error(std::string text, const Error& error) {
  const std::string from = error.from;
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << error.where << " has no " << from;
  return place == std::string::npos ? text : text.replace(place, from.size(), error.to);
}

/// A copy of rtl/ with the error.
void stage(const Error& error, const TemporaryFolder& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(TESSERA_RTL)) {
    std::filesystem::copy(entry.path(), folder.path());
  }
  const std::string path = (folder.path() / error.where).string();
  write_into(path, with_error(text_in(path), error));
}

pte::Layout layout_with(const Error& error) {
  for (const pte::ShippedFile& file : pte::shipped_files()) {
    if (file.name == error.where) {
      return pte::read_layout(with_error(std::string(file.text), error), "mutant.toml");
    }
  }
  ADD_FAILURE() << "no format " << error.where;
  return {};
}

/// Prints a row of the table; 1 if the error was found.
unsigned found(const Error& error, const pte::Layout& layout, const Equivalence& result) {
  EXPECT_EQ(result.obstacle, "") << error.what;
  EXPECT_TRUE(result.difference) << error.where << ": " << error.what;
  if (!result.difference) return 0;
  const std::string word = pte_lab::hex(layout, result.difference->word);
  std::printf("%-18s %-12s %-32s found at %-18s %s\n", error.where, error.format, error.what,
              word.c_str(), story_of(layout, *result.difference).back().c_str());
  return 1;
}

}  // namespace

TEST(PteRtlMutation, EveryErrorOfASingleBitInTheDecoderIsFound) {
  unsigned count = 0;
  for (const Error& error : kDecoderErrors) {
    const TemporaryFolder folder;
    stage(error, folder);
    const pte::Layout layout = pte::shipped_layout(error.format);
    const Equivalence result = proof_of(layout, our_decoder(error.format, folder.path()));
    count += found(error, layout, result);
  }
  EXPECT_EQ(count, kDecoderErrors.size());
}

TEST(PteRtlMutation, EveryErrorOfASingleBitInTheFormatIsFound) {
  unsigned count = 0;
  for (const Error& error : kFormatErrors) {
    const pte::Layout layout = layout_with(error);
    count += found(error, layout, proof_of(layout, our_decoder(error.format)));
  }
  EXPECT_EQ(count, kFormatErrors.size());
}

}  // namespace tessera::pte_rtl
