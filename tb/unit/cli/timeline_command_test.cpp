// `tessera compare --timeline` as people use it, read back as JSON.

#include <array>
#include <map>
#include <set>
#include <vector>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tb/unit/cli/command_line.hpp"
#include "tb/unit/wave/wave_reader.hpp"

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::HasSubstr;

const std::string kAll = " --timeline-to 1000000000000";

/// Names of slices by the part whose cycles they are.
const std::map<std::string, std::string>& parts() {
  static const std::map<std::string, std::string> all{{"program", "user"},
                                                      {"walk", "walk"},
                                                      {"TLB miss", "tlb_miss"},
                                                      {"page fault", "page_fault"},
                                                      {"mapping call", "mapping_call"},
                                                      {"flush", "flush"}};
  return all;
}

/// What the slices of one run sum to, from a cycle on.
struct Sums {
  std::map<std::string, std::uint64_t> cycles;  ///< by part, inner slices not counted
  std::map<std::string, std::uint64_t> slices;  ///< by name
  std::map<std::string, std::uint64_t> classes;
  std::map<std::string, std::uint64_t> causes;
  std::uint64_t arrows = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// Reads the events of one process. Expects that slices nest and end, times rise and arrows that
/// end have begun.
class Reader {
 public:
  Reader(const Json& timeline, int process) {
    for (const Json& event : timeline.at("traceEvents")) {
      if (event.at("pid") == process && event.at("ph") != "M") events_.push_back(event);
    }
  }

  std::uint64_t last() const { return slice_times().back(); }
  std::uint64_t first() const { return slice_times().front(); }

  /// Sums of what begins from `begin` on, and of cycles from then on.
  Sums sums(std::uint64_t begin) {
    Sums sums;
    std::vector<std::pair<std::string, std::uint64_t>> open;
    std::uint64_t now = 0;
    sums.arrows = arrows(begin);
    for (const Json& event : events_) {
      const std::uint64_t at = event.at("ts");
      const std::string phase = event.at("ph");
      if (phase != "B" && phase != "E") continue;
      EXPECT_GE(at, now) << event;
      if (!open.empty() && at > begin) {
        sums.cycles[parts().at(open.back().first)] += at - std::max(now, begin);
      }
      now = at;
      if (phase == "B") {
        open.emplace_back(event.at("name"), at);
        continue;
      }
      if (open.empty()) {
        ADD_FAILURE() << "a slice ends that has not begun: " << event;
        continue;
      }
      if (open.back().second >= begin) count(sums, open.back().first, event);
      open.pop_back();
    }
    EXPECT_TRUE(open.empty());
    return sums;
  }

 private:
  std::vector<std::uint64_t> slice_times() const {
    std::vector<std::uint64_t> times;
    for (const Json& event : events_) {
      if (event.at("ph") == "B" || event.at("ph") == "E") times.push_back(event.at("ts"));
    }
    return times;
  }

  /// Arrows that end at `begin` or later; each must have begun.
  std::uint64_t arrows(std::uint64_t begin) const {
    std::set<std::uint64_t> begun;
    std::uint64_t ended = 0;
    for (const Json& event : events_) {
      if (event.at("ph") == "s") begun.insert(event.at("id").get<std::uint64_t>());
      if (event.at("ph") != "f") continue;
      EXPECT_EQ(begun.count(event.at("id").get<std::uint64_t>()), 1U) << event;
      if (event.at("ts").get<std::uint64_t>() >= begin) ++ended;
    }
    return ended;
  }

  static void count(Sums& sums, const std::string& name, const Json& event) {
    ++sums.slices[name];
    if (!event.contains("args")) return;
    const Json& args = event.at("args");
    if (args.contains("class")) ++sums.classes[args["class"]];
    if (args.contains("cause")) ++sums.causes[args["cause"]];
  }

  std::vector<Json> events_;
};

class TimelineCommand : public CommandLine {
 protected:
  Json timeline(const std::string& arguments) {
    const Finished finished =
        tessera("compare " + arguments + " --timeline t.json --json r.json", folder_);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return Json::parse(contents_of(folder_ / "t.json"));
  }

