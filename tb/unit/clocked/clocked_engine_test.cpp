#include "model/clocked/clocked_engine.hpp"

#include <array>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/clocked/pin_engine.hpp"
#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "sw/replay/mmu/replay.hpp"
#include "sw/workload/text_source.hpp"
#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/random_memory.hpp"

namespace tessera::clocked {
namespace {

constexpr std::uint64_t kCalls = 100000;
constexpr unsigned kSeeds = 2;
constexpr std::uint64_t kAuditedCalls = 20000;

class TwoEngines : public testing::TestWithParam<const char*> {};

TEST_P(TwoEngines, AgreeOnEveryResponseCycleAndCounter) {
  const Configuration c = configuration_of(GetParam());
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    mmu::TransactionEngine transaction(c.parameters, c.timing);
    const auto clocked = make_clocked_engine(c.parameters, c.timing);
    const EngineComparison result =
        compare_engines(transaction, *clocked, c.parameters, seed, kCalls);
    EXPECT_EQ(result.difference, "") << GetParam() << ", seed " << seed;
    EXPECT_EQ(result.calls, kCalls);
    const mmu::MmuCounters& n = clocked->counters();
    std::cout << GetParam() << ", seed " << seed << ": " << result.calls << " calls, "
              << clocked->now().value() << " cycles, " << n.l1_hits << " L1 hits, " << n.l2_hits
              << " L2 hits, " << n.dtlb_errors + n.itlb_errors << " TLB errors, "
              << n.machine_checks << " machine checks, " << n.dsi + n.isi << " DSI and ISI, "
              << n.tlb0_writes + n.tlb1_writes << " tlbwe\n";
    EXPECT_GT(n.l2_hits, 500U);
    EXPECT_GT(n.dtlb_errors + n.itlb_errors, 500U);
  }
}

INSTANTIATE_TEST_SUITE_P(Configurations, TwoEngines,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "slow", "narrow",
                                         "lru", "lru_at_one_edge"),
                         [](const auto& name) { return std::string(name.param); });

class TwoWalkers : public testing::TestWithParam<std::string> {};

TEST_P(TwoWalkers, AgreeOnEveryResponseCycleCounterAndLoad) {
  const Configuration c = configuration_of(GetParam());
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    RandomMemory left(seed);
    RandomMemory right(seed);
    mmu::TransactionEngine transaction(c.parameters, c.timing, &left);
    const auto clocked = make_clocked_engine(c.parameters, c.timing, &right);
    const EngineComparison result =
        compare_engines(transaction, *clocked, c.parameters, seed, kCalls);
    EXPECT_EQ(result.difference, "") << GetParam() << ", seed " << seed;
    EXPECT_EQ(left.checksum(), right.checksum());
    const mmu::MmuCounters& n = clocked->counters();
    EXPECT_EQ(n.walk_loads, right.loads());
    std::cout << GetParam() << ", seed " << seed << ": " << n.walk_loads << " loads, "
              << n.walk_writes << " writes, " << n.walk_faults << " faults, " << n.machine_checks
              << " machine checks, " << n.l1_hits << " L1 hits, " << n.l2_hits << " L2 hits\n";
    EXPECT_GT(n.walk_writes, 500U);
    EXPECT_GT(n.walk_faults, 100U);
  }
}

