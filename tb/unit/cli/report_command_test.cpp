// `tessera report` as people use it, and the command that a report names.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sw/cli/configuration.hpp"
#include "sw/cli/parameter.hpp"
#include "sw/cli/reproduction.hpp"
#include "tb/unit/cli/golden_results.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ReportOfResults : public GoldenResults {
 protected:
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
};

TEST_F(ReportOfResults, IsAPageOrTablesInAFileOrOnTheStandardOutput) {
  const std::int64_t largest_page = 3'000'000;
  EXPECT_EQ(tessera("report r.json old.json -o page.html", folder_).exit_code, 0);
  const std::string page = contents_of(folder_ / "page.html");
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  EXPECT_LT(page.size(), largest_page);
  EXPECT_EQ(tessera("report r.json old.json", folder_).out, page);
  EXPECT_THAT(tessera("report r.json --format markdown", folder_).out, HasSubstr("\n| rfp |"));
  EXPECT_THAT(tessera("report r.json --format latex", folder_).out, HasSubstr("\\toprule"));
  EXPECT_EQ(tessera("report r.json --format csv -o t.csv", folder_).exit_code, 0);
  EXPECT_THAT(contents_of(folder_ / "t.csv"), HasSubstr("\nr.json,rfp,,"));
}

TEST_F(ReportOfResults, IsWrittenByCompareToo) {
  EXPECT_EQ(tessera("compare --accesses 200 --json a.json --html a.html", folder_).exit_code, 0);
  EXPECT_EQ(contents_of(folder_ / "a.html"), tessera("report a.json", folder_).out);
  expect_refusal("compare --html no/a.html", "there is no folder no");
}

TEST_F(ReportOfResults, RefusesWhatItCannotUse) {
  expect_refusal("report", "RESULT is required");
  expect_refusal("report missing.json", "missing.json: cannot read this file");
  write_text(folder_ / "no.json", "\nhello\n");
  expect_refusal("report no.json -o x.html", "no.json:2: this is no JSON");
  write_text(folder_ / "other.json", "{}");
  expect_refusal("report other.json -o x.html", "other.json: this is no result of tessera");
  auto newer = nlohmann::ordered_json::parse(contents_of(folder_ / "r.json"));
  newer["schema_version"] = 99;
  write_text(folder_ / "newer.json", newer.dump());
  expect_refusal("report r.json newer.json -o x.html",
                 "newer.json: schema_version 99 is of a newer");
  expect_refusal("report r.json --format markdwon", "no 'markdwon'; did you mean 'markdown'?");
  expect_refusal("report r.json -o no/x.html", "there is no folder no");
  expect_refusal("report r.json --fromat csv", "did you mean '--format'?");
}

TEST_F(ReportOfResults, SaysThatADiskIsFullAndLeavesNothing) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  fs::create_symlink("/dev/full", folder_ / "x.html.part");
  const Finished finished = tessera("report r.json -o x.html", folder_);
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_EQ(finished.err, "tessera: x.html: cannot write this file: No space left on device\n");
  EXPECT_EQ(files(), 2);
  EXPECT_EQ(tessera("report r.json --format csv 2>said >/dev/full #", folder_).exit_code, 2);
  EXPECT_THAT(contents_of(folder_ / "said"), HasSubstr("No space left on device"));
}

/// The parameters that a command has, as the program itself says.
std::string toml_of(const std::string& command, const fs::path& folder) {
  const std::string arguments = command.substr(std::string("tessera ").size());
  const Finished finished = tessera(arguments + " --print-config", folder);
  EXPECT_EQ(finished.exit_code, 0) << command << "\n" << finished.err;
  return finished.out;
}

TEST_F(ReportOfResults, NamesACommandThatHasTheSameParameters) {
  const std::vector<std::vector<Assignment>> all{
      {},
      {{"core", "e500v2", ""},
       {"mmu.tlb1_entries", "32", ""},
       {"seed", "18446744073709551614", ""}},
      {{"kernel", "6.1", ""}, {"vm.fault_around", "1", ""}, {"cost.page_flush", "9", ""}},
      {{"vm.file_system", "ext4", ""}, {"vm.readahead", "4", ""}, {"vm.file_cache", "cold", ""}},
      {{"workload", "dbwin", ""}, {"remaps", "7", ""}, {"methods", "rfp,mmap", ""}},
      {{"workload", "reverse", ""}, {"window_pages", "64", ""}, {"pte", "32", ""}},
      {{"walker", "e6500", ""}, {"mmu.tlb0_ways", "2", ""}},
      {{"stream", "a folder/it's \"$x\".blocks", ""}, {"engine", "rtl", ""}}};
  for (const std::vector<Assignment>& assignments : all) {
    const Configuration configuration = configure(assignments);
    const std::string command = command_for(values_of(configuration));
    SCOPED_TRACE(command);
    EXPECT_EQ(toml_of(command, folder_), print_toml(configuration));
    EXPECT_LE(std::count(command.begin(), command.end(), '='),
              static_cast<std::ptrdiff_t>(assignments.size()));
  }
  EXPECT_EQ(command_for(values_of(Configuration())), "tessera compare");
}

TEST(Reproduction, NamesNoCommandForWhatItDoesNotKnow) {
  nlohmann::ordered_json config = values_of(Configuration());
  config["mmu.of_a_later_version"] = 3;
  EXPECT_EQ(command_for(config), "");
  config = values_of(Configuration());
  config["core"] = "e9000";
  EXPECT_EQ(command_for(config), "");
}

}  // namespace
}  // namespace tessera::cli
