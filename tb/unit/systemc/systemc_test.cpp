// The SystemC module against the other models of the same hardware.

#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "model/clocked/clocked_mmu.hpp"
#include "model/mmu/core.hpp"
#include "model/mmu/transaction_engine.hpp"
#include "model/systemc/systemc_device.hpp"
#include "tb/lockstep/stimulus.hpp"
#include "tb/lockstep/trace.hpp"
#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/random_memory.hpp"

namespace tessera::systemc {
namespace {

using clocked::compare_engines;
using clocked::Configuration;
using clocked::configuration_of;
using clocked::EngineComparison;

constexpr std::uint64_t kCalls = 20000;
constexpr std::uint64_t kCycles = 100000;

class SystemcConfigurations : public testing::TestWithParam<const char*> {};

TEST_P(SystemcConfigurations, AgreeWithTheTransactionEngineOnEveryResponse) {
  const Configuration c = configuration_of(GetParam());
  clocked::RandomMemory left(1);
  clocked::RandomMemory right(1);
  mmu::TransactionEngine transaction(c.parameters, c.timing, &left);
  const auto systemc = make_systemc_engine(c.parameters, c.timing, &right);
  const EngineComparison result = compare_engines(transaction, *systemc, c.parameters, 1, kCalls);
  EXPECT_EQ(result.difference, "") << GetParam() << ", seed 1";
  EXPECT_EQ(result.calls, kCalls);
  std::cout << GetParam() << ", seed 1: " << result.calls << " calls, " << systemc->now().value()
            << " cycles\n";
}

TEST_P(SystemcConfigurations, ShowTheClockedModelsPinsInEveryCycle) {
  const Configuration c = configuration_of(GetParam());
  clocked::ClockedMmu mmu(c.parameters, c.timing);
  SystemcDevice device(c.parameters, c.timing);
  lockstep::Stimulus stimulus(c.parameters, 1);
  clocked::OutputPins now;
  for (std::uint64_t cycle = 0; cycle < kCycles && !HasFailure(); ++cycle) {
    const clocked::InputPins in = stimulus.next(now);
    std::vector<std::uint64_t> expected;
    std::vector<std::uint64_t> shown;
    now = mmu.step(in);
    visit_outputs(now, [&](const char*, auto value) { expected.push_back(value); });
    visit_outputs(device.step(in), [&](const char*, auto value) { shown.push_back(value); });
    EXPECT_EQ(expected, shown) << GetParam() << ", seed 1, cycle " << cycle;
  }
}

INSTANTIATE_TEST_SUITE_P(Configurations, SystemcConfigurations,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "small_tablewalk",
                                         "small_e6500"),
                         [](const auto& name) { return std::string(name.param); });

TEST(Systemc, PlaysTheWorkedTraces) {
  std::uint64_t checks = 0;
  unsigned traces = 0;
  for (const auto& file : std::filesystem::directory_iterator(TESSERA_TRACES)) {
    if (file.path().extension() != ".trace") continue;
    const lockstep::Trace trace = lockstep::read_trace(file.path().string());
    SystemcDevice device(trace.core.parameters, trace.core.timing);
    const lockstep::TraceResult result = lockstep::replay_trace(trace, device);
    for (const std::string& difference : result.differences) ADD_FAILURE() << file << difference;
    checks += result.checks;
    ++traces;
  }
  std::cout << traces << " traces, " << checks << " checks\n";
  EXPECT_EQ(traces, 14U);
  EXPECT_GT(checks, 1700U);
}

TEST(Systemc, HasSeveralSimulationsSideBySideInAProcess) {
  const Configuration c = configuration_of("e500mc");
  const auto one = make_systemc_engine(c.parameters, c.timing);
  one->advance(Cycles(5));
  const auto other = make_systemc_engine(c.parameters, c.timing);
  const auto boot_page = [](mmu::MmuEngine& engine) {
    mmu::Access access;
    access.ea = EffectiveAddress(0xFFFFF000);
    access.kind = mmu::AccessKind::Fetch;
    return engine.access(access);
  };
  EXPECT_EQ(boot_page(*one).done, Cycles(12));
  EXPECT_EQ(boot_page(*other).done, Cycles(7));
  EXPECT_EQ(boot_page(*one).done, Cycles(13));
}

TEST(Systemc, RefusesWhatCannotBeBuilt) {
  mmu::Parameters parameters;
  parameters.tlb0_sets = 0;
  EXPECT_THROW(make_systemc_engine(parameters, {}), std::invalid_argument);
}

}  // namespace
}  // namespace tessera::systemc
