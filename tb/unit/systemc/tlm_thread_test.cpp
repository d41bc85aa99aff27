// A whole platform: traffic, rule checkers on both sides of the MMU, memory, a handler that
// refills.

#include <iostream>

#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "model/systemc/tlm_memory.hpp"
#include "model/systemc/tlm_rule_checker.hpp"
#include "model/systemc/traffic_generator.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"
#include "tb/unit/systemc/tlm_walk_rig.hpp"

/// LeakSanitizer reads the guard pages of SystemC's coroutine stacks, and dies of it.
extern "C" const char* __asan_default_options() {  // NOLINT
  return "detect_leaks=0";
}

namespace tessera::systemc {
namespace {

constexpr std::uint64_t kBytes = 1U << 20;
constexpr std::uint64_t kTransactions = 50000;

Traffic traffic(bool use_dmi) {
  Traffic t;
  t.transactions = kTransactions;
  t.first = EffectiveAddress(kEa);
  t.length = Bytes(kBytes);
  t.use_dmi = use_dmi;
  t.use_context = true;
  t.context.pr = true;
  t.seed = 11;
  return t;
}

struct Platform : SimulationScope {
  Platform(const Traffic& t, const sc_core::sc_time& quantum) : core("core", t) {
    tlm_utils::tlm_quantumkeeper::set_global_quantum(quantum);
    core.socket.bind(above.target_socket);
    above.initiator_socket.bind(mmu.target_socket);
    mmu.initiator_socket.bind(below.target_socket);
    below.initiator_socket.bind(memory.socket);
    mmu.execute({mmu::Opcode::Mtspr, 0x100, 0, mmu::Spr::Mas4, false, false, false}, boot);
    mmu.set_exception_handler([this](const mmu::Access&, const mmu::Translation& exception,
                                     sc_core::sc_time& delay) { return refill(exception, delay); });
  }

  /// Page by page backwards, so that real and effective addresses differ in every bit.
  Resolution refill(const mmu::Translation& exception, sc_core::sc_time& delay) {
    const std::uint32_t page = exception.fault_ea.value() & 0xFFFFF000;
    const auto offset = static_cast<std::uint32_t>(kEa + kBytes - 0x1000 - page);
    mmu.execute({mmu::Opcode::Mtspr, (kRa + offset) | 0x3F, 0, mmu::Spr::Mas3, false, false, false},
                delay);
    mmu.execute({mmu::Opcode::Tlbwe, 0, 0, mmu::Spr::Pid0, false, false, false}, delay);
    if (++refills % 200 == 0) {
      mmu.execute({mmu::Opcode::Tlbilx, 0, 0, mmu::Spr::Pid0, false, false, false}, delay);
    }
    return Resolution::Retry;
  }

  void run() { sc_core::sc_start(); }

  const mmu::Core& e500mc = *mmu::find_core("e500mc");
  TrafficGenerator core;
  TlmRuleChecker above{"above"};
  TlmMmu mmu{"mmu", e500mc.parameters, e500mc.timing, nanoseconds(1)};
  TlmRuleChecker below{"below"};
  TlmMemory memory{"memory", RealAddress(kRa), Bytes(kBytes), nanoseconds(20)};
  sc_core::sc_time boot;
  std::uint64_t refills = 0;
};

TEST(TlmPlatform, CarriesEveryByteToItsPlaceAndBreaksNoRule) {
  Platform platform(traffic(false), nanoseconds(1000));
  platform.run();
  const TrafficResult& result = platform.core.result();
  EXPECT_EQ(result.transactions, kTransactions);
  EXPECT_EQ(result.errors, 0U);
  EXPECT_EQ(result.wrong_bytes, 0U);
  EXPECT_EQ(result.dmi_accesses, 0U);
  EXPECT_EQ(platform.above.broken() + platform.below.broken(), 0U);
  EXPECT_EQ(platform.above.calls(), kTransactions);
  EXPECT_EQ(platform.below.calls(), kTransactions);
  EXPECT_GT(platform.refills, 400U);
  // Nothing but MMU and memory takes time, and boot came before.
  const std::uint64_t boot = 1;
  const std::uint64_t flushes = platform.refills / 200;
  EXPECT_EQ(platform.core.end(),
            nanoseconds(static_cast<double>(platform.mmu.engine().counters().l1_hits)) +
                nanoseconds(7) * static_cast<double>(platform.mmu.engine().counters().l2_hits +
                                                     platform.refills) +
                nanoseconds(1 + 6) * static_cast<double>(platform.refills) +
                nanoseconds(8 + 128) * static_cast<double>(flushes) +
                nanoseconds(20) * static_cast<double>(kTransactions));
  EXPECT_LE(platform.mmu.engine().now().value(),
            static_cast<std::uint64_t>(platform.core.end() / nanoseconds(1)) + boot);
}

// One initiator, and nobody else to see the order of things: the quantum is not to be seen.
TEST(TlmPlatform, TakesTheSameTimeWhateverTheQuantum) {
  const auto end_with = [](double quantum) {
    Platform platform(traffic(false), nanoseconds(quantum));
    platform.run();
    return platform.core.end();
  };
  const sc_core::sc_time end = end_with(0);
  EXPECT_GT(end, nanoseconds(21.0 * kTransactions));
  EXPECT_EQ(end_with(1000), end);
  EXPECT_EQ(end_with(1e6), end);
}

TEST(TlmPlatform, DmiCarriesEveryByteToItsPlaceToo) {
  Platform platform(traffic(true), nanoseconds(1000));
  platform.run();
  const TrafficResult& result = platform.core.result();
  std::cout << result.dmi_accesses << " accesses by DMI, " << result.dmi_grants << " grants, "
            << result.dmi_invalidations << " invalidations\n";
  EXPECT_EQ(result.transactions, kTransactions);
  EXPECT_EQ(result.errors, 0U);
  EXPECT_EQ(result.wrong_bytes, 0U);
  EXPECT_GT(result.dmi_accesses, 1000U);
  EXPECT_GT(result.dmi_invalidations, 100U);
  EXPECT_EQ(platform.above.broken() + platform.below.broken(), 0U);
  EXPECT_LT(platform.below.calls(), 2 * kTransactions);
}

// The generator's own check must be able to fail.
TEST(TlmPlatform, AWriterBehindTheGeneratorsBackIsNoticed) {
  Platform platform(traffic(false), nanoseconds(100));
  sc_core::sc_start(nanoseconds(400000));
  for (unsigned char& byte : platform.memory.bytes()) byte = static_cast<unsigned char>(byte + 1);
  platform.run();
  EXPECT_GT(platform.core.result().wrong_bytes, 100U);
}

/// A target whose debug transport waits, which it must not, and a thread that calls it.
class WaitingDebugger : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<WaitingDebugger> initiator{"initiator"};
  tlm_utils::simple_target_socket<WaitingDebugger> target{"target"};

