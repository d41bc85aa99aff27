// Each rule of TlmRuleChecker is broken once, by an initiator or a target that does only that; that
// on debug transport that waits in tlm_thread_test.cpp.

#include "model/systemc/tlm_rule_checker.hpp"

#include <array>
#include <functional>
#include <ostream>
#include <utility>

#include <gtest/gtest.h>

#include "tb/unit/systemc/tlm_rig.hpp"

namespace tessera::systemc {
namespace {

using Payload = tlm::tlm_generic_payload;

/// A correct target, but for what `misdeed` does at the end of each call.
class Culprit : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<Culprit> socket{"socket"};
  std::function<void(Payload&, sc_core::sc_time&)> misdeed = [](Payload&, sc_core::sc_time&) {};
  std::function<void(tlm::tlm_dmi&)> dmi_misdeed = [](tlm::tlm_dmi&) {};
  unsigned debug_count = 1;
  unsigned calls = 0;  ///< of b_transport and transport_dbg

  explicit Culprit(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_b_transport(this, &Culprit::b_transport);
    socket.register_get_direct_mem_ptr(this, &Culprit::get_direct_mem_ptr);
    socket.register_transport_dbg(this, &Culprit::transport_dbg);
  }

 private:
  void b_transport(Payload& payload, sc_core::sc_time& delay) {
    ++calls;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    misdeed(payload, delay);
  }
  bool get_direct_mem_ptr(Payload& /*payload*/, tlm::tlm_dmi& dmi) {
    dmi.set_dmi_ptr(&byte_);
    dmi.set_start_address(0x100);
    dmi.set_end_address(0x100);
    dmi.allow_read();
    dmi_misdeed(dmi);
    return true;
  }
  unsigned transport_dbg(Payload& payload) {
    ++calls;
    sc_core::sc_time none;
    misdeed(payload, none);
    return debug_count;
  }

  unsigned char byte_ = 0;
};

/// Calls something from an SC_METHOD.
class MethodCaller : public sc_core::sc_module {
 public:
  MethodCaller(const sc_core::sc_module_name& name, std::function<void()> call)
      : sc_module(name), call_(std::move(call)) {
    SC_HAS_PROCESS(MethodCaller);
    SC_METHOD(run);
  }

 private:
  void run() { call_(); }
  std::function<void()> call_;
};

/// Initiator, checker and culprit; errors are counted, they do not throw.
class TlmRules : public testing::Test, public SimulationScope {
 protected:
  TlmRules() {
    core.socket.bind(checker.target_socket);
    checker.initiator_socket.bind(target.socket);
    before_ = sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_DO_NOTHING);
  }
  ~TlmRules() override { sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, before_); }

  Payload& read() {
    core.prepare(tlm::TLM_READ_COMMAND, 0x100, bytes.data(), 4);
    return core.payload;
  }
  Payload& write() {
    core.prepare(tlm::TLM_WRITE_COMMAND, 0x100, bytes.data(), 4);
    return core.payload;
  }
  bool ask_for_dmi(tlm::tlm_dmi dmi = {}) {
    return core.socket->get_direct_mem_ptr(core.payload, dmi);
  }
  /// That rule was broken once, and no other.
  void expect_only(TlmRule rule) {
    EXPECT_EQ(checker.broken(rule), 1U) << "rule " << static_cast<unsigned>(rule);
    EXPECT_EQ(checker.broken(), 1U) << "rule " << static_cast<unsigned>(rule);
  }

  std::array<unsigned char, 4> bytes{1, 2, 3, 4};
  std::array<unsigned char, 2> enables{0xFF, 0x00};
  TestInitiator core{"core"};
  TlmRuleChecker checker{"checker"};
  Culprit target{"target"};

 private:
  sc_core::sc_actions before_;
};

TEST_F(TlmRules, AreKeptByTheGood) {
  elaborate();
  read();
  core.send();
  write().set_byte_enable_ptr(enables.data());
  core.payload.set_byte_enable_length(2);
  core.send();
  read();
  EXPECT_TRUE(ask_for_dmi());
  EXPECT_EQ(core.socket->transport_dbg(core.payload), 1U);
  target.socket->invalidate_direct_mem_ptr(0, 10);
  EXPECT_EQ(checker.broken(), 0U);
  EXPECT_EQ(checker.calls(), 5U);
  EXPECT_EQ(target.calls, 3U);
  EXPECT_EQ(core.invalidated.size(), 1U);
}

