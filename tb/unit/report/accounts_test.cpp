#include "sw/report/accounts.hpp"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/report/document.hpp"
#include "sw/report/flush_price.hpp"

namespace tessera::report {
namespace {

using machine::FlushReach;
using machine::RefillClass;
using nlohmann::ordered_json;

/// 1,000 cycles, of which refills after PID flushes of unmappings take 90 and after page flushes of
/// remappings 5.
machine::RunResult run_with_refills() {
  machine::RunResult result;
  result.method = machine::Method::Mmap;
  result.counters.accesses = 10;
  result.cycles[0] = Cycles(800);
  result.cycles[2] = Cycles(200);
  result.activities[2][1] = Cycles(150);
  result.activities[2][3] = Cycles(50);
  result.refills.emplace();
  for (const Cycles cycles : {Cycles(40), Cycles(50)}) {
    result.refills->add({RefillClass::Flush, {FlushReach::Pid, vm::FlushCause::Unmap, 1}}, cycles);
  }
  result.refills->add({RefillClass::Flush, {FlushReach::Va, vm::FlushCause::Remap, 2}}, Cycles(5));
  result.refills->add({RefillClass::Conflict, {}}, Cycles(25));
  result.refills->failed = Cycles(80);
  return result;
}

TEST(Accounts, AreReadBackAsTheyWereWritten) {
  const machine::RunResult result = run_with_refills();
  ordered_json json = ordered_json::object();
  add_accounts(json, result);
  EXPECT_EQ(json["refills"]["flush"]["pid_unmap"], 2);
  EXPECT_EQ(json["refill_cycles"]["flush"]["pid_unmap"], 90);
  EXPECT_EQ(json["refills"]["capacity"], 0);
  EXPECT_FALSE(json["refills"]["flush"].contains("va_unmap"));
  EXPECT_EQ(json["activities"]["tlb_miss"]["memory_stall"], 50);
  machine::RunResult read;
  read_accounts(read, json);
  EXPECT_EQ(read.activities, result.activities);
  EXPECT_EQ(read.refills->refills, result.refills->refills);
  EXPECT_EQ(read.refills->cycles, result.refills->cycles);
  EXPECT_EQ(read.refills->failed, result.refills->failed);
}

TEST(Accounts, OfADocumentWithoutThemAreNone) {
  machine::RunResult read;
  read_accounts(read, ordered_json::object());
  EXPECT_FALSE(read.refills.has_value());
  EXPECT_EQ(price_of_flushes(read), "");
}

TEST(FlushPrice, SaysWhatShareOfTheCyclesEachKindOfFlushCosts) {
  EXPECT_EQ(price_of_flushes(run_with_refills()),
            "TLB refills after flushes take 9.5 % of mmap's cycles: PID flushes for unmap 9.0 %, "
            "page flushes for remap 0.5 %.\n");
  machine::RunResult without = run_with_refills();
  without.refills = machine::RefillAccount{};
  EXPECT_EQ(price_of_flushes(without), "");
}

/// Sum of all numbers, however deep.
std::uint64_t sum_of(const ordered_json& json) {
  if (json.is_number()) return json.get<std::uint64_t>();
  std::uint64_t sum = 0;
  for (const ordered_json& member : json) sum += sum_of(member);
  return sum;
}

TEST(Accounts, OfARunSumToWhatItCounted) {
  const ordered_json document = read_document(TESSERA_GOLDEN_RESULTS "/every-section.json");
  int runs = 0;
  for (const ordered_json& run : document["results"]) {
    const ordered_json& counters = run["counters"];
    const ordered_json& cycles = run["cycles"];
    EXPECT_EQ(sum_of(run["refills"]), counters["tlb_refills"]);
    EXPECT_EQ(sum_of(run["refill_cycles"]), cycles["tlb_miss"]);
    for (const auto& [part, activities] : run["activities"].items()) {
      EXPECT_EQ(sum_of(activities), cycles[part]) << part;
    }
    for (const auto& [kind, latency] : run["latencies"].items()) {
      std::uint64_t count = 0;
      for (const ordered_json& group : latency["histogram"]) count += sum_of(group[1]);
      EXPECT_EQ(count, latency["count"]) << kind;
    }
    const ordered_json& series = run["intervals"]["series"];
    for (const char* name : {"accesses", "tlb_refills", "flush_va", "page_fault_exceptions"}) {
      EXPECT_EQ(sum_of(series[name]), counters[name]) << name;
    }
    EXPECT_EQ(sum_of(series["cycles"]), cycles["total"]);
    EXPECT_EQ(sum_of(run["slots"]["series"]["accesses"]), counters["accesses"]);
    ++runs;
  }
  EXPECT_EQ(runs, 5);
}

TEST(Document, IsWrittenWithASeriesALine) {
  const ordered_json document = {{"a", {1, 2, {3, 4}}},
                                 {"b", {{"c", "[x\n"}, {"d", ordered_json::object()}}},
                                 {"e", {{{"f", nullptr}}, {{"f", 2}}}}};
  const std::string text = text_of(document);
  EXPECT_EQ(text,
            "{\n  \"a\": [1,2,[3,4]],\n  \"b\": {\n    \"c\": \"[x\\n\",\n    \"d\": {}\n  },\n"
            "  \"e\": [\n    {\n      \"f\": null\n    },\n    {\n      \"f\": 2\n    }\n  ]\n}\n");
  EXPECT_EQ(ordered_json::parse(text), document);
}

}  // namespace
}  // namespace tessera::report
