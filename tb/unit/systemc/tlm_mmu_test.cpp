// TlmMmu: time, context, errors, exceptions, misuse.

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "tb/unit/systemc/tlm_mmu_fixture.hpp"

namespace tessera::systemc {
namespace {

constexpr std::uint32_t k64K = 0x300;

TEST_F(TlmMmuTest, TranslatesLoadsAndStoresAndTheirTime) {
  map_first_page();
  data[0] = 0x5A;
  EXPECT_EQ(store(kEa + 0x123), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(memory(0x123), 0x5A);
  EXPECT_EQ(rig.core.delay, nanoseconds(7 + 10));  // L2, docs/microarchitecture.md
  memory(0x456) = 0xA5;
  EXPECT_EQ(load(kEa + 0x456), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(data[0], 0xA5);
  EXPECT_EQ(rig.core.delay, nanoseconds(17 + 1 + 10));  // L1
  EXPECT_EQ(rig.core.payload.get_address(), kEa + 0x456);
}

TEST_F(TlmMmuTest, ChargesWholeCyclesBetweenEdgesToo) {
  map_first_page();
  load(kEa);
  rig.core.delay = nanoseconds(100.25);
  load(kEa);
  EXPECT_EQ(rig.core.delay, nanoseconds(100.25 + 1 + 10));
  EXPECT_EQ(rig.mmu.engine().now(), Cycles(101));
  rig.core.delay = nanoseconds(50);  // another initiator, behind in its quantum
  load(kEa);
  EXPECT_EQ(rig.core.delay, nanoseconds(50 + 1 + 10));
  EXPECT_EQ(rig.mmu.engine().now(), Cycles(102));
}

TEST_F(TlmMmuTest, RepliesToEachExceptionWithAResponseOfItsOwn) {
  EXPECT_EQ(load(kEa), tlm::TLM_ADDRESS_ERROR_RESPONSE);  // data TLB error
  EXPECT_EQ(load_in({false, false, false, false, true}), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  map_first_page(0x01);  // SR
  EXPECT_EQ(load(kEa), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(store(kEa), tlm::TLM_COMMAND_ERROR_RESPONSE);                                   // DSI
  EXPECT_EQ(load_in({false, false, false, false, true}), tlm::TLM_COMMAND_ERROR_RESPONSE);  // ISI
  rig.map(true, 3, kValid | k4K, kEa, kRa | kAll);
  rig.write(mmu::Spr::Pid0, 1);  // L1 forgets nothing global; a new context of L1: another page
  rig.map(false, 1, kValid | k4K, kEa + 0x1000, kRa | kAll);
  rig.map(true, 4, kValid | k4K, kEa + 0x1000, kRa | kAll);
  EXPECT_EQ(load(kEa + 0x1000), tlm::TLM_GENERIC_ERROR_RESPONSE);  // machine check
  EXPECT_EQ(rig.mmu.engine().counters().machine_checks, 1U);
}

TEST_F(TlmMmuTest, TakesTheContextFromTheExtensionOrItsDefault) {
  map_first_page(0x15);  // SX SW SR
  EXPECT_EQ(load(kEa), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(load_in({}), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(load_in({false, true, false, false, false}), tlm::TLM_COMMAND_ERROR_RESPONSE);  // PR
  EXPECT_EQ(load_in({true, false, false, false, false}), tlm::TLM_ADDRESS_ERROR_RESPONSE);  // AS
  EXPECT_EQ(load_in({false, false, true, false, false}), tlm::TLM_ADDRESS_ERROR_RESPONSE);  // GS
  EXPECT_EQ(load_in({false, false, false, false, true}), tlm::TLM_OK_RESPONSE);             // fetch
  EXPECT_EQ(load_in({false, false, false, true, false}), tlm::TLM_OK_RESPONSE);  // EPLC = 0
  rig.write(mmu::Spr::Eplc, 0x40000000);                                         // EAS
  EXPECT_EQ(load_in({false, false, false, true, false}), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  rig.mmu.set_default_context({true, false, false, false, false});
  EXPECT_EQ(load(kEa), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(load_in({}), tlm::TLM_OK_RESPONSE);
}

TEST_F(TlmMmuTest, AHandlerRefillsAndRetries) {
  rig.write(mmu::Spr::Mas4, k4K);
  rig.core.delay = sc_core::SC_ZERO_TIME;
  unsigned errors = 0;
  rig.mmu.set_exception_handler(
      [&](const mmu::Access& access, const mmu::Translation& exception, sc_core::sc_time& delay) {
        ++errors;
        EXPECT_EQ(exception.outcome, mmu::Outcome::DataTlbError);
        EXPECT_EQ(exception.fault_ea, access.ea);
        rig.mmu.execute({mmu::Opcode::Mtspr, kRa | kAll, 0, mmu::Spr::Mas3}, delay);
        EXPECT_EQ(rig.mmu.execute({mmu::Opcode::Tlbwe}, delay).trap, mmu::Trap::None);
        return Resolution::Retry;
      });
  EXPECT_EQ(load(kEa + 8), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(errors, 1U);
  // Miss 7, mtspr 1, tlbwe 6, L2 hit 7, memory 10.
  EXPECT_EQ(rig.core.delay, nanoseconds(7 + 1 + 6 + 7 + 10));
}

TEST_F(TlmMmuTest, AHandlerThatRepairsNothingIsAnErrorNotAHang) {
  unsigned calls = 0;
  rig.mmu.set_exception_handler(
      [&](const mmu::Access&, const mmu::Translation&, sc_core::sc_time&) {
        ++calls;
        return Resolution::Retry;
      });
  EXPECT_THROW(load(kEa), sc_core::sc_report);
  EXPECT_EQ(calls, TlmMmu::kMostRetries);
}

TEST_F(TlmMmuTest, RefusesWhatCrossesThePageAndNothingElse) {
  map_first_page();
  EXPECT_EQ(load(kEa + 0xFFC, 4), tlm::TLM_OK_RESPONSE);
  const Cycles before = rig.mmu.engine().now();
  EXPECT_EQ(load(kEa + 0xFFD, 4), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(load(kEa, 0x1001), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(rig.mmu.engine().now(), before);  // it was no access
  EXPECT_EQ(load(kEa, 0x1000), tlm::TLM_OK_RESPONSE);
  // A page of 64 KB.
  rig.map(true, 5, kValid | k64K, kEa + 0x10000, (kRa + 0x10000) | kAll);
  EXPECT_EQ(load(kEa + 0x10FFE, 0x4000), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(load(kEa + 0x1FFFE, 4), tlm::TLM_BURST_ERROR_RESPONSE);
  // Streaming: the bytes lie within the streaming width. The memory here does not stream.
  rig.core.prepare(tlm::TLM_READ_COMMAND, kEa + 0xFFC, data.data(), 8);
  rig.core.payload.set_streaming_width(4);
  const std::uint64_t hits = rig.mmu.engine().counters().l1_hits;
  EXPECT_EQ(rig.core.send(), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(rig.mmu.engine().counters().l1_hits, hits + 1);
  // Nobody has mapped it: first the TLB error.
  EXPECT_EQ(load(kEa + 0x5FFE, 4), tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

TEST_F(TlmMmuTest, PassesByteEnablesOn) {
  map_first_page();
  std::array<unsigned char, 2> enables{0xFF, 0x00};
  data = {1, 2, 3, 4};
  rig.core.prepare(tlm::TLM_WRITE_COMMAND, kEa, data.data(), 4);
  rig.core.payload.set_byte_enable_ptr(enables.data());
  rig.core.payload.set_byte_enable_length(2);
  EXPECT_EQ(rig.core.send(), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(memory(0), 1);
  EXPECT_EQ(memory(1), 0);
  EXPECT_EQ(memory(2), 3);
}

TEST_F(TlmMmuTest, AnswersMisuseWithAnErrorResponseAndNoTime) {
  map_first_page();
  const auto& p = [this]() -> tlm::tlm_generic_payload& {
    rig.core.prepare(tlm::TLM_READ_COMMAND, kEa, data.data(), 4);
    return rig.core.payload;
  };
  p().set_data_ptr(nullptr);
  EXPECT_EQ(rig.core.send(), tlm::TLM_GENERIC_ERROR_RESPONSE);
  p().set_data_length(0);
  EXPECT_EQ(rig.core.send(), tlm::TLM_BURST_ERROR_RESPONSE);
  p().set_streaming_width(0);
  EXPECT_EQ(rig.core.send(), tlm::TLM_BURST_ERROR_RESPONSE);
  p().set_byte_enable_ptr(data.data());
  EXPECT_EQ(rig.core.send(), tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  p().set_command(tlm::TLM_IGNORE_COMMAND);
  EXPECT_EQ(rig.core.send(), tlm::TLM_COMMAND_ERROR_RESPONSE);
  p().set_address(std::uint64_t{1} << 32);
  EXPECT_EQ(rig.core.send(), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(load_in({false, false, false, true, true}), tlm::TLM_COMMAND_ERROR_RESPONSE);
  rig.core.prepare(tlm::TLM_WRITE_COMMAND, kEa, data.data(), 4);
  rig.core.extension.context.fetch = true;
  rig.core.payload.set_extension(&rig.core.extension);
  EXPECT_EQ(rig.core.send(), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(rig.core.delay, sc_core::SC_ZERO_TIME);
  EXPECT_EQ(rig.mmu.engine().counters().translations(), 0U);
}

TEST_F(TlmMmuTest, PassesOnWhatMemoryAnswers) {
  rig.map(false, 0, kValid | k4K, kEa, 0x00900000 | kAll);  // no memory there
  EXPECT_EQ(load(kEa), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(rig.mmu.engine().counters().dtlb_errors, 0U);
}

TEST_F(TlmMmuTest, NonBlockingInitiatorsAreServedThroughTheBlockingOne) {
  map_first_page();
  rig.core.prepare(tlm::TLM_READ_COMMAND, kEa, data.data(), 4);
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  EXPECT_EQ(rig.core.socket->nb_transport_fw(rig.core.payload, phase, rig.core.delay),
            tlm::TLM_ACCEPTED);
}

TEST(TlmMmu, RefusesWhatCannotBeBuilt) {
  const SimulationScope scope;
  const mmu::Core& core = *mmu::find_core("e500mc");
  mmu::Parameters parameters = core.parameters;
  parameters.tlb0_sets = 0;
  EXPECT_THROW(TlmMmu("a", parameters, core.timing, nanoseconds(1)), std::invalid_argument);
  EXPECT_THROW(TlmMmu("b", core.parameters, core.timing, sc_core::SC_ZERO_TIME),
               std::invalid_argument);
}

TEST(TlmMmu, AnUnboundSocketIsAnErrorOfElaboration) {
  const SimulationScope scope;
  const mmu::Core& core = *mmu::find_core("e500mc");
  TestInitiator initiator("core");
  TlmMmu mmu("mmu", core.parameters, core.timing, nanoseconds(1));
  initiator.socket.bind(mmu.target_socket);
  try {
    SimulationScope::elaborate();
    ADD_FAILURE() << "simulates without memory";
  } catch (const sc_core::sc_report& report) {
    EXPECT_NE(std::string(report.what()).find("mmu.initiator_socket"), std::string::npos);
  }
}

}  // namespace
}  // namespace tessera::systemc
