#include "sw/report/tables.hpp"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/report/document.hpp"
#include "sw/report/html_page.hpp"
#include "sw/report/text_table.hpp"

namespace tessera::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

ResultFile small_file(const std::string& name) {
  Report report;
  report.config = {{"workload", "window"}, {"core", "e500mc"}, {"kernel", "3.8"}, {"pte", 64}};
  report.kernel_costs = "measured";
  report.results.resize(2);
  report.results[0].method = machine::Method::Mmap;
  report.results[0].error = "ENOMEM";
  report.results[1].method = machine::Method::Remap;
  for (machine::RunResult& result : report.results) {
    result.counters.accesses = 1000;
    result.cycles[0] = Cycles(2500);
    result.cycles[1] = Cycles(500);
  }
  return {name, to_json(report), "", nlohmann::ordered_json::object()};
}

TEST(TextTable, IsMarkdown) {
  TextTable table({"a|b", "two\nwords", "one/\nword"});
  table.add_row({"x_y", "1", "*2*"});
  EXPECT_EQ(table.markdown(),
            "| a\\|b | two words | one/word |\n|---|---:|---:|\n| x\\_y | 1 | \\*2\\* |\n");
}

TEST(TextTable, IsLatex) {
  TextTable table({"a&b", "100 %"});
  table.add_row({"x_y\\~^", "1,000"});
  EXPECT_EQ(table.latex(),
            "\\begin{tabular}{lr}\n  \\toprule\n  a\\&b & 100 \\% \\\\\n  \\midrule\n"
            "  x\\_y\\textbackslash{}\\textasciitilde{}\\textasciicircum{} & 1,000 \\\\\n"
            "  \\bottomrule\n\\end{tabular}\n");
}

TEST(Tables, CsvHasALineARunAndEveryFigure) {
  ResultFile other = small_file("with,comma\".json");
  other.document["results"][0]["counters"]["of_a_later_version"] = 77;
  const std::string csv = csv_table({small_file("a.json"), other});
  EXPECT_THAT(csv, StartsWith("file,method,error,cycles_per_access,cycles.total,"));
  EXPECT_THAT(csv, HasSubstr(",counters.of_a_later_version\na.json,mmap,ENOMEM,3.000,3000,"));
  EXPECT_THAT(csv, HasSubstr("\n\"with,comma\"\".json\",mmap,ENOMEM,3.000,3000,"));
  EXPECT_THAT(csv, HasSubstr(",77\n"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 5);
}

TEST(Tables, MarkdownAndLatexHaveComparisonAndParts) {
  const std::string markdown = markdown_tables({small_file("a.json")});
  EXPECT_THAT(markdown, HasSubstr("| rfp | 2.5 | 0.5 |"));
  EXPECT_THAT(markdown, HasSubstr("mmap ended with ENOMEM"));
  const std::string latex = latex_tables({small_file("a\n.json")});
  EXPECT_THAT(latex, HasSubstr("% a .json: window"));
  EXPECT_THAT(latex, HasSubstr("  rfp & 2.5 & 0.5 &"));
}

TEST(HtmlPage, HasNoWayOutOfItsScriptAndSaysTheSameWithoutScripts) {
  ResultFile file = small_file("</script><b>&.json");
  file.document["config"]["stream"] = "</SCRIPT><!--";
  const std::string page = html_page({file});
  EXPECT_THAT(page, Not(HasSubstr("</script><b>")));
  EXPECT_THAT(page, Not(HasSubstr("</SCRIPT>")));
  EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;b&gt;&amp;.json"));
  EXPECT_THAT(page, HasSubstr("rfp wins with 3.0 cycles an access"));
  EXPECT_THAT(page, Not(HasSubstr("%%")));
}

TEST(HtmlPage, MergesNeighboursInLongSeries) {
  ResultFile file = small_file("a.json");
  auto& run = file.document["results"][0];
  run["intervals"] = {{"unit", "cycles"}, {"every", 5}};
  run["intervals"]["series"]["faults_minor"] = std::vector<int>(8193, 7);
  std::vector<int> vmas(8193);
  std::iota(vmas.begin(), vmas.end(), 1);
  run["intervals"]["series"]["vmas"] = vmas;
  run["slots"] = {{"pages", 4}, {"series", {{"accesses", std::vector<int>(4096, 7)}}}};
  const std::string page = html_page({file});
  EXPECT_THAT(page, HasSubstr(R"("every":15,"series":{"faults_minor":[21,21,)"));
  EXPECT_THAT(page, HasSubstr(R"("vmas":[3,6,9,)"));  // a state: the last of three
  EXPECT_THAT(page, HasSubstr(R"("pages":4,"series":{"accesses":[7,7,)"));
}

TEST(HtmlPage, TakesAFileNameThatIsNoText) {
  EXPECT_THAT(html_page({small_file("\xFF\xFE.json")}), HasSubstr("\xEF\xBF\xBD\xEF\xBF\xBD.json"));
}

}  // namespace
}  // namespace tessera::report
