// TlmMmu with a hardware walker: its loads, their time, DMI, debug, misuse.

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tb/unit/systemc/tlm_walk_rig.hpp"

namespace tessera::systemc {
namespace {

constexpr std::uint64_t kNanosecond = 1000;  // of the time resolution

/// The indirect entry of 2 MB at kEa, of which page 0 is at kRa.
struct TlmWalk : testing::Test {
  TlmWalk() {
    rig.map_indirect(kEa);
    rig.map_page(0, pte64(kRa));
  }

  WalkRig rig{mmu::HardwareWalker::E6500};
};

TEST_F(TlmWalk, ReadsOnePteThroughTheInitiatorSocketAndTakesItsTime) {
  EXPECT_EQ(rig.load(kEa + 0x123), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(rig.core.delay, nanoseconds(7 + 10 + 3));  // L2 hit, docs/walkers.md W7
  EXPECT_EQ(rig.memory.asked, (std::vector<FewBytes::Asked>{{8 * kNanosecond, kTable, 8}}));
  EXPECT_EQ(rig.counters().walk_writes, 1U);
  EXPECT_EQ(rig.load(kEa), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(rig.core.delay, nanoseconds(1));
  EXPECT_EQ(rig.memory.asked.size(), 1U);
  EXPECT_EQ(rig.checker.broken(), 0U);
}

TEST_F(TlmWalk, CountsLatencyInCyclesBegunAtLeastOne) {
  const std::vector<std::pair<double, double>> cycles{{0, 1},     {0.25, 1}, {1, 1},
                                                      {1.001, 2}, {2, 2},    {9.5, 10}};
  std::uint32_t page = 0;
  for (const auto& [latency, expected] : cycles) {
    rig.map_page(++page, pte64(kRa));
    rig.memory.latency = nanoseconds(latency);
    EXPECT_EQ(rig.load(kEa + (page << 12)), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(rig.core.delay, nanoseconds(7 + 10 + expected)) << latency;
  }
}

TEST(TlmTablewalk, ReadsDirectoryAndPteOneAfterTheOther) {
  WalkRig rig(mmu::HardwareWalker::Tablewalk);
  rig.write(mmu::Spr::Walkctl, 1);  // fsl32
  rig.write(mmu::Spr::Walkpgd, 0x100);
  rig.write(mmu::Spr::Walkbase, 0xC0000000);
  const std::uint64_t directory = 0x100000 + 4 * (kEa >> 22);
  rig.memory.put(directory, 0xC0000000 + kTable, 4);
  rig.memory.put(kTable + 4, kRa | 0x13F, 4);
  EXPECT_EQ(rig.load(kEa + 0x1000), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(rig.core.delay, nanoseconds(7 + 11 + 2 * 3));
  EXPECT_EQ(rig.memory.asked,
            (std::vector<FewBytes::Asked>{{8 * kNanosecond, directory, 4},
                                          {(9 + 3) * kNanosecond, kTable + 4, 4}}));
  EXPECT_EQ(rig.debug(tlm::TLM_READ_COMMAND, kEa + 0x2000), 0U);  // no PTE
}

TEST_F(TlmWalk, IsAMachineCheckWhereMemoryRefuses) {
  EXPECT_EQ(rig.load(kEa + 0x1000), tlm::TLM_GENERIC_ERROR_RESPONSE);  // no memory
  rig.memory.response = tlm::TLM_GENERIC_ERROR_RESPONSE;
  EXPECT_EQ(rig.load(kEa), tlm::TLM_GENERIC_ERROR_RESPONSE);
  EXPECT_EQ(rig.counters().machine_checks, 2U);
  rig.memory.response = tlm::TLM_OK_RESPONSE;
  EXPECT_EQ(rig.load(kEa), tlm::TLM_OK_RESPONSE);
}

TEST_F(TlmWalk, IsADsiWithoutAPte) {
  std::uint32_t esr = 0;
  rig.mmu.set_exception_handler(
      [&](const mmu::Access&, const mmu::Translation& exception, sc_core::sc_time&) {
        esr = exception.esr;
        return Resolution::Fail;
      });
  rig.map_page(1, 0);
  EXPECT_EQ(rig.load(kEa + 0x1000), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(esr, 0x100U);  // PT
  rig.map_indirect(kEa, 4);
  EXPECT_EQ(rig.load(kEa), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(esr, 0x200U);  // TLBI
  EXPECT_EQ(rig.counters().walk_faults, 2U);
  EXPECT_EQ(rig.load(kEa + 0x200000), tlm::TLM_ADDRESS_ERROR_RESPONSE);  // another 2 MB
}

TEST_F(TlmWalk, RefusesWhatCrossesThePageItWouldFind) {
  std::array<unsigned char, 8> data{};
  rig.core.prepare(tlm::TLM_READ_COMMAND, kEa + 0xFFC, data.data(), 8);
  rig.core.delay = sc_core::SC_ZERO_TIME;
  EXPECT_EQ(rig.core.send(), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(rig.core.delay, sc_core::SC_ZERO_TIME);
  EXPECT_TRUE(rig.memory.asked.empty());
}

TEST_F(TlmWalk, DebugTransportWalksAndLeavesNoTrace) {
  rig.memory.put(kRa + 0x10, 0x12345678, 4);
  const std::size_t entries = rig.mmu.engine().valid_entries().size();
  const Cycles now = rig.mmu.engine().now();
  EXPECT_EQ(rig.debug(tlm::TLM_READ_COMMAND, kEa + 0x10), 4U);
  EXPECT_EQ(rig.data, (std::array<unsigned char, 4>{0x12, 0x34, 0x56, 0x78}));
  EXPECT_EQ(rig.core.payload.get_address(), kEa + 0x10);
  EXPECT_EQ(rig.debug(tlm::TLM_READ_COMMAND, kEa + 0x1000), 0U);    // no memory for its PTE
  EXPECT_EQ(rig.debug(tlm::TLM_READ_COMMAND, kEa + 0x200000), 0U);  // no indirect entry
  rig.map_page(1, pte64(kRa) & ~std::uint64_t{0x40000});            // never accessed
  EXPECT_EQ(rig.debug(tlm::TLM_READ_COMMAND, kEa + 0x1010), 0U);
  EXPECT_EQ(rig.mmu.engine().valid_entries().size(), entries);
  EXPECT_EQ(rig.mmu.engine().now(), now);
  EXPECT_EQ(rig.counters().walk_loads + rig.counters().translations(), 0U);
  EXPECT_TRUE(rig.memory.asked.empty());
}

TEST_F(TlmWalk, GrantsDmiForWhatIsWalkedAndNeverForAnIndirectEntry) {
  EXPECT_FALSE(rig.ask(kEa));  // DMI does not walk
  EXPECT_TRUE(rig.memory.asked.empty());
  rig.load(kEa);
  EXPECT_TRUE(rig.ask(kEa));
  EXPECT_FALSE(rig.ask(kEa + 0x1000));
}

TEST_F(TlmWalk, TakesBackWhatItOverwritesBeforeTheResponse) {
  // Five pages of one set of four ways, 128 sets; the fifth in another 2 MB.
  for (std::uint32_t page = 0; page < 512; page += 128) {
    rig.map_page(page, pte64(kRa));
    rig.load(kEa + (page << 12));
    ASSERT_TRUE(rig.ask(kEa + (page << 12)));
  }
  rig.map_indirect(kEa + 0x200000);
  EXPECT_TRUE(rig.core.invalidated.empty());  // an indirect entry translates nothing
  bool responded = false;
  rig.core.on_invalidation = [&] {
    responded = rig.core.payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE;
  };
  EXPECT_EQ(rig.load(kEa + 0x200000), tlm::TLM_OK_RESPONSE);
  ASSERT_EQ(rig.core.invalidated.size(), 1U);
  EXPECT_EQ(rig.core.invalidated[0].first % 0x80000, 0U);
  EXPECT_EQ(rig.core.invalidated[0].second - rig.core.invalidated[0].first, 0xFFFU);
  EXPECT_FALSE(responded);
  EXPECT_FALSE(rig.ask(static_cast<std::uint32_t>(rig.core.invalidated[0].first)));
}

TEST_F(TlmWalk, RefusesACallFromWithinALoad) {
  rig.memory.on_load = [this] { rig.mmu.snoop(kEa, 0); };
  try {
    rig.load(kEa);
    ADD_FAILURE() << "a snoop within a walk";
  } catch (const sc_core::sc_report& report) {
    EXPECT_NE(std::string(report.get_msg()).find("hardware walker's load"), std::string::npos);
    EXPECT_EQ(std::string(report.get_msg_type()), "mmu");
  }
  sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_DO_NOTHING);
  tlm::tlm_generic_payload inner;
  sc_core::sc_time delay;
  rig.memory.on_load = [&] {
    rig.mmu.snoop(kEa, 0);
    EXPECT_EQ(rig.mmu.execute({mmu::Opcode::Tlbilx}, delay).trap, mmu::Trap::MachineCheck);
    rig.core.socket->b_transport(inner, delay);
  };
  EXPECT_EQ(rig.load(kEa), tlm::TLM_OK_RESPONSE);  // as if nobody had called
  EXPECT_EQ(inner.get_response_status(), tlm::TLM_GENERIC_ERROR_RESPONSE);
  EXPECT_EQ(delay, sc_core::SC_ZERO_TIME);
  sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_DEFAULT_ERROR_ACTIONS);
}

}  // namespace
}  // namespace tessera::systemc
