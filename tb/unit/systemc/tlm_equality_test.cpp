// TlmMmu against the transaction engine itself: same results, same cycles.

#include <array>
#include <cstring>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/mmu/transaction_engine.hpp"
#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/random_calls.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"
#include "tb/unit/systemc/walked_target.hpp"

namespace tessera::systemc {
namespace {

using clocked::Call;

constexpr std::uint64_t kTranslations = 400000;  // a configuration; 13 of them
constexpr std::uint64_t kPicosecondsACycle = 1250;
constexpr unsigned kMemorySeed = 5;

tlm::tlm_response_status expected_status(mmu::Outcome outcome) {
  if (outcome == mmu::Outcome::Translated) return tlm::TLM_OK_RESPONSE;
  if (outcome == mmu::Outcome::MachineCheck) return tlm::TLM_GENERIC_ERROR_RESPONSE;
  const bool storage =
      outcome == mmu::Outcome::DataStorage || outcome == mmu::Outcome::InstructionStorage;
  return storage ? tlm::TLM_COMMAND_ERROR_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE;
}

/// The two, and the exception that the module has reported of the last access.
class Pair {
 public:
  explicit Pair(const clocked::Configuration& c)
      : rig_(c.parameters, c.timing, period(), kMemorySeed, period()),
        direct_(c.parameters, c.timing, &memory_) {
    rig_.mmu.set_exception_handler(
        [this](const mmu::Access&, const mmu::Translation& exception, sc_core::sc_time&) {
          exception_ = exception;
          return Resolution::Fail;
        });
  }

  static sc_core::sc_time period() {
    return {static_cast<double>(kPicosecondsACycle), sc_core::SC_PS};
  }

  void access(const mmu::Access& access) {
    const mmu::Translation expected = direct_.access(access);
    rig_.core.prepare(access);
    EXPECT_EQ(rig_.core.send(), expected_status(expected.outcome));
    EXPECT_EQ(rig_.core.payload.get_address(), access.ea.value());
    if (expected.outcome == mmu::Outcome::Translated) {
      EXPECT_EQ(rig_.target.address, expected.ra.value());
    } else {
      EXPECT_EQ(exception_.outcome, expected.outcome);
      EXPECT_EQ(exception_.fault_ea, expected.fault_ea);
      EXPECT_EQ(exception_.esr, expected.esr);
      EXPECT_EQ(exception_.done, expected.done);
    }
    ++translations_;
    ++outcomes_.at(static_cast<unsigned>(expected.outcome));
  }

  void execute(const mmu::Instruction& instruction) {
    const mmu::Completion expected = direct_.execute(instruction);
    const mmu::Completion completion = rig_.execute(instruction);
    EXPECT_EQ(completion.done, expected.done);
    EXPECT_EQ(completion.trap, expected.trap);
    EXPECT_EQ(completion.value, expected.value);
  }

  void advance(Cycles duration) {
    direct_.advance(duration);
    rig_.core.delay += sc_core::sc_time::from_value(duration.value() * kPicosecondsACycle);
  }

  /// Time in SystemC's terms, and every entry.
  void compare() {
    const mmu::TransactionEngine& inside = rig_.mmu.engine();
    EXPECT_EQ(rig_.core.delay.value(), direct_.now().value() * kPicosecondsACycle);
    compare(inside.counters(), direct_.counters());
    EXPECT_EQ(inside.valid_entries().size(), direct_.valid_entries().size());
    EXPECT_EQ(rig_.target.memory().loads(), memory_.loads());
    EXPECT_EQ(rig_.target.memory().checksum(), memory_.checksum());
  }

  const mmu::MmuCounters& counters() const { return direct_.counters(); }

  std::uint64_t translations() const { return translations_; }
  std::uint64_t outcomes(mmu::Outcome outcome) const {
    return outcomes_.at(static_cast<unsigned>(outcome));
  }

 private:
  static void compare(const mmu::MmuCounters& inside, const mmu::MmuCounters& direct) {
    EXPECT_EQ(inside.translations(), direct.translations());
    EXPECT_EQ(inside.l1_hits, direct.l1_hits);
    EXPECT_EQ(inside.l2_hits, direct.l2_hits);
    EXPECT_EQ(inside.walk_writes, direct.walk_writes);
    EXPECT_EQ(inside.walk_faults, direct.walk_faults);
  }

  MmuRig<WalkedTarget> rig_;
  clocked::RandomMemory memory_{kMemorySeed};
  mmu::TransactionEngine direct_;
  mmu::Translation exception_;
  std::uint64_t translations_ = 0;
  std::array<std::uint64_t, 6> outcomes_{};
};

class TlmConfigurations : public testing::TestWithParam<const char*> {};

TEST_P(TlmConfigurations, TakeTheCyclesOfTheDirectEngine) {
  const clocked::Configuration c = clocked::configuration_of(GetParam());
  Pair pair(c);
  clocked::RandomCalls calls(c.parameters, 1);
  std::uint64_t count = 0;
  for (; pair.translations() < kTranslations && !HasFailure(); ++count) {
    const Call call = calls.next();
    switch (call.kind) {
      case Call::Kind::Access:
        pair.access(call.access);
        break;
      case Call::Kind::Pair:  // one after the other: b_transport is one access
        pair.access(call.access);
        pair.access(call.data);
        break;
      case Call::Kind::Execute:
        pair.execute(call.instruction);
        break;
      case Call::Kind::Advance:
        pair.advance(call.duration);
        break;
    }
    if (count % 16 == 0) pair.compare();
  }
  std::cout << GetParam() << ", seed 1: " << count << " calls, " << pair.translations()
            << " translations, " << pair.outcomes(mmu::Outcome::Translated) << " translated, "
            << pair.counters().walk_writes << " by a walk\n";
  EXPECT_GE(pair.translations(), kTranslations);
  EXPECT_GT(pair.outcomes(mmu::Outcome::Translated), 1000U);
  EXPECT_GT(pair.outcomes(mmu::Outcome::DataStorage), 100U);
  EXPECT_GT(pair.outcomes(mmu::Outcome::InstructionTlbError), 100U);
  if (c.parameters.hardware_walker == mmu::HardwareWalker::Off) return;
  EXPECT_GT(pair.counters().walk_writes, 1000U);
  EXPECT_GT(pair.counters().walk_faults, 100U);
}

INSTANTIATE_TEST_SUITE_P(Configurations, TlmConfigurations,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "slow", "narrow",
                                         "lru", "e500mc_tablewalk", "small_tablewalk",
                                         "jammed_tablewalk", "e500mc_e6500", "narrow_e6500",
                                         "lru_e6500"),
                         [](const auto& name) { return std::string(name.param); });

/// The refill of a small kernel: what is mapped where depends on the page alone. Sometimes it
/// flushes instead.
class Kernel {
 public:
  explicit Kernel(unsigned seed) : random_(seed) {}

