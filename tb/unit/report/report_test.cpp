#include <gtest/gtest.h>

#include "sw/report/document.hpp"

namespace tessera::report {
namespace {

machine::RunResult result_of(machine::Method method) {
  machine::RunResult result;
  result.method = method;
  result.counters.accesses = 10;
  result.counters.flush_va = 3;
  result.cycles[static_cast<std::size_t>(machine::Part::User)] = Cycles(100);
  result.cycles[static_cast<std::size_t>(machine::Part::Walk)] = Cycles(7);
  result.cycles[static_cast<std::size_t>(machine::Part::Flush)] = Cycles(20);
  return result;
}

Report small_report() {
  Report report;
  report.config["core"] = "e500mc";
  report.kernel_costs = "estimated from 3.8";
  report.seed = 7;
  report.results = {result_of(machine::Method::Remap)};
  return report;
}

TEST(Report, HasTheMembersOfItsSchema) {
  const nlohmann::ordered_json json = to_json(small_report());
  EXPECT_EQ(json["schema"], "tessera-result");
  EXPECT_EQ(json["schema_version"], 2);
  EXPECT_TRUE(json["tessera_version"].is_string());
  EXPECT_EQ(json["config"]["core"], "e500mc");
  EXPECT_EQ(json["kernel_costs"], "estimated from 3.8");
  EXPECT_EQ(json["seed"], 7);
  const auto& run = json["results"].at(0);
  EXPECT_EQ(run["method"], "rfp");
  EXPECT_TRUE(run["error"].is_null());
  EXPECT_EQ(run["counters"]["flush_va"], 3);
  EXPECT_EQ(run["cycles"]["total"], 127);
  EXPECT_EQ(run["cycles"]["kernel"], 20);
  EXPECT_EQ(run["cycles"]["user"], 100);
  EXPECT_EQ(run["cycles"]["walk"], 7);
}

TEST(Report, HasEveryCounterUnderItsName) {
  const nlohmann::ordered_json json = to_json(small_report());
  const auto& counters = json["results"].at(0)["counters"];
  EXPECT_EQ(counters.size(), machine::counter_descriptions().size());
  for (const char* name : {"accesses",
                           "mapping_calls",
                           "vmas",
                           "vmas_peak",
                           "faults_minor",
                           "faults_major",
                           "page_fault_exceptions",
                           "dtlb_errors",
                           "itlb_errors",
                           "tlb0_writes",
                           "tlb1_writes",
                           "flush_va",
                           "flush_pid",
                           "flush_all",
                           "l1_hits",
                           "l2_hits",
                           "page_table_pages",
                           "vma_bytes",
                           "remaps_done",
                           "kernel_instructions"}) {
    EXPECT_TRUE(counters.contains(name)) << name;
  }
}

TEST(Report, NamesWhatEndedARun) {
  machine::RunResult result = result_of(machine::Method::Mmap);
  EXPECT_EQ(ending(result), "");
  result.error = "ENOMEM";
  EXPECT_EQ(ending(result), "ENOMEM");
  result.interrupted = true;
  EXPECT_EQ(ending(result), "interrupted");
}

TEST(Report, IsTheSameTextTwice) {
  EXPECT_EQ(to_json(small_report()).dump(2), to_json(small_report()).dump(2));
}

}  // namespace
}  // namespace tessera::report
