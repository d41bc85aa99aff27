// A run that is saved and gone on with must be the run that was never interrupted: equal results,
// and at the end an equal state, byte for byte. Held to no file: each pair of runs checks itself.

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "model/types/archive.hpp"
#include "sw/machine/walkers.hpp"
#include "sw/workload/dbwin.hpp"
#include "sw/workload/registry.hpp"
#include "tb/unit/machine/small_machine.hpp"
#include "tb/unit/sanitized.hpp"

namespace tessera::machine::checkpoints {
namespace {

using mmu::HardwareWalker;
using WorkloadPtr = std::unique_ptr<workload::Workload>;

constexpr PageCount kRam{32U << 8};

/// A workload by name, fresh each time; `remapped` as the method wants it.
struct Player {
  std::string name;
  std::function<WorkloadPtr(bool remapped)> make;
};

WorkloadPtr make_dbwin(bool remapped, std::uint64_t touch, PageCount file = PageCount(1024)) {
  workload::DbwinParameters p;
  p.file_pages = file;
  p.window_pages = PageCount(file.value() / 4);
  p.element_pages = PageCount(2);
  p.remaps = file.value() / 2;
  p.touch = touch;
  p.remapped = remapped;
  return std::make_unique<workload::Dbwin>(p);
}

/// Every workload there is, small.
std::vector<Player> players() {
  static workload::StreamCache streams;
  static const std::vector<std::pair<std::string, std::uint64_t>> small{
      {"window_pages", 256}, {"file_pages", 1024},    {"accesses", 600}, {"remaps", 400},
      {"visits", 400},       {"guest_accesses", 400}, {"records", 400},  {"task_pages", 32},
      {"slice", 40},         {"scan_elements", 32}};
  std::vector<Player> all;
  for (const workload::Description& known : workload::workloads()) {
    workload::Choices choices;
    for (const auto& [key, value] : small) {
      const bool of_the_stream = known.name == "window" && key == "file_pages";
      if (parameter_of(known, key) != nullptr && !of_the_stream) choices[key] = value;
    }
    const auto plan =
        std::make_shared<workload::Plan>(known.prepare(workload::Values(known, choices, streams)));
    all.push_back({known.name, [plan](bool remapped) { return plan->make(remapped); }});
  }
  return all;
}

/// One whose file has more pages than the smallest machine has memory.
const Player kLarge{"dbwin with a large file",
                    [](bool remapped) { return make_dbwin(remapped, 2, PageCount(8192)); }};

/// What a run is.
struct Setting {
  MachineConfig config;
  Method method = Method::None;
  const Player* player = nullptr;

  std::string text() const {
    return fmt::format("{} on {}, Linux {}, walker {}, {}-bit PTEs, {}, {} of {}", player->name,
                       config.core, config.kernel.name, describe(config.mmu.hardware_walker).name,
                       8 * config.format->width_bytes, describe(method).name,
                       config.file_cache == vm::FileCache::Cold ? "a cold file" : "a file",
                       config.file_system.name);
  }
};

/// A run with its workload.
struct Played {
  explicit Played(const Setting& setting)
      : workload(setting.player->make(setting.method != Method::None)),
        run(setting.config, setting.method, *workload) {}

  std::string save() {
    Archive archive;
    run.state(archive);
    return archive.take();
  }
  void load(std::string_view bytes) {
    Archive archive(bytes);
    run.state(archive);
    archive.finish();
  }
  unsigned advance(unsigned times) {
    unsigned done = 0;
    while (done < times && run.advance()) ++done;
    return done;
  }

