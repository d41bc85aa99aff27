#include "sw/pte_lab/exports.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/pte/shipped.hpp"
#include "tb/unit/folder_test.hpp"
#include "tb/unit/pte/vectors.hpp"

namespace tessera::pte_lab {

namespace {

namespace fs = std::filesystem;
using pte::Layout;
using ::testing::HasSubstr;

class PteExport : public FolderTest {
 protected:
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

  /// The exit code of a command that runs in the folder.
  int run(const std::string& command) const {
    return std::system(("cd '" + folder_.string() + "' && " + command).c_str());
  }
};

/// C statements that count the checks of one row, and return its number if one fails.
std::string checks_of(const Layout& layout, const pte::Vector& v, unsigned row) {
  const std::string prefix = "pte_" + identifier(layout) + "_";
  const std::string macro = "PTE_" + identifier(layout) + "_";
  return fmt::format(
      "  CHECK({0}, {1}pgoff_to_pte({2}u) == UINT64_C({3}));\n"
      "  CHECK({0}, {1}pte_to_pgoff(UINT64_C({3})) == UINT64_C({4}));\n"
      "  CHECK({0}, {1}is_none(UINT64_C({3})) == {5});\n"
      "  CHECK({0}, {1}is_file(UINT64_C({3})) == !{5});\n"
      "  CHECK({0}, !{1}is_present(UINT64_C({3})));\n"
      "  CHECK({0}, !{1}is_swap(UINT64_C({3})));\n",
      row, prefix, v.pgoff, v.raw, v.decoded, v.none ? 1 : 0);
}

}  // namespace

TEST_F(PteExport, TheCHeadersCompileTogetherAndAgreeOnEveryVector) {
  std::string includes;
  std::string checks;
  unsigned rows = 0;
  const std::vector<pte::Vector> vectors = pte::read_vectors();
  for (const Layout& layout : pte::shipped_layouts()) {
    write(layout.name + ".h", c_header(layout));
    includes += "#include \"" + layout.name + ".h\"\n";
    for (const pte::Vector& v : vectors) {
      if (v.format == layout.vectors) checks += checks_of(layout, v, ++rows);
    }
  }
  write("vectors.c", "#include <stdio.h>\n" + includes +
                         "#define CHECK(row, claim) if (!(claim)) return printf(\"row %d: %s\\n\", "
                         "row, #claim), 1\n"
                         "int main(void) {\n" +
                         checks + "  return 0;\n}\n");
  EXPECT_EQ(rows, 235U);
  EXPECT_EQ(run(std::string(TESSERA_C_COMPILER) +
                " -std=c99 -Wall -Wextra -Wpedantic -Werror vectors.c -o vectors && ./vectors"),
            0);
}

TEST_F(PteExport, TheSystemVerilogIsReadByVerilator) {
  unsigned read = 0;
  for (const Layout& layout : pte::shipped_layouts()) {
    write(layout.name + ".sv", sv_package(layout) + sv_template(layout));
    EXPECT_EQ(run(std::string(TESSERA_VERILATOR) +
                  " --lint-only -Wno-UNUSED -Wno-DECLFILENAME --top-module pte_decoder_" +
                  identifier(layout) + " '" + layout.name + ".sv'"),
              0)
        << layout.name;
    ++read;
  }
  EXPECT_GE(read, 21U);
}

TEST_F(PteExport, TheDocumentSaysWhatIsBrokenAndWhatIsKnown) {
  EXPECT_THAT(markdown(pte::shipped_layout("wrhv-bug-a")), HasSubstr("**Broken.**"));
  EXPECT_THAT(markdown(pte::shipped_layout("x86-64-3.6")), HasSubstr("Known, `file-limit`"));
  EXPECT_THAT(markdown(pte::shipped_layout("i386-3.6")),
              HasSubstr("| file | pgoff | 31:9, 7, 5:1 | 0xfffffebe |"));
}

}  // namespace tessera::pte_lab
