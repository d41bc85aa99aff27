// `tessera compare --walker` as people use it.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tb/unit/cli/command_line.hpp"

namespace tessera::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WalkerCommand : public CommandLine {
 protected:
  nlohmann::ordered_json json_of(const std::string& arguments) {
    SCOPED_TRACE(arguments);
    const Finished finished = tessera("compare --json run.json " + arguments, folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return nlohmann::ordered_json::parse(contents_of(folder_ / "run.json"));
  }
};

TEST_F(WalkerCommand, ShowsWhatEachWalkerDidForEachMethod) {
  for (const std::string walker : {"software", "tablewalk", "e6500"}) {
    const auto json = json_of("--accesses 500 --walker " + walker);
    EXPECT_EQ(json["config"]["walker"], walker);
    ASSERT_EQ(json["results"].size(), 5U);
    for (const auto& result : json["results"]) {
      const auto& counters = result["counters"];
      EXPECT_EQ(counters["walks"] != 0, walker != "software");
      EXPECT_EQ(counters["tlb_refills"] != 0, walker != "tablewalk");
      EXPECT_EQ(result["cycles"]["walk"] != 0, walker != "software");
    }
  }
}

TEST_F(WalkerCommand, GivesTheSameResultAndCyclesOnEveryEngine) {
  for (const std::string run :
       {"--walker tablewalk --accesses 400", "--walker e6500 --accesses 400",
        "--core e6500-walker --workload dbwin --remaps 100 --touch 2",
        "--walker tablewalk --workload dbwin --core e500v2 --remaps 150 --touch 2 --pte 32",
        "--walker e6500 --workload dbwin --core qemu --remaps 150 --window-pages 128"}) {
    const auto expected = json_of(run)["results"];
    for (const std::string engine : {"systemc", "rtl"}) {
      const std::string command = fmt::format("{} --engine {}", run, engine);
      EXPECT_EQ(json_of(command)["results"], expected) << command;
    }
  }
}

// What the program and the kernel do to memory does not depend on who walks.
TEST_F(WalkerCommand, ChangesNoFaultNoFlushAndNoCall) {
  for (const std::string run : {"--accesses 800", "--workload dbwin --remaps 300 --touch 2",
                                "--accesses 800 --core e500v2 --kernel 6.1"}) {
    SCOPED_TRACE(run);
    const auto software = json_of(run)["results"];
    for (const std::string walker : {"tablewalk", "e6500"}) {
      const auto hardware = json_of(fmt::format("{} --walker {}", run, walker))["results"];
      for (std::size_t i = 0; i < software.size(); ++i) {
        for (const char* counter :
             {"accesses", "mapping_calls", "vmas_peak", "faults_minor", "faults_major",
              "page_fault_exceptions", "flush_va", "flush_pid", "flush_all", "user_instructions",
              "page_table_pages", "wrong_pages"}) {
          EXPECT_EQ(hardware[i]["counters"][counter], software[i]["counters"][counter])
              << walker << ", " << software[i]["method"] << ", " << counter;
        }
      }
    }
  }
}

TEST_F(WalkerCommand, TakesThePresetsWalkerAndItsOwnConfigurationBack) {
  for (const std::string choice : {"--core e6500-walker", "--walker e6500 --core e500v2",
                                   "--core e6500-walker --walker e6500", "--walker tablewalk"}) {
    const Finished printed = tessera("compare --print-config " + choice, folder_);
    EXPECT_EQ(printed.exit_code, 0) << printed.err;
    const bool tablewalk = choice == "--walker tablewalk";
    EXPECT_THAT(printed.out, HasSubstr(tablewalk ? "walker = \"tablewalk\"" : "\"e6500\""));
    EXPECT_THAT(printed.out, HasSubstr(tablewalk ? "tsize_bits = 4" : "tsize_bits = 5"));
    write_text(folder_ / "lab.toml", printed.out);
    EXPECT_EQ(tessera("compare --print-config --config lab.toml", folder_).out, printed.out);
  }
}

TEST_F(WalkerCommand, RefusesWhatDoesNotFitTogether) {
  expect_refusal("compare --walker tabelwalk", "did you mean 'tablewalk'?");
  expect_refusal("compare --walker e6500 --pte 32", "format fsl64 alone, not fsl32");
  expect_refusal("compare --core e6500-walker --pte 32", "walker tablewalk");
  expect_refusal("compare --core e6500-walker --walker tablewalk", "has walker e6500");
  expect_refusal("compare --core e6500-walker --walker software", "needs another core");
  expect_refusal("compare --walker e6500 --set mmu.tsize_bits=4", "needs 5");
  expect_refusal("compare --walker e6500 --set mmu.tlb1_entries=3", "at least one more");
  expect_refusal("compare --walker tablewalk --nr-hugepages 4", "huge pages need walker software");
  expect_refusal("replay mmu --core e6500-walker x.log", "no memory");
}

TEST_F(WalkerCommand, NamesTheWalkerAboveTheTable) {
  EXPECT_THAT(tessera("compare --accesses 100 --methods rfp --walker tablewalk", folder_).out,
              HasSubstr("e500mc with walker tablewalk, Linux 3.8"));
  EXPECT_THAT(tessera("compare --accesses 100 --methods rfp", folder_).out,
              Not(HasSubstr("walker")));
}

}  // namespace
}  // namespace tessera::cli