/// What an initiator may do wrong in b_transport.
struct Misuse {
  const char* name;
  TlmRule rule;
  std::function<void(Payload&, unsigned char*)> mistake;

  friend std::ostream& operator<<(std::ostream& out, const Misuse& m) { return out << m.name; }
};

class TlmEntryRules : public TlmRules, public testing::WithParamInterface<Misuse> {};

TEST_P(TlmEntryRules, BiteOnEntry) {
  elaborate();
  GetParam().mistake(read(), enables.data());
  core.send();
  expect_only(GetParam().rule);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, TlmEntryRules,
    testing::Values(
        Misuse{"ResponseOnEntry", TlmRule::ResponseOnEntry,
               [](Payload& p, auto*) { p.set_response_status(tlm::TLM_OK_RESPONSE); }},
        Misuse{"DmiHintOnEntry", TlmRule::DmiHintOnEntry,
               [](Payload& p, auto*) { p.set_dmi_allowed(true); }},
        Misuse{"OptionOnEntry", TlmRule::OptionOnEntry,
               [](Payload& p, auto*) { p.set_gp_option(tlm::TLM_FULL_PAYLOAD_ACCEPTED); }},
        Misuse{"DataPointer", TlmRule::DataPointer,
               [](Payload& p, auto*) { p.set_data_ptr(nullptr); }},
        Misuse{"DataLength", TlmRule::DataLength, [](Payload& p, auto*) { p.set_data_length(0); }},
        Misuse{"ByteEnableLength", TlmRule::ByteEnableLength,
               [](Payload& p, auto* enables) { p.set_byte_enable_ptr(enables); }},
        Misuse{"ByteEnableValue", TlmRule::ByteEnableValue,
               [](Payload& p, auto* enables) {
                 enables[1] = 1;
                 p.set_byte_enable_ptr(enables);
                 p.set_byte_enable_length(2);
               }},
        Misuse{"StreamingWidth", TlmRule::StreamingWidth,
               [](Payload& p, auto*) { p.set_streaming_width(0); }},
        Misuse{"AddressRange", TlmRule::AddressRange,
               [](Payload& p, auto*) { p.set_address(~std::uint64_t{0} - 2); }}));

/// What a target may do wrong in b_transport.
struct Deed {
  const char* name;
  TlmRule rule;
  std::function<void(Payload&, sc_core::sc_time&)> misdeed;

  friend std::ostream& operator<<(std::ostream& out, const Deed& d) { return out << d.name; }
};

class TlmReturnRules : public TlmRules, public testing::WithParamInterface<Deed> {};

MmuExtension left_behind;

TEST_P(TlmReturnRules, BiteOnReturn) {
  elaborate();
  target.misdeed = GetParam().misdeed;
  core.delay = sc_core::sc_time(5, sc_core::SC_NS);
  write().set_byte_enable_ptr(enables.data());
  core.payload.set_byte_enable_length(2);
  core.send();
  expect_only(GetParam().rule);
}

INSTANTIATE_TEST_SUITE_P(
    Misdeeds, TlmReturnRules,
    testing::Values(
        Deed{"ResponseOnReturn", TlmRule::ResponseOnReturn,
             [](Payload& p, auto&) { p.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE); }},
        Deed{"StreamingWidth", TlmRule::AttributeChanged,
             [](Payload& p, auto&) { p.set_streaming_width(2); }},
        Deed{"ByteEnableLength", TlmRule::AttributeChanged,
             [](Payload& p, auto&) { p.set_byte_enable_length(1); }},
        Deed{"ByteEnables", TlmRule::AttributeChanged,
             [](Payload& p, auto&) { p.get_byte_enable_ptr()[1] = 0xFF; }},
        Deed{"DataChanged", TlmRule::DataChanged,
             [](Payload& p, auto&) { p.get_data_ptr()[0] = 99; }},
        Deed{"ExtensionLeft", TlmRule::ExtensionLeft,
             [](Payload& p, auto&) { p.set_extension(&left_behind); }},
        Deed{"TimeRunsBackwards", TlmRule::TimeRunsBackwards,
             [](Payload&, sc_core::sc_time& delay) { delay = sc_core::SC_ZERO_TIME; }}));

