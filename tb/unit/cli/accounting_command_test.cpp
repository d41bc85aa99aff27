// The parameters measure.* as people use them.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tb/unit/cli/command_line.hpp"

namespace tessera::cli {
namespace {

using nlohmann::ordered_json;
using ::testing::HasSubstr;

class AccountingCommand : public CommandLine {
 protected:
  ordered_json results(const std::string& arguments) {
    const Finished finished = tessera("compare --json r.json " + arguments, folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return ordered_json::parse(contents_of(folder_ / "r.json"))["results"];
  }
};

TEST_F(AccountingCommand, ChangesNothingElse) {
  int runs = 0;
  for (const char* workload :
       {"--accesses 300", "--workload dbwin --remaps 200 --window-pages 64 --touch 2",
        "--workload reverse --window-pages 64", "--accesses 300 --walker tablewalk"}) {
    ordered_json full = results(workload);
    const ordered_json counters = results(fmt::format("{} --accounting counters", workload));
    for (ordered_json& run : full) {
      for (const char* section : {"refills", "refill_cycles", "latencies", "intervals", "slots"}) {
        EXPECT_EQ(run.erase(section), 1U) << section;
      }
      ++runs;
    }
    EXPECT_EQ(full.dump(), counters.dump()) << workload;
  }
  EXPECT_EQ(runs, 20);
}

TEST_F(AccountingCommand, IsTheSameOnEveryEngine) {
  for (const char* walker : {"software", "tablewalk", "e6500"}) {
    const std::string run = fmt::format("--accesses 30 --interval 20 --walker {}", walker);
    const ordered_json transaction = results(run);
    EXPECT_EQ(results(run + " --engine systemc"), transaction);
    EXPECT_EQ(results(run + " --engine rtl"), transaction);
  }
}

TEST_F(AccountingCommand, CountsARegionAfterAWarmUp) {
  const ordered_json all = results("--accesses 100 --methods rfp");
  const ordered_json warm = results("--accesses 100 --methods rfp --warm-up 160 --region 40");
  EXPECT_EQ(all[0]["counters"]["accesses"], 400);
  EXPECT_EQ(warm[0]["counters"]["accesses"], 40);
  EXPECT_EQ(warm[0]["intervals"]["series"]["accesses"], ordered_json({40}));
  EXPECT_LT(warm[0]["cycles"]["total"], all[0]["cycles"]["total"]);
}

TEST_F(AccountingCommand, RefusesWhatCannotBe) {
  const std::string run = "compare --accesses 100 --json r.json --html r.html ";
  expect_refusal(run + "--warm-up 401", "measure.warm_up is 401: the run has 400 accesses");
  expect_refusal(run + "--accounting some", "--accounting: there is no 'some'");
  expect_refusal(run + "--interval 5 --accounting counters",
                 "measure.interval is 5 accesses: measure.accounting is counters");
  expect_refusal(run + "--interval-unit cycles --accounting counters", "is 10000 cycles: ");
  expect_refusal(run + "--interval -1", "--interval: '-1' is not a whole number");
  expect_refusal(run + "--interval 4611686018427387905", "from 0 to 4611686018427387904");
  expect_refusal(run + "--set measure.interval_unit=hours", "there is no 'hours'");
}

}  // namespace
}  // namespace tessera::cli
