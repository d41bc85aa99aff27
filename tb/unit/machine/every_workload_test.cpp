// Every registered workload, by every method, on old and new kernels and cores, with small sizes.

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/archive.hpp"
#include "model/types/user_error.hpp"
#include "sw/machine/run.hpp"
#include "tb/unit/machine/small_machine.hpp"
#include "tb/unit/workload/told.hpp"

namespace tessera::machine {
namespace {

using ::testing::HasSubstr;
using workload::Choices;
using workload::plan_for;
using workload::whole;

/// A small case of a workload, and how many accesses that is by hand.
struct Case {
  Choices choices;
  std::uint64_t accesses;
  bool refuses_remapping = false;  ///< by native remap_file_pages (linux-vm.md E: a driver's VMA)
};

Case visits_case(Choices more = {}) {
  more.insert({{"visits", whole(300)},
               {"touches", whole(3)},
               {"window_pages", whole(32)},
               {"element_pages", whole(2)},
               {"file_pages", whole(256)}});
  return {std::move(more), 300 * 3};
}

Case refusing(Case small) {
  small.refuses_remapping = true;
  return small;
}

const std::map<std::string, Case>& small_cases() {
  static const std::map<std::string, Case> cases{
      // Blocks of 4 pages.
      {"window", {{{"accesses", whole(200)}, {"window_pages", whole(64)}}, 200 * 4}},
      {"dbwin",
       {{{"remaps", whole(200)}, {"window_pages", whole(64)}, {"file_pages", whole(256)}}, 200}},
      // Each page is written, and read.
      {"reverse", {{{"passes", whole(2)}, {"window_pages", whole(64)}}, 2 * 2 * 64}},
      {"uniform", visits_case()},
      {"zipf", visits_case({{"skew", 0.6}})},
      {"self_similar", visits_case()},
      {"scan", visits_case({{"scan_elements", whole(20)}})},
      {"growing", visits_case({{"start_elements", whole(4)}})},
      // Records of 2048 bytes from 0 on lie in one page each.
      {"mirror",
       {{{"records", whole(200)}, {"record_bytes", whole(2048)}, {"window_pages", whole(32)}},
        2 * 200}},
      {"sparse",
       {{{"visits", whole(300)}, {"touches", whole(2)}, {"window_pages", whole(64)}}, 300 * 2}},
      {"guest",
       {{{"guest_accesses", whole(1000)},
         {"slice", whole(100)},
         {"task_pages", whole(20)},
         {"window_pages", whole(128)},
         {"file_pages", whole(512)}},
        1000}},
      {"device", refusing(visits_case())},
  };
  return cases;
}

struct WorkloadSetting {
  std::string workload;
  const char* kernel;
  const char* core;
};

std::vector<WorkloadSetting> all_settings() {
  std::vector<WorkloadSetting> all;
  for (const workload::Description& workload : workload::workloads()) {
    for (const char* kernel : {"3.8", "6.1"}) {
      for (const char* core : {"e500mc", "e500v2"}) all.push_back({workload.name, kernel, core});
    }
  }
  return all;
}

std::string title_of_setting(const ::testing::TestParamInfo<WorkloadSetting>& info) {
  const std::string kernel = info.param.kernel;
  return info.param.workload + "_" + info.param.core + "_" + kernel.substr(0, 1) + kernel.substr(2);
}

RunResult run_told(const WorkloadSetting& setting, Method method, const Choices& choices) {
  MachineConfig config = config_of(setting.core);
  config.kernel = *vm::find_kernel(setting.kernel);
  const workload::Plan plan = plan_for(setting.workload, choices);
  const auto workload = plan.make(method != Method::None);
  return run(config, method, *workload, [](std::uint64_t, std::uint64_t) { return true; });
}

/// Every counter and every part of the time.
std::vector<std::uint64_t> figures_of(const RunResult& result) {
  std::vector<std::uint64_t> figures;
  for (const CounterDescription& counter : counter_descriptions()) {
    figures.push_back(result.counters.*counter.member);
  }
  for (const Cycles cycles : result.cycles) figures.push_back(cycles.value());
  return figures;
}

class EveryWorkload : public ::testing::TestWithParam<WorkloadSetting> {};

// That every page was the right one, and that all parties agree, run() itself insists on.
TEST_P(EveryWorkload, EndsSoundWithTheAccessesAskedForByEveryMethod) {
  const auto small = small_cases().find(GetParam().workload);
  ASSERT_NE(small, small_cases().end()) << "a workload without a small case";
  int methods = 0;
  for (const Method method : usual_methods()) {
    SCOPED_TRACE(describe(method).name);
    const RunResult result = run_told(GetParam(), method, small->second.choices);
    ++methods;
    const bool remaps = !vm::find_kernel(GetParam().kernel)->remap.is_emulated &&
                        (method == Method::Remap || method == Method::RemapNonblock);
    if (remaps && small->second.refuses_remapping) {
      EXPECT_EQ(result.error, "EINVAL");
      EXPECT_LT(result.counters.accesses, small->second.accesses);
      continue;
    }
    EXPECT_FALSE(result.error.has_value()) << *result.error;
    EXPECT_EQ(result.counters.accesses, small->second.accesses);
    EXPECT_EQ(result.counters.wrong_pages, 0U);
    if (method != Method::None) {
      EXPECT_GT(result.counters.remaps_done, 0U);
    }
  }
  EXPECT_EQ(methods, 5);
}

TEST_P(EveryWorkload, GivesTheSameTwiceAndAnotherResultForAnotherSeed) {
  const WorkloadSetting& setting = GetParam();
  Choices choices = small_cases().at(setting.workload).choices;
  const auto once = figures_of(run_told(setting, Method::Mmap, choices));
  EXPECT_EQ(figures_of(run_told(setting, Method::Mmap, choices)), once);
  if (parameter_of(*workload::find_workload(setting.workload), "seed") != nullptr) {
    choices["seed"] = whole(2);
    EXPECT_NE(figures_of(run_told(setting, Method::Mmap, choices)), once);
  }
}

std::string saved(Run& run) {
  Archive archive;
  run.state(archive);
  return archive.take();
}

void advance(Run& run, unsigned times) {
  for (unsigned i = 0; i < times && run.advance(); ++i) {
  }
}

// Decision 13: saved after 128 rounds, loaded into a run that is elsewhere.
TEST_P(EveryWorkload, GoesOnFromACheckpointAsIfNothingHadHappened) {
  constexpr unsigned kNoLimit = ~0U;
  MachineConfig config = config_of(GetParam().core);
  config.kernel = *vm::find_kernel(GetParam().kernel);
  config.memory.ram = PageCount(64U << 8);
  const workload::Plan plan =
      plan_for(GetParam().workload, small_cases().at(GetParam().workload).choices);
  const auto workload = plan.make(true);
  machine::Run straight(config, Method::Mmap, *workload);
  advance(straight, 2);
  const std::string middle = saved(straight);
  advance(straight, kNoLimit);

  const auto resumed_workload = plan.make(true);
  machine::Run resumed(config, Method::Mmap, *resumed_workload);
  advance(resumed, 1);
  Archive archive(middle);
  resumed.state(archive);
  archive.finish();
  EXPECT_TRUE(saved(resumed) == middle);
  advance(resumed, kNoLimit);
  EXPECT_TRUE(saved(resumed) == saved(straight));
  EXPECT_EQ(figures_of(resumed.finish(false)), figures_of(straight.finish(false)));
}

INSTANTIATE_TEST_SUITE_P(All, EveryWorkload, ::testing::ValuesIn(all_settings()), title_of_setting);

RunCounters counters_of(const std::string& workload, Method method, const Choices& choices) {
  return run_told({workload, "3.8", "e500mc"}, method, choices).counters;
}

// Two copies of the ring are one VMA of which half is remapped, or two that do not merge: the
// second begins with page 0 of the file again.
TEST(MirrorRun, IsOneVmaRemappedAndTwoMapped) {
  const Choices& choices = small_cases().at("mirror").choices;
  EXPECT_EQ(counters_of("mirror", Method::None, choices).vmas, 1U);
  EXPECT_EQ(counters_of("mirror", Method::Remap, choices).vmas, 1U);
  EXPECT_EQ(counters_of("mirror", Method::Mmap, choices).vmas, 2U);
  EXPECT_EQ(counters_of("mirror", Method::Mmap, choices).mapping_calls, 1U);
}

// A scan from element a on goes to slots 0, 1, 2, ... in turn: neighbours in the file are
// neighbours in the window, and their VMAs merge, until the window has been gone through. 16
// elements in 16 slots are then one VMA again, unless the scan wraps or begins within the first 16.
TEST(ScanRun, LeavesNeighboursInOneVma) {
  const Choices choices{{"visits", whole(16)},       {"touches", whole(1)},
                        {"window_pages", whole(32)}, {"element_pages", whole(2)},
                        {"file_pages", whole(4096)}, {"scan_percent", whole(100)},
                        {"scan_elements", whole(16)}};
  const auto maps =
      workload::all_of<workload::MapElement>(workload::rounds_of(plan_for("scan", choices)));
  ASSERT_EQ(maps.size(), 16U);
  ASSERT_EQ(maps.back().file_page.value(), maps.front().file_page.value() + 30);
  EXPECT_EQ(counters_of("scan", Method::Mmap, choices).vmas, 1U);
  EXPECT_EQ(counters_of("scan", Method::Mmap, choices).vmas_peak, 2U);
  EXPECT_EQ(counters_of("scan", Method::Remap, choices).vmas, 1U);
}

// Every address is remapped once, to frames of which no two neighbours agree: a VMA a page.
TEST(GuestRun, MakesEveryPageAVma) {
  const Choices choices{{"guest_accesses", whole(1)},    {"tasks", whole(1)},
                        {"task_pages", whole(64)},       {"window_pages", whole(64)},
                        {"file_pages", whole(1U << 20)}, {"change_permille", whole(0)}};
  const auto rounds = workload::rounds_of(plan_for("guest", choices));
  std::map<std::uint64_t, std::uint64_t> shown;
  for (const workload::MapElement& map : workload::all_of<workload::MapElement>(rounds)) {
    shown[map.window_page.value()] = map.file_page.value();
  }
  ASSERT_EQ(shown.size(), 64U);
  for (const auto& [page, frame] : shown) ASSERT_NE(frame + 1, shown[(page + 1) % 64]);
  EXPECT_EQ(counters_of("guest", Method::Mmap, choices).vmas, 64U);
  EXPECT_EQ(counters_of("guest", Method::Mmap, choices).mapping_calls, 64U);
  EXPECT_EQ(counters_of("guest", Method::Remap, choices).vmas, 1U);
  EXPECT_EQ(counters_of("guest", Method::Remap, choices).mapping_calls, 64U);
}

// With a window as large as the file nothing is ever replaced.
TEST(UniformRun, MapsNothingWhenTheWindowHoldsTheFile) {
  const Choices choices{{"visits", whole(500)},
                        {"window_pages", whole(64)},
                        {"element_pages", whole(2)},
                        {"write_percent", whole(0)},
                        {"file_pages", whole(64)}};
  EXPECT_EQ(counters_of("uniform", Method::Mmap, choices).mapping_calls, 0U);
  EXPECT_EQ(counters_of("uniform", Method::Mmap, choices).faults_minor, 64U);
}

// A driver that maps all at once leaves nothing to fault for; one that faults is asked once for
// each page of the window.
TEST(DeviceRun, FaultsOnceAPageOrNever) {
  Choices choices{{"visits", whole(500)},      {"touches", whole(2)},
                  {"window_pages", whole(64)}, {"element_pages", whole(2)},
                  {"file_pages", whole(64)},   {"write_percent", whole(0)}};
  EXPECT_EQ(counters_of("device", Method::Mmap, choices).faults_minor, 0U);
  choices["driver"] = std::string("fault");
  EXPECT_EQ(counters_of("device", Method::Mmap, choices).faults_minor, 64U);
  EXPECT_EQ(counters_of("device", Method::Mmap, choices).page_fault_exceptions, 64U);
}

// Mappings of drivers do not merge (VM_SPECIAL): the window's 16 elements are a VMA each once every
// one was replaced.
TEST(DeviceRun, HasAVmaAnElementAndTheRightPageEverywhere) {
  for (const char* driver : {"all", "fault"}) {
    for (const char* kernel : {"3.8", "6.1"}) {
      const Choices choices{{"visits", whole(2000)},     {"touches", whole(4)},
                            {"window_pages", whole(64)}, {"element_pages", whole(4)},
                            {"file_pages", whole(1024)}, {"driver", std::string(driver)}};
      const RunResult result = run_told({"device", kernel, "e500mc"}, Method::Mmap, choices);
      EXPECT_FALSE(result.error.has_value());
      EXPECT_EQ(result.counters.vmas, 16U);
      EXPECT_EQ(result.counters.wrong_pages, 0U);
    }
  }
}

TEST(DeviceRun, RefusesWhatADeviceCannotBe) {
  const workload::Plan plan = plan_for("device", {});
  const auto workload = plan.make(true);
  const auto error_of = [&](const MachineConfig& config, Method method) -> std::string {
    try {
      run(config, method, *workload, [](std::uint64_t, std::uint64_t) { return true; });
    } catch (const UserError& error) {
      return error.what();
    }
    return "no error";
  };
  MachineConfig config = config_of("e500mc");
  config.file_system = vm::kExt4;
  EXPECT_THAT(error_of(config, Method::Mmap), HasSubstr("vm.file_system is ext4"));
  EXPECT_THAT(error_of(config_of("e500mc"), Method::Hugetlb), HasSubstr("hugetlb"));
  EXPECT_THROW(plan_for("device", {{"driver", std::string("some")}}), UserError);
}

// Every visit is to another page, which is made then: 300, however large the file. And the page
// tables grow with the window alone.
TEST(SparseRun, TakesMemoryForWhatIsTouchedAlone) {
  Choices choices{{"visits", whole(300)}, {"touches", whole(1)}, {"window_pages", whole(1024)}};
  const RunCounters terabyte = counters_of("sparse", Method::RemapNonblock, choices);
  choices["file_pages"] = whole(1U << 24);
  const RunCounters small = counters_of("sparse", Method::RemapNonblock, choices);
  EXPECT_EQ(terabyte.faults_minor, 300U);
  EXPECT_EQ(small.faults_minor, 300U);
  EXPECT_EQ(terabyte.page_table_pages, small.page_table_pages);
}

// 2.6's and 3.8's remap_file_pages refuses an offset that a PTE does not hold
// (linux-vm.md A4: PTE_FILE_MAX_BITS); mmap stores offsets in the VMA.
TEST(SparseRun, EndsWithTheKernelsErrorBeyondWhatAPteHolds) {
  const Choices choices{{"visits", whole(50)}, {"file_pages", whole(1ULL << 31)}};
  const workload::Plan plan = plan_for("sparse", choices);
  const MachineConfig config = config_of("e500mc", 32);
  const auto run_by = [&](Method method) {
    const auto workload = plan.make(true);
    return run(config, method, *workload, [](std::uint64_t, std::uint64_t) { return true; });
  };
  EXPECT_EQ(run_by(Method::Remap).error, "EINVAL");
  EXPECT_FALSE(run_by(Method::Mmap).error.has_value());
}

}  // namespace
}  // namespace tessera::machine
