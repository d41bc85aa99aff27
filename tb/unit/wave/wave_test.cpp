// Waves, read back from their files: the FST by GTKWave's reader, the VCD by one of our own. What
// they show must be what the engine answered, cycle by cycle.

#include <iostream>
#include <string_view>

#include <gtest/gtest.h>

#include "model/clocked/pins.hpp"
#include "model/wave/wave_file.hpp"
#include "sw/report/temporary_folder.hpp"
#include "tb/unit/wave/recorded_run.hpp"
#include "tb/unit/wave/wave_reader.hpp"

namespace tessera::wave {
namespace {

constexpr std::uint64_t kCalls = 1500;
constexpr unsigned kSeed = 1;

std::uint64_t ticks(std::uint64_t cycle) { return cycle * kTicksACycle; }

struct Engine {
  const char* name;
  const char* core;
  const char* file;
};

class Waves : public testing::TestWithParam<Engine> {
 protected:
  /// Runs the engine with a wave of these cycles, and reads it.
  Answers run(Cycles from, Cycles to) {
    const report::TemporaryFolder temporary;
    const std::filesystem::path& folder = temporary.path();
    const Wave wave{folder / GetParam().file, from, to};
    Answers answers = run_recorded(GetParam().name, core(), wave, kSeed, kCalls);
    contents_ = read_wave(wave.file);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1) << "one file";
    return answers;
  }
  Answers run() { return run(Wave().from, Wave().to); }

  static const mmu::Core& core() { return *mmu::find_core(GetParam().core); }

  /// The cycles in which a pin is 1.
  std::set<std::uint64_t> cycles_with(const std::string& pin, std::uint64_t bit = 0) const {
    const Signal& signal = contents_.signal("mmu." + pin);
    std::set<std::uint64_t> cycles;
    for (std::uint64_t k = contents_.first_tick / kTicksACycle; ticks(k) <= contents_.last_tick;
         ++k) {
      if (((signal.at(ticks(k)) >> bit) & 1) != 0) cycles.insert(k);
    }
    return cycles;
  }
  std::uint64_t events(std::uint64_t bit) const { return cycles_with("perf_event_o", bit).size(); }