std::vector<std::string> walkers() {
  std::vector<std::string> names;
  for (const std::string stem : {"e500mc", "e500v2", "qemu", "small", "slow", "narrow", "lru",
                                 "lru_at_one_edge", "jammed", "open"}) {
    names.push_back(stem + "_tablewalk");
    names.push_back(stem + "_e6500");
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Configurations, TwoWalkers, testing::ValuesIn(walkers()),
                         [](const auto& name) { return name.param; });

struct PortTimes {
  std::uint64_t hit_extra;
  std::uint64_t penalty;
  std::uint64_t accept;
};

class Audits : public testing::TestWithParam<const char*> {};

// Entries are read by instructions on the pins, during which the device's L2 port becomes free.
TEST_P(Audits, TakeNoTimeAndLeaveTheL2PortAsItWas) {
  std::uint64_t checks = 0;
  for (const PortTimes& t :
       std::to_array<PortTimes>({{0, 1, 20}, {2, 1, 9}, {30, 3, 20}, {0, 40, 12}})) {
    Configuration c = configuration_of(GetParam());
    RandomMemory left(1);
    RandomMemory right(1);
    c.timing.l1tlb_hit_extra = Cycles(t.hit_extra);
    c.timing.l2tlb_hit_penalty = Cycles(t.penalty);
    c.timing.l2tlb_accept = Cycles(t.accept);
    // Several matches and bus errors of walks then look the same.
    c.parameters.multi_hit = mmu::MultiHit::MachineCheck;
    mmu::TransactionEngine transaction(c.parameters, c.timing, &left);
    const auto clocked = make_clocked_engine(c.parameters, c.timing, &right);
    const EngineComparison result =
        compare_engines(transaction, *clocked, c.parameters, 1, kAuditedCalls, 2);
    EXPECT_EQ(result.difference, "") << GetParam() << ", penalty " << t.penalty << ", seed 1";
    checks += result.checks;
  }
  std::cout << GetParam() << ": " << checks << " checks\n";
  EXPECT_GE(checks, 4 * kAuditedCalls * 5 / 2);
}

INSTANTIATE_TEST_SUITE_P(Configurations, Audits,
                         testing::Values("small", "small_tablewalk", "small_e6500"),
                         [](const auto& name) { return std::string(name.param); });

class QemuLogOnPins : public testing::TestWithParam<const char*> {};

TEST_P(QemuLogOnPins, IsReproducedWithoutAMismatch) {
  const mmu::Core& core = *mmu::find_core("qemu");
  const auto engine = make_clocked_engine(core.parameters, core.timing);
  const std::string path = std::string(TESSERA_QEMU_LOGS) + "/" + GetParam() + ".log.zst";
  const replay::MmuReplay result =
      replay::replay_mmu(workload::read_text(path), GetParam(), *engine);
  std::cout << result.operations << " operations, " << result.checks << " checks\n";
  for (const std::string& report : result.reports) ADD_FAILURE() << report;
  EXPECT_EQ(result.mismatches, 0U);
  EXPECT_GE(result.checks, 45000U);
}

INSTANTIATE_TEST_SUITE_P(Logs, QemuLogOnPins,
                         testing::Values("m32_s1", "m0_s11", "m8_s19", "m16_s22"),
                         [](const auto& log) { return std::string(log.param); });

TEST(ClockedEngine, RefusesWhatCannotBeBuilt) {
  mmu::Parameters parameters;
  parameters.hardware_walker = mmu::HardwareWalker::Tablewalk;
  EXPECT_THROW(make_clocked_engine(parameters, {}), std::invalid_argument) << "no memory";
  parameters.tlb0_sets = 0;
  EXPECT_THROW(make_clocked_engine(parameters, {}), std::invalid_argument);
}

TEST(ClockedEngine, AcceptsItsFirstAccessInCycleZero) {
  const auto engine = make_clocked_engine({}, {});
  EXPECT_EQ(engine->now(), Cycles(0));
  EXPECT_EQ(engine->access({}).done, Cycles(7));
}

/// Ready or not, but never an answer.
class DeadDevice final : public PinDevice {
 public:
  explicit DeadDevice(bool ready) {
    out_.i_req_ready = out_.d_req_ready = out_.instr_ready = ready;
  }
  const OutputPins& step(const InputPins& /*in*/) override { return out_; }

 private:
  OutputPins out_;
};

TEST(PinEngine, ComplainsOfADeviceThatDoesNotAnswer) {
  for (const bool ready : {false, true}) {
    PinEngine engine(std::make_unique<DeadDevice>(ready), {}, {});
    EXPECT_THROW(engine.access({}), std::logic_error);
    EXPECT_THROW(engine.access_pair({}, {}), std::logic_error);
    EXPECT_THROW(engine.execute({}), std::logic_error);
  }
}

}  // namespace
}  // namespace tessera::clocked