  Json results() const { return Json::parse(contents_of(folder_ / "r.json"))["results"]; }
};

/// Slices and their cycles against the counters of their run.
void expect_slices(const Json& result, const Sums& sums) {
  const Json& counters = result["counters"];
  for (const auto& [slice, part] : parts()) {
    const auto found = sums.cycles.find(part);
    EXPECT_EQ(found == sums.cycles.end() ? 0 : found->second, result["cycles"][part]) << part;
  }
  const auto slices = [&](const char* name) {
    const auto found = sums.slices.find(name);
    return found == sums.slices.end() ? 0 : found->second;
  };
  const auto count = [&](const char* name) { return counters[name].get<std::uint64_t>(); };
  EXPECT_EQ(slices("page fault"), count("page_fault_exceptions"));
  EXPECT_EQ(slices("TLB miss"), count("dtlb_errors") + count("itlb_errors"));
  EXPECT_EQ(slices("walk"), count("walks"));
  EXPECT_EQ(slices("mapping call"), count("mapping_calls"));
  EXPECT_EQ(slices("flush"),
            count("flush_va") + count("flush_pid") + count("flush_all") + count("flush_table"));
}

/// Slices, classes and causes of a run against its counters.
void expect_sums(const Json& result, Reader reader) {
  const std::uint64_t total = result["cycles"]["total"];
  const Sums sums = reader.sums(reader.last() - total);
  expect_slices(result, sums);
  for (const auto& [cause, number] : sums.causes) {
    EXPECT_EQ(number, result["counters"]["flushes_" + cause]) << cause;
  }
  std::uint64_t after_flushes = 0;
  for (const auto& [name, number] : result["refills"]["flush"].items()) {
    EXPECT_EQ(sums.classes.at(name), number) << name;
    after_flushes += number.get<std::uint64_t>();
  }
  EXPECT_EQ(sums.arrows, after_flushes);
  EXPECT_GT(after_flushes, 0U);
}

TEST_F(TimelineCommand, SumsToTheCountersOfTheRun) {
  int runs = 0;
  for (const char* machine : {"", " --walker tablewalk", " --walker e6500", " --core e500v2"}) {
    SCOPED_TRACE(machine);
    const Json shown = timeline(
        "--workload dbwin --remaps 300 --window-pages 256 --touch 2"
        " --methods mmap,rfp,rfp_nb" +
        std::string(machine) + kAll);
    int process = 0;
    for (const Json& result : results()) {
      expect_sums(result, Reader(shown, ++process));
      ++runs;
    }
  }
  EXPECT_EQ(runs, 12);
}

TEST_F(TimelineCommand, ShowsAWindowAndNothingBeyond) {
  const std::string run = "--accesses 200 --methods mmap";
  const Reader all(timeline(run + kAll), 1);
  const std::uint64_t from = all.last() / 3;
  const std::uint64_t to = all.last() / 2;
  Reader window(timeline(fmt::format("{} --timeline-from {} --timeline-to {}", run, from, to)), 1);
  EXPECT_EQ(window.first(), from);
  EXPECT_EQ(window.last(), to + 1);
  std::uint64_t cycles = 0;
  for (const auto& [part, sum] : window.sums(0).cycles) cycles += sum;
  EXPECT_EQ(cycles, to + 1 - from);
}

TEST_F(TimelineCommand, HasTheSameCyclesOnEveryEngine) {
  std::set<std::string> texts;
  for (const char* engine : {"transaction", "systemc", "rtl"}) {
    timeline(fmt::format("--accesses 20 --methods rfp --engine {}", engine) + kAll);
    texts.insert(contents_of(folder_ / "t.json"));
  }
  EXPECT_EQ(texts.size(), 1U);
}

/// The cycles of the flushes of a process: the first of each, and the first after it.
std::vector<std::pair<std::uint64_t, std::uint64_t>> flushes_of(const Json& timeline) {
  constexpr int kFlushes = 106;  // the track of the first process
  std::vector<std::pair<std::uint64_t, std::uint64_t>> flushes;
  for (const Json& event : timeline.at("traceEvents")) {
    if (event.at("tid") != kFlushes) continue;
    if (event.at("ph") == "B") flushes.emplace_back(event.at("ts"), 0);
    if (event.at("ph") == "E") flushes.back().second = event.at("ts");
  }
  return flushes;
}

// The pins say when the MMU accepts a tlbilx (docs/pins.md 2).
TEST_F(TimelineCommand, HasTheCyclesOfTheWave) {
  constexpr std::uint64_t kTlbilx = 3;
  const Json shown = timeline("--accesses 60 --methods rfp --engine rtl --wave x.fst" + kAll);
  const wave::Contents wave = wave::read_fst(folder_ / "x.fst");
  const auto flushes = flushes_of(shown);
  auto flush = flushes.begin();
  std::uint64_t accepted = 0;
  for (std::uint64_t cycle = 0; cycle * 10 <= wave.last_tick; ++cycle) {
    const std::uint64_t tick = cycle * 10 + 1;
    const bool tlbilx = wave.signal("mmu.instr_valid_i").at(tick) != 0 &&
                        wave.signal("mmu.instr_ready_o").at(tick) != 0 &&
                        wave.signal("mmu.instr_opcode_i").at(tick) == kTlbilx;
    if (!tlbilx) continue;
    ASSERT_NE(flush, flushes.end());
    EXPECT_LE(flush->first, cycle);
    EXPECT_LT(cycle, flush->second);
    ++flush;
    ++accepted;
  }
  EXPECT_EQ(flush, flushes.end());
  EXPECT_GT(accepted, 10U);
}

/// What a counter of the only run says from which cycle on, from cycle `begin` on.
std::map<std::uint64_t, std::uint64_t> values_of(const Json& timeline, const std::string& counter,
                                                 const char* argument, std::uint64_t begin = 0) {
  std::map<std::uint64_t, std::uint64_t> values;
  for (const Json& event : timeline.at("traceEvents")) {
    if (event.at("ph") != "C" || event.at("name") != counter || event.at("ts") < begin) continue;
    EXPECT_TRUE(values.emplace(event.at("ts"), event.at("args").at(argument)).second) << event;
  }
  return values;
}

// A viewer draws a value from its event to the next one.
TEST_F(TimelineCommand, HasTheCountersOfEachIntervalFromItsBeginningOn) {
  const Json shown = timeline("--accesses 100 --methods rfp --interval 50" + kAll);
  const Json result = results()[0];
  const std::uint64_t total = result["cycles"]["total"];
  const Json& series = result["intervals"]["series"];
  std::uint64_t at = Reader(shown, 1).last() - total;
  const auto values = values_of(shown, "page faults in an interval", "exceptions", at);
  EXPECT_EQ(values.size(), 9U);  // 400 page accesses, and what the program does after the last one
  for (std::size_t i = 0; i < series["cycles"].size(); ++i) {
    EXPECT_EQ(values.at(at), series["page_fault_exceptions"][i]) << i;
    at += series["cycles"][i].get<std::uint64_t>();
  }
}

TEST_F(TimelineCommand, HasTheCountersOfAnIntervalThatTheWindowOrTheEndCuts) {
  const std::string counter = "page faults in an interval";
  const Json whole = timeline("--accesses 100 --methods rfp" + kAll);  // less than an interval
  const auto one = values_of(whole, counter, "exceptions");
  ASSERT_FALSE(one.empty());
  EXPECT_EQ(one.rbegin()->second, results()[0]["counters"]["page_fault_exceptions"]);
  const std::uint64_t from = Reader(whole, 1).last() - 1000;
  const Json end = timeline(fmt::format(
      "--accesses 100 --methods rfp --timeline-from {} --timeline-to {}", from, from + 500));
  EXPECT_EQ(values_of(end, counter, "exceptions"),
            (std::map<std::uint64_t, std::uint64_t>{{from, one.rbegin()->second}}));
}

TEST_F(TimelineCommand, GivesNoThreadTheNumberOfAProcess) {
  const Json shown = timeline("--accesses 20 --methods none,mmap,rfp" + kAll);
  std::map<int, int> process_of;
  std::map<int, std::uint64_t> order;
  for (const Json& event : shown.at("traceEvents")) {
    const int thread = event.at("tid");
    const std::string name = event.value("name", "");
    if (name == "process_name") continue;
    EXPECT_EQ(process_of.emplace(thread, event.at("pid")).first->second, event.at("pid"));
    EXPECT_GT(thread, 3);
    if (name == "thread_sort_index") order[thread] = event.at("args").at("sort_index");
  }
  EXPECT_EQ(order.size(), 18U);
  EXPECT_EQ(order.at(101), 0U);
  EXPECT_EQ(order.at(306), 5U);
}

TEST_F(TimelineCommand, IsRefusedWithoutLeavingAFile) {
  const std::string run = "compare --accesses 20 --timeline t.json ";
  expect_refusal(run + "--timeline-from 9 --timeline-to 8", "--timeline-from: cycle 9 is after");
  expect_refusal(run + "--methods rfp --timeline-from 1000000000",
                 "the timeline was to begin at cycle 1000000000");
  expect_refusal(run + "--timeline-to x", "--timeline-to: 'x' is not a whole number");
  expect_refusal(run + "--accounting counters", "--timeline: measure.accounting is counters");
  expect_refusal("compare --timeline-to 8", "--timeline-to: there is no --timeline FILE");
  expect_refusal("compare --timeline no/t.json", "no/t.json: cannot write this file");
}

TEST_F(TimelineCommand, SaysInOneLineThatTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  for (const char* accesses : {"20", "2000"}) {  // less than is written at once, and more
    fs::create_symlink("/dev/full", folder_ / "t.json.part");
    const Finished finished = tessera(
        fmt::format("compare --methods rfp --accesses {} --timeline t.json", accesses), folder_);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.err, HasSubstr("t.json: cannot write this file: No space left"));
    EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    EXPECT_TRUE(fs::is_empty(folder_));
  }
}

}  // namespace
}  // namespace tessera::cli