  explicit WaitingDebugger(const sc_core::sc_module_name& name) : sc_module(name) {
    target.register_transport_dbg(this, &WaitingDebugger::transport_dbg);
    SC_HAS_PROCESS(WaitingDebugger);
    SC_THREAD(run);
  }

 private:
  void run() {
    payload_.set_data_ptr(&byte_);
    payload_.set_data_length(1);
    initiator->transport_dbg(payload_);
  }
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) {
    wait(nanoseconds(waits_++));
    return payload.get_data_length();
  }

  tlm::tlm_generic_payload payload_;
  unsigned char byte_ = 0;
  unsigned waits_ = 1;
};

TEST(TlmRulesInAThread, BiteDebugTransportThatWaits) {
  const SimulationScope scope;
  WaitingDebugger debugger("debugger");
  TlmRuleChecker checker("checker");
  debugger.initiator.bind(checker.target_socket);
  checker.initiator_socket.bind(debugger.target);
  const auto before =
      sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_DO_NOTHING);
  sc_core::sc_start(nanoseconds(5));
  sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, before);
  EXPECT_EQ(checker.broken(TlmRule::DebugTime), 1U);
  EXPECT_EQ(checker.broken(), 1U);
}

/// Two loads, one that walks and one that hits, each at 100 ns of local time.
class TwoLoads : public sc_core::sc_module {
 public:
  TwoLoads(const sc_core::sc_module_name& name, WalkRig& rig) : sc_module(name), rig_(rig) {
    SC_HAS_PROCESS(TwoLoads);
    SC_THREAD(run);
  }

  std::vector<sc_core::sc_time> ends;

 private:
  void run() {
    for (const std::uint32_t ea : {kEa, kEa + 4}) {
      rig_.core.prepare(tlm::TLM_READ_COMMAND, ea);
      rig_.core.delay = nanoseconds(100);
      const auto start = sc_core::sc_time_stamp().value();
      EXPECT_EQ(rig_.core.send(), tlm::TLM_OK_RESPONSE);
      ends.push_back(sc_core::sc_time_stamp() + rig_.core.delay -
                     sc_core::sc_time::from_value(start));
    }
  }

  WalkRig& rig_;
};

TEST(TlmWalkInAThread, TakesTheSameTimeIfMemoryWaits) {
  for (const bool waits : {false, true}) {
    WalkRig rig(mmu::HardwareWalker::E6500, false);
    TwoLoads loads("loads", rig);
    rig.map_indirect(kEa);
    rig.map_page(0, pte64(kRa));
    rig.memory.waits = waits;
    sc_core::sc_start();
    EXPECT_EQ(loads.ends, (std::vector{nanoseconds(100 + 7 + 10 + 3), nanoseconds(100 + 1)}));
    EXPECT_EQ(sc_core::sc_time_stamp(), waits ? nanoseconds(100 + 8 + 3) : nanoseconds(0));
    EXPECT_EQ(rig.checker.broken(), 0U);
  }
}

}  // namespace
}  // namespace tessera::systemc
