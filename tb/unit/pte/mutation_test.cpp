// Ten errors of a single bit, put one at a time into a format's file: the reader, the proofs or
// the vectors find each of them. What no proof can find is an error that makes another consistent
// format: only vectors know which of two formats is the real one.

#include <array>
#include <cstdio>

#include <gtest/gtest.h>

#include "model/pte/layout_reader.hpp"
#include "model/pte/shipped.hpp"
#include "model/types/user_error.hpp"
#include "sw/pte_lab/check.hpp"
#include "sw/pte_lab/semantics.hpp"
#include "tb/unit/pte/vectors.hpp"

namespace tessera::pte_lab {

namespace {

struct Mutation {
  const char* format;
  const char* what;
  const char* from;
  const char* to;
};

constexpr std::array<Mutation, 14> kMutations{{
    {"wrhv", "the none mask hides UR as well", R"("11:2", "0")", R"("11:1", "0")"},
    {"fsl64", "the none mask ends one bit lower", "\"63:32\"", "\"63:31\""},
    {"fsl32", "USER is another bit", "file = \"USER\"", "file = \"RW\""},
    {"fsl32", "the offset begins one bit higher", "\"31:3\"", "\"31:4\""},
    {"i386-3.6", "the lone bit is PROTNONE's", R"("7", "31:9")", R"("8", "31:9")"},
    {"i386-2.6.11", "PROTNONE is not tested", R"(["PRESENT", "PROTNONE"])", "\"PRESENT\""},
    {"fsl64", "the limit is one bit too small", "max_bits = 29", "max_bits = 28"},
    {"fsl64", "emptying keeps PRESENT", "clears = \"31:0\"", "clears = \"31:1\""},
    {"hash64-4k", "the swap type reaches the offset", "type = \"23:18\"", "type = \"25:18\""},
    {"fsl64", "UW is granted while clean", R"(["BAP_UW", "DIRTY"])", "\"BAP_UW\""},
    {"fsl32", "SW is granted by USER", R"(sw = ["RW", "DIRTY"])", R"(sw = ["USER", "DIRTY"])"},
    {"fsl32", "WIMGE one bit lower", "mas2_wimge = \"10:6\"", "mas2_wimge = \"9:5\""},
    {"fsl64", "MAS7 one bit short", "mas7_rpn = \"63:44\"", "mas7_rpn = \"62:44\""},
    {"x86-64-3.6", "hardware looks at PROTNONE", "hardware = \"PRESENT\"",
     "hardware = \"PROTNONE\""},
}};

std::string mutant_of(const Mutation& mutation) {
  for (const pte::ShippedFile& file : pte::shipped_files()) {
    if (file.name != mutation.format) continue;
    std::string text(file.text);
    const std::string from = mutation.from;
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return text.replace(place, from.size(), mutation.to);
  }
  return "";
}

std::string disagreement_with_vectors(const Layout& layout) {
  for (const pte::Vector& v : pte::read_vectors()) {
    if (v.format != layout.vectors) continue;
    if (file_word(layout, v.pgoff) != v.raw || offset_of(layout, v.raw) != v.decoded ||
        is_none(layout, v.raw) != v.none) {
      return "the vectors";
    }
  }
  return "";
}

/// What found the error; empty if nothing did.
std::string finder_of(const Mutation& mutation) {
  Layout layout;
  try {
    layout = pte::read_layout(mutant_of(mutation), "mutant.toml");
  } catch (const UserError& error) {
    return std::string("the reader: ") + error.what();
  }
  Solver solver;
  for (const Finding& finding : check(layout, solver)) {
    if (finding.verdict == Verdict::Refuted) return "the proof of " + finding.property;
  }
  return disagreement_with_vectors(layout);
}

}  // namespace

TEST(PteMutation, EveryErrorOfASingleBitIsFound) {
  unsigned found = 0;
  for (const Mutation& mutation : kMutations) {
    const std::string finder = finder_of(mutation);
    EXPECT_NE(finder, "") << mutation.format << ": " << mutation.what;
    std::printf("%-12s %-36s %s\n", mutation.format, mutation.what, finder.c_str());
    found += finder.empty() ? 0 : 1;
  }
  EXPECT_EQ(found, kMutations.size());
}

}  // namespace tessera::pte_lab