  WorkloadPtr workload;
  Run run;
};

constexpr unsigned kToTheEnd = ~0U;

unsigned below(unsigned bound, std::mt19937& draw) { return static_cast<unsigned>(draw() % bound); }

std::string text_of(RunResult result) {
  Archive archive;
  result.state(archive);
  return archive.take();
}

/// Runs to the end, which comes to the result; again, saving on the way `cuts` times, each time
/// into a fresh machine.
RunResult expect_same_when_cut(const Setting& setting, unsigned cuts, std::mt19937& draw) {
  SCOPED_TRACE(setting.text());
  Played whole(setting);
  unsigned left = whole.advance(kToTheEnd);
  cuts = std::min(cuts, left);  // a kernel that refuses a device ends the run before it began
  const std::string end = whole.save();

  auto cut = std::make_unique<Played>(setting);
  for (; cuts > 0; --cuts) {
    const unsigned advance = 1 + below(left - cuts + 1, draw);
    left -= cut->advance(advance);
    const std::string saved = cut->save();
    cut = std::make_unique<Played>(setting);
    cut->advance(below(3, draw));  // whatever state it was in
    cut->load(saved);
    EXPECT_EQ(cut->save() == saved, true) << "saved, loaded, saved again";
  }
  EXPECT_EQ(cut->advance(kToTheEnd), left);
  EXPECT_EQ(cut->save() == end, true) << "the state at the end";
  RunResult result = whole.run.finish(false);
  EXPECT_EQ(text_of(cut->run.finish(false)), text_of(result));
  return result;
}

Setting setting_of(const char* core, unsigned pte, HardwareWalker walker, std::string_view kernel) {
  Setting setting;
  setting.config = config_of(core, pte, walker);
  setting.config.kernel = *vm::find_kernel(kernel);
  setting.config.memory.ram = kRam;
  setting.config.accounting.interval = 300;
  return setting;
}

std::mt19937 seeded() {
  const unsigned seed = std::random_device()();
  fmt::print("seed {}\n", seed);
  return std::mt19937(seed);
}

TEST(Checkpoint, RunsOfAllWorkloadsMethodsKernelsAndWalkersGoOn) {
  std::mt19937 draw = seeded();
  const std::vector<Player> all = players();
  unsigned checked = 0;
  std::uint64_t accesses = 0;
  for (const char* kernel : {"2.6.11", "3.8", "6.1", "6.18"}) {
    if (kSanitized && std::string_view(kernel) != "3.8") continue;
    for (const WalkerDescription& walker : walkers()) {
      for (const Player& player : all) {
        for (const Method method : usual_methods()) {
          if (kSanitized && method != Method::Mmap && method != Method::RemapNonblock) continue;
          Setting setting = setting_of("e500mc", 64, walker.walker, kernel);
          setting.method = method;
          setting.player = &player;
          setting.config.accounting.warm_up = player.name == "dbwin" ? 150 : 0;
          setting.config.accounting.full = method != Method::None;
          accesses += expect_same_when_cut(setting, 2, draw).counters.accesses;
          ++checked;
        }
      }
    }
  }
  EXPECT_GE(checked, (kSanitized ? 1 * 2 : 4 * 5) * 3 * 3U);
  EXPECT_GE(accesses, 100 * checked);
}

/// Every workload in this setting, and how many that were.
unsigned expect_same_with_every_workload(Setting setting, unsigned cuts, std::mt19937& draw) {
  const std::vector<Player> all = players();
  for (const Player& player : all) {
    setting.player = &player;
    expect_same_when_cut(setting, cuts, draw);
  }
  return static_cast<unsigned>(all.size());
}

TEST(Checkpoint, RunsOfAllKernelsGoOn) {
  std::mt19937 draw = seeded();
  unsigned checked = 0;
  for (const std::string_view kernel : vm::kernel_names()) {
    Setting setting = setting_of("e500mc", 64, HardwareWalker::Off, kernel);
    // 2.5.42 with MAP_NONBLOCK forgets what it was told of a page of a hole.
    setting.method =
        setting.config.kernel.remap.forgets_offsets ? Method::Remap : Method::RemapNonblock;
    checked += expect_same_with_every_workload(setting, 2, draw);
  }
  EXPECT_GE(checked, 8 * 3U);
}

TEST(Checkpoint, RunsOnOtherCoresAndWith32BitEntriesGoOn) {
  std::mt19937 draw = seeded();
  unsigned checked = 0;
  for (const std::string_view core : mmu::core_names()) {
    for (const unsigned pte : {32U, 64U}) {
      const HardwareWalker walker = mmu::find_core(core)->parameters.hardware_walker;
      if (walker == HardwareWalker::E6500 && pte == 32) continue;
      Setting setting = setting_of(core.data(), pte, walker, "3.8");
      setting.method = Method::RemapNonblock;
      checked += expect_same_with_every_workload(setting, 3, draw);
    }
  }
  EXPECT_GE(checked, 7 * 3U);
}

TEST(Checkpoint, RunsShortOfMemoryOnADiskGoOn) {
  std::mt19937 draw = seeded();
  std::uint64_t reclaimed = 0;
  for (const char* kernel : {"3.8", "6.1", "6.18", "2.6.11"}) {
    for (const Method method : {Method::Mmap, Method::RemapNonblock}) {
      Setting setting = setting_of("e500mc", 64, HardwareWalker::Off, kernel);
      setting.config.memory.ram = PageCount(17U << 8);
      setting.config.file_system = *vm::find_file_system(method == Method::Mmap ? "ext2" : "ext4");
      setting.config.file_cache = vm::FileCache::Cold;
      setting.method = method;
      setting.player = &kLarge;
      const RunResult result = expect_same_when_cut(setting, 3, draw);
      reclaimed += result.counters.flushes_reclaim;
    }
  }
  EXPECT_GT(reclaimed, 1000U);
}

TEST(Checkpoint, RunsWithHugePagesGoOn) {
  std::mt19937 draw = seeded();
  const Player player{"dbwin with huge pages", [](bool) {
                        workload::DbwinParameters p;
                        p.file_pages = PageCount(12 * 1024);
                        p.window_pages = PageCount(8 * 1024);
                        p.element_pages = PageCount(1024);
                        p.remaps = 256;
                        p.touch = 20;
                        return std::make_unique<workload::Dbwin>(p);
                      }};
  for (const char* kernel : {"3.8", "6.1"}) {
    Setting setting = setting_of("e500mc", 64, HardwareWalker::Off, kernel);
    setting.config.memory.ram = PageCount(128U << 8);
    setting.config.nr_hugepages = 14;
    setting.method = Method::Hugetlb;
    setting.player = &player;
    const RunResult result = expect_same_when_cut(setting, 2, draw);
    EXPECT_GT(result.counters.tlb1_preloads, 0U);
  }
}

/// One iteration too few or too many is noticed.
TEST(Checkpoint, StatesOfDifferentMomentsDiffer) {
  const std::vector<Player> all = players();
  Setting setting = setting_of("e500mc", 64, HardwareWalker::Off, "3.8");
  setting.method = Method::Mmap;
  setting.player = &all.front();
  Played early(setting);
  Played late(setting);
  early.advance(1);
  late.advance(2);
  EXPECT_NE(early.save() == late.save(), true);
}

TEST(Checkpoint, StatesOfOtherMachinesAreRefused) {
  const std::vector<Player> all = players();
  Setting setting = setting_of("e500mc", 64, HardwareWalker::Off, "3.8");
  setting.player = &all.front();
  const std::string saved = Played(setting).save();
  Setting smaller = setting;
  smaller.config.mmu.tlb0_sets /= 2;
  EXPECT_THROW(Played(smaller).load(saved), ArchiveError);
  Setting other = setting;
  other.player = &all.back();
  EXPECT_THROW(Played(other).load(saved), ArchiveError);
  EXPECT_THROW(Played(setting).load(saved + "x"), ArchiveError);
  EXPECT_NO_THROW(Played(setting).load(saved));
}

}  // namespace
}  // namespace tessera::machine::checkpoints