  Contents contents_;
};

TEST_P(Waves, ShowEachResponseInTheCycleThatTheEngineNamed) {
  const Answers answers = run();
  EXPECT_EQ(cycles_with("i_rsp_valid_o"), answers.fetches);
  EXPECT_EQ(cycles_with("d_rsp_valid_o"), answers.data);
  EXPECT_EQ(cycles_with("instr_done_o"), answers.instructions);
  const std::uint64_t checks =
      answers.fetches.size() + answers.data.size() + answers.instructions.size();
  std::cout << checks << " responses in " << answers.end << " cycles\n";
  EXPECT_GT(checks, 1500U);
}

TEST_P(Waves, ShowAsManyEventsAsTheEngineCounted) {
  const mmu::MmuCounters counters = run().counters;
  EXPECT_EQ(events(0) + events(1), counters.l1_hits);
  EXPECT_EQ(events(2) + events(3), counters.l2_hits);
  EXPECT_EQ(events(4), counters.dtlb_errors);
  EXPECT_EQ(events(5), counters.itlb_errors);
  EXPECT_EQ(events(8), counters.dsi);
  EXPECT_EQ(events(10), counters.tlb0_writes);
  EXPECT_EQ(events(11), counters.tlb1_writes);
  EXPECT_GT(counters.dtlb_errors, 50U);
}

TEST_P(Waves, HaveTheClockRunInEveryCycleAlsoWhereTheEngineSkipsSome) {
  const Answers answers = run();
  EXPECT_EQ(contents_.timescale, kTimeUnit);
  EXPECT_EQ(contents_.first_tick, 0U);
  EXPECT_EQ(contents_.last_tick, ticks(answers.end) + kTicksACycle / 2);
  const Signal& clock = contents_.signal("mmu.clk_i");
  for (std::uint64_t k = 0; k <= answers.end; ++k) {
    ASSERT_EQ(clock.at(ticks(k)), 1U) << "cycle " << k;
    ASSERT_EQ(clock.at(ticks(k) + kTicksACycle / 2), 0U) << "cycle " << k;
  }
}

TEST_P(Waves, ShowTheCyclesAskedForAndNoOthers) {
  run();
  const Contents all = std::move(contents_);
  run(Cycles(1000), Cycles(1099));
  EXPECT_EQ(contents_.first_tick, ticks(1000));
  EXPECT_EQ(contents_.last_tick, ticks(1099) + kTicksACycle / 2);
  std::uint64_t checks = 0;
  for (const auto& [path, signal] : contents_.signals) {
    if (signal.width > 64) continue;
    for (std::uint64_t tick = contents_.first_tick; tick <= contents_.last_tick; tick += 5) {
      ASSERT_EQ(signal.at(tick), all.signal(path).at(tick)) << path << " at tick " << tick;
      ++checks;
    }
  }
  EXPECT_GE(checks, 200U * 44U);
}

TEST_P(Waves, DoNotChangeWhatTheEngineAnswers) {
  const Answers whole = run();
  const Answers part = run(Cycles(500), Cycles(500));
  EXPECT_EQ(whole.data, part.data);
  EXPECT_EQ(whole.instructions, part.instructions);
  EXPECT_EQ(whole.end, part.end);
}

INSTANTIATE_TEST_SUITE_P(Engines, Waves,
                         testing::Values(Engine{"rtl", "e500mc", "x.fst"},
                                         Engine{"rtl", "e500v2", "x.fst"},
                                         Engine{"rtl", "qemu", "x.fst"},
                                         Engine{"systemc", "e500mc", "x.vcd"},
                                         Engine{"systemc", "qemu", "x.vcd"}),
                         [](const auto& test) {
                           return std::string(test.param.name) + "_" + std::string(test.param.core);
                         });

TEST(Waves, OfRtlAndSystemcAgreeOnEveryPinInEveryCycle) {
  const report::TemporaryFolder temporary;
  const std::filesystem::path& folder = temporary.path();
  const mmu::Core& core = *mmu::find_core("e500mc");
  const Answers answers = run_recorded("rtl", core, {folder / "x.fst"}, 2, kCalls);
  run_recorded("systemc", core, {folder / "x.vcd"}, 2, kCalls);
  const Contents rtl = read_wave(folder / "x.fst");
  const Contents systemc = read_wave(folder / "x.vcd");
  EXPECT_EQ(systemc.signals.size(), 1U + 28U + 22U) << "the clock, the inputs, the outputs";
  std::uint64_t checks = 0;
  for (const auto& [path, pin] : systemc.signals) {
    const Signal& other = rtl.signal(path);
    // The LPID is as wide as the core's; the pins have room for the widest.
    EXPECT_EQ(pin.width, path == "mmu.snoop_lpid_i" ? 8U : other.width) << path;
    for (std::uint64_t k = 0; k <= answers.end; ++k) {
      ASSERT_EQ(pin.at(ticks(k)), other.at(ticks(k))) << path << ", seed 2, cycle " << k;
      ++checks;
    }
  }
  std::cout << checks << " checks\n";
  EXPECT_GT(checks, 400000U);
}

TEST(Waves, OfRtlShowEveryModuleAndEveryEntry) {
  const report::TemporaryFolder temporary;
  const std::filesystem::path& folder = temporary.path();
  const mmu::Core& core = *mmu::find_core("e500mc");
  run_recorded("rtl", core, {folder / "x.fst"}, kSeed, 100);
  const Contents contents = read_wave(folder / "x.fst");
  std::set<std::string> modules;
  std::uint64_t entries = 0;
  for (const auto& [path, signal] : contents.signals) {
    modules.insert(path.substr(0, path.rfind('.')));
    entries += path.rfind("mmu.u_l2.u_tlb0.page_q[", 0) == 0 ? 1 : 0;
  }
  EXPECT_GT(modules.size(), 15U);
  EXPECT_EQ(entries, core.parameters.tlb0_sets * core.parameters.tlb0_ways);
}

}  // namespace
}  // namespace tessera::wave
