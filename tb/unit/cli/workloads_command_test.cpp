#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/cli/workload_text.hpp"
#include "sw/workload/registry.hpp"
#include "tb/unit/cli/command_line.hpp"
#include "tb/unit/sanitized.hpp"

namespace tessera::cli {
namespace {

using ::testing::HasSubstr;

class Workloads : public CommandLine {};

TEST_F(Workloads, AreListedWithTheirStories) {
  const Finished finished = tessera("workloads", folder_);
  EXPECT_EQ(finished.exit_code, 0);
  for (const workload::Description& workload : workload::workloads()) {
    const std::string first_line = workload.story.substr(0, workload.story.find('\n'));
    EXPECT_THAT(finished.out, HasSubstr(workload.name + "\n  " + first_line + "\n"));
  }
}

TEST_F(Workloads, AreShownWithTheirParameters) {
  const Finished finished = tessera("workloads scan", folder_);
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_THAT(finished.out, HasSubstr("  --scan-elements  elements of a scan\n"));
  EXPECT_THAT(finished.out, HasSubstr("default 256; 1 to 1048576\n"));
  EXPECT_THAT(finished.out, HasSubstr("default 0.99; 0 to 10\n"));
  EXPECT_THAT(finished.out, HasSubstr("\nTry: tessera compare --workload scan --"));
}

TEST_F(Workloads, AreRefusedByNamesThatNoneHas) {
  expect_refusal("workloads ziph", "workloads: there is no 'ziph'; did you mean 'zipf'?");
  expect_refusal("workloads zipf scan", "there is no 'scan'");
  expect_refusal("workloads zipf --markdown", "leave out the name");
  expect_refusal("compare --workload ziph", "there is no 'ziph'; did you mean 'zipf'?");
}

TEST_F(Workloads, HaveAPageThatIsTrue) {
  EXPECT_EQ(contents_of(WORKLOADS_PAGE), workloads_page());
  EXPECT_EQ(tessera("workloads --markdown", folder_).out, workloads_page());
}

// Those that take more than a moment are cut short.
TEST_F(Workloads, RunByTheCommandTheyName) {
  int commands = 0;
  for (const workload::Description& workload : workload::workloads()) {
    std::string arguments = "compare --workload " + workload.name + " " + workload.example;
    for (const char* length : {"visits", "accesses"}) {
      if (parameter_of(workload, length) == nullptr) continue;
      arguments += fmt::format(" --set {}={}", length, kSanitized ? 100 : 500);
    }
    SCOPED_TRACE(arguments);
    const Finished finished = tessera(arguments + " --methods mmap,rfp", folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    EXPECT_THAT(finished.out, ::testing::StartsWith(workload.name + ": "));
    ++commands;
  }
  EXPECT_GE(commands, 11);
}

TEST_F(Workloads, TakeNumbersWithAFractionWhereTheyHaveAny) {
  write_text(folder_ / "z.toml", "workload = \"zipf\"\nskew = 1.5\nvisits = 200\n");
  const Finished printed = tessera("compare --config z.toml --print-config", folder_);
  EXPECT_THAT(printed.out, HasSubstr("skew = 1.5 "));
  write_text(folder_ / "printed.toml", printed.out);
  EXPECT_EQ(tessera("compare --config printed.toml --print-config", folder_).out, printed.out);
  expect_refusal("compare --workload zipf --skew 1.5x", "'1.5x' is not a number from 0 to 10");
  expect_refusal("compare --workload zipf --skew -1", "'-1' is not a number from 0 to 10");
  expect_refusal("compare --workload zipf --skew nan", "'nan' is not a number from 0 to 10");
  expect_refusal("compare --skew 1.5", "'skew' belongs to the workload zipf or scan, and this is");
}

// Numbers with a fraction in the configuration of a result, too.
TEST_F(Workloads, HaveResultsThatAreReadBackAndRunAgain) {
  const std::string zipf = "--workload zipf --visits 200 --skew 1.5";
  EXPECT_EQ(tessera("compare " + zipf + " --methods rfp --json z.json", folder_).exit_code, 0);
  EXPECT_EQ(tessera("diff z.json z.json", folder_).exit_code, 0);
  EXPECT_EQ(tessera("report z.json -o z.html", folder_).exit_code, 0);
  EXPECT_THAT(contents_of(folder_ / "z.html"),
              HasSubstr("tessera compare --workload zipf --methods rfp --visits 200"));
  EXPECT_THAT(contents_of(folder_ / "z.html"), HasSubstr(" --skew 1.5"));
}

}  // namespace
}  // namespace tessera::cli