  std::vector<mmu::Instruction> refill(const mmu::Translation& exception) {
    const std::uint32_t page = exception.fault_ea.value() & 0xFFFFF000;
    return {{mmu::Opcode::Mtspr, page * 3 | 0x3F, 0, mmu::Spr::Mas3, false, false, false},
            {mmu::Opcode::Tlbwe, 0, 0, mmu::Spr::Pid0, false, false, false}};
  }

  /// Now and then an instruction between two accesses.
  std::vector<mmu::Instruction> between() {
    const std::uint32_t ea = some_ea();
    switch (random_() % 512) {
      case 0:
        return {{mmu::Opcode::Tlbilx, ea, 3, mmu::Spr::Pid0, false, false, false}};
      case 1:
        return {{mmu::Opcode::Tlbivax, ea, 0, mmu::Spr::Pid0, false, false, false}};
      case 2:
      case 3:
        return {{mmu::Opcode::Mtspr, 1 + ea % 3, 0, mmu::Spr::Pid0, false, false, false}};
      case 4:
        return {{mmu::Opcode::Tlbsync, 0, 0, mmu::Spr::Pid0, false, false, false}};
      default:
        return {};
    }
  }

  mmu::Access access() {
    mmu::Access access;
    access.ea = EffectiveAddress(some_ea());
    access.kind = static_cast<mmu::AccessKind>(random_() % 3);
    access.pr = random_() % 2 == 0;
    return access;
  }

 private:
  /// Of 1,024 pages, a sixteenth of them in three of four cases.
  std::uint32_t some_ea() {
    const std::uint32_t pages = random_() % 4 == 0 ? 1024 : 64;
    return 0x10000000 + static_cast<std::uint32_t>((random_() % pages) << 12 | (random_() & 0xFFF));
  }

  std::mt19937 random_;
};

TEST(TlmMmuEquality, HoldsUnderAKernelThatRefills) {
  constexpr std::uint64_t kAccesses = 1000000;
  const clocked::Configuration c = clocked::configuration_of("e500mc");
  MmuRig<TestTarget> rig(c.parameters, c.timing, Pair::period());
  mmu::TransactionEngine direct(c.parameters, c.timing);
  Kernel kernel(7);
  const auto both = [&](const std::vector<mmu::Instruction>& instructions) {
    for (const mmu::Instruction& instruction : instructions) {
      ASSERT_EQ(rig.execute(instruction).done, direct.execute(instruction).done);
    }
  };
  both({{mmu::Opcode::Mtspr, 0x100, 0, mmu::Spr::Mas4, false, false, false}});
  rig.mmu.set_exception_handler(
      [&](const mmu::Access&, const mmu::Translation& exception, sc_core::sc_time& delay) {
        for (const auto& i : kernel.refill(exception)) rig.mmu.execute(i, delay);
        return Resolution::Retry;
      });
  for (std::uint64_t i = 0; i < kAccesses && !testing::Test::HasFailure(); ++i) {
    const mmu::Access access = kernel.access();
    mmu::Translation expected = direct.access(access);
    while (expected.outcome != mmu::Outcome::Translated) {
      for (const auto& instruction : kernel.refill(expected)) direct.execute(instruction);
      expected = direct.access(access);
    }
    rig.core.prepare(access);
    EXPECT_EQ(rig.core.send(), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(rig.target.address, expected.ra.value());
    EXPECT_EQ(rig.core.delay.value(), direct.now().value() * kPicosecondsACycle);
    both(kernel.between());
  }
  const mmu::MmuCounters& inside = rig.mmu.engine().counters();
  const mmu::MmuCounters& outside = direct.counters();
  static_assert(sizeof inside % sizeof(std::uint64_t) == 0);  // counters alone, no padding
  EXPECT_EQ(std::memcmp(&inside, &outside, sizeof inside), 0);
  std::cout << "seed 7: " << kAccesses << " accesses, " << outside.l1_hits << " L1 hits, "
            << outside.l2_hits << " L2 hits, " << outside.dtlb_errors + outside.itlb_errors
            << " TLB errors\n";
  EXPECT_EQ(rig.target.transactions, kAccesses);
  EXPECT_GT(outside.l1_hits, 100000U);
  EXPECT_GT(outside.l2_hits, 100000U);
  EXPECT_GT(outside.dtlb_errors, 10000U);
}

}  // namespace
}  // namespace tessera::systemc