TEST_F(TlmRules, AnInterconnectMayChangeTheAddress) {
  elaborate();
  target.misdeed = [](Payload& p, auto&) { p.set_address(0); };
  read();
  core.send();
  EXPECT_EQ(checker.broken(), 0U);
}

TEST_F(TlmRules, BiteWhoCallsFromAMethod) {
  const MethodCaller caller("caller", [this] {
    read();
    core.send();
  });
  elaborate();
  expect_only(TlmRule::MethodProcess);
}

TEST_F(TlmRules, BiteDmiRequests) {
  elaborate();
  read();
  tlm::tlm_dmi used;
  used.set_end_address(5);
  ask_for_dmi(used);
  expect_only(TlmRule::DmiDescriptor);
}

TEST_F(TlmRules, BiteDmiRequestsForNothing) {
  elaborate();
  core.prepare(tlm::TLM_IGNORE_COMMAND, 0x100, bytes.data(), 4);
  ask_for_dmi();
  expect_only(TlmRule::DmiCommand);
}

/// What a target may grant that it must not.
struct Grant {
  const char* name;
  std::function<void(tlm::tlm_dmi&)> misdeed;

  friend std::ostream& operator<<(std::ostream& out, const Grant& g) { return out << g.name; }
};

class TlmGrantRules : public TlmRules, public testing::WithParamInterface<Grant> {};

TEST_P(TlmGrantRules, Bite) {
  elaborate();
  target.dmi_misdeed = GetParam().misdeed;
  read();
  ask_for_dmi();
  expect_only(TlmRule::DmiGrant);
}

INSTANTIATE_TEST_SUITE_P(
    Grants, TlmGrantRules,
    testing::Values(Grant{"NoPointer", [](auto& dmi) { dmi.set_dmi_ptr(nullptr); }},
                    Grant{"EndsBefore", [](auto& dmi) { dmi.set_end_address(0xFF); }},
                    Grant{"WritesAlone", [](auto& dmi) { dmi.allow_write(); }},
                    Grant{"BeginsBehind", [](auto& dmi) {
                            dmi.set_start_address(0x101);
                            dmi.set_end_address(0x200);
                          }}));

TEST_F(TlmRules, BiteInvalidationsOfNothing) {
  elaborate();
  target.socket->invalidate_direct_mem_ptr(10, 9);
  expect_only(TlmRule::DmiRange);
}

TEST_F(TlmRules, BiteWhoAsksAgainWithinAnInvalidation) {
  elaborate();
  read();
  core.on_invalidation = [this] { ask_for_dmi(); };
  target.socket->invalidate_direct_mem_ptr(0, 10);
  expect_only(TlmRule::DmiReentry);
  core.on_invalidation = [] {};
  ask_for_dmi();
  EXPECT_EQ(checker.broken(), 1U);
}

TEST_F(TlmRules, BiteDebugTransport) {
  elaborate();
  read().set_data_ptr(nullptr);
  core.socket->transport_dbg(core.payload);
  expect_only(TlmRule::DebugDataPointer);
  target.debug_count = 5;
  read();
  core.socket->transport_dbg(core.payload);
  EXPECT_EQ(checker.broken(TlmRule::DebugCount), 1U);
  EXPECT_EQ(checker.broken(), 2U);
}

TEST(TlmRuleChecker, StopsTheSimulationAtTheCulprit) {
  const SimulationScope scope;
  TestInitiator core("core");
  TlmRuleChecker checker("checker");
  TestTarget target("target");
  core.socket.bind(checker.target_socket);
  checker.initiator_socket.bind(target.socket);
  SimulationScope::elaborate();
  core.prepare(tlm::TLM_READ_COMMAND, 0);
  core.payload.set_data_length(0);
  EXPECT_THROW(core.send(), sc_core::sc_report);
  EXPECT_EQ(target.transactions, 0U);
}

}  // namespace
}  // namespace tessera::systemc
