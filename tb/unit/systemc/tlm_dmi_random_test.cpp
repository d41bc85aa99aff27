// No DMI pointer outlives its page, whatever instructions come.

#include <algorithm>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/random_calls.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"

namespace tessera::systemc {
namespace {

/// An initiator's pointers under random instructions and accesses. Each is held to a shadow: what
/// an access of the same context meets on a copy of the MMU.
class Pointers {
 public:
  explicit Pointers(const clocked::Configuration& c)
      : rig_(c.parameters, c.timing, nanoseconds(1), RealAddress(0), Bytes(kBytes),
             sc_core::SC_ZERO_TIME) {
    rig_.core.on_invalidation = [this] {
      const auto [first, last] = rig_.core.invalidated.back();
      drop(first, last);
    };
  }

  void access(const mmu::Access& access) {
    if (access.ea.value() % 4096 > 4092) return;
    rig_.core.prepare(access);
    rig_.core.send();
    rig_.core.prepare(access);
    tlm::tlm_dmi dmi;
    if (!rig_.core.socket->get_direct_mem_ptr(rig_.core.payload, dmi)) return;
    ++grants_;
    if (pointers_.size() < kMost) pointers_.push_back({access, dmi});
  }

  void execute(const mmu::Instruction& instruction) {
    const std::size_t before = pointers_.size();
    const std::vector<Pointer> kept = pointers_;
    rig_.execute(instruction);
    if (pointers_.size() == before) return;
    dropped_ += before - pointers_.size();
    needed_ += static_cast<std::uint64_t>(std::count_if(
        kept.begin(), kept.end(), [this](const Pointer& pointer) { return !is_good(pointer); }));
  }

  void snoop(std::uint32_t operand) { rig_.mmu.snoop(operand, 0); }

  /// All pointers, at a place that `dice` chooses, both ends besides.
  void check(std::uint32_t dice) {
    for (Pointer& pointer : pointers_) {
      const std::uint64_t first = pointer.dmi.get_start_address();
      const std::uint64_t length = pointer.dmi.get_end_address() - first + 1;
      for (const std::uint64_t offset : {std::uint64_t{0}, dice % length, length - 1}) {
        pointer.access.ea = EffectiveAddress(static_cast<std::uint32_t>(first + offset));
        EXPECT_TRUE(is_good(pointer)) << "EA " << std::hex << pointer.access.ea.value();
        ++checks_;
      }
    }
  }

  std::uint64_t grants() const { return grants_; }
  std::uint64_t checks() const { return checks_; }
  std::uint64_t dropped() const { return dropped_; }
  std::uint64_t needed() const { return needed_; }

 private:
  struct Pointer {
    mmu::Access access;
    tlm::tlm_dmi dmi;
  };

  static constexpr std::uint64_t kBytes = std::uint64_t{1} << 36;  // never touched: no page of it
  static constexpr std::size_t kMost = 32;

  /// Would an access there, now, end at the byte that the pointer serves?
  bool is_good(const Pointer& pointer) const {
    const mmu::Mmu& now = rig_.mmu.engine().mmu();
    mmu::Mmu copy(now);
    const mmu::Access& access = pointer.access;
    const mmu::Sample sample = copy.sample(access);
    const mmu::Page* page = copy.lookup_l1(access, sample);
    const mmu::L2Match match = copy.lookup_l2(access.ea, sample.keys);
    const mmu::Translation translation = page != nullptr
                                             ? copy.permit(access, sample, *page, Cycles(0))
                                             : copy.resolve(access, sample, match, Cycles(0));
    const std::uint64_t offset = access.ea.value() - pointer.dmi.get_start_address();
    return translation.outcome == mmu::Outcome::Translated &&
           pointer.dmi.get_dmi_ptr() + offset == rig_.target.at(translation.ra.value());
  }

  void drop(std::uint64_t first, std::uint64_t last) {
    const auto kept =
        std::remove_if(pointers_.begin(), pointers_.end(), [&](const Pointer& pointer) {
          return pointer.dmi.get_start_address() <= last && first <= pointer.dmi.get_end_address();
        });
    pointers_.erase(kept, pointers_.end());
  }

  /// All real addresses there are, of which nobody reads a byte.
  class AllMemory : public sc_core::sc_module {
   public:
    tlm_utils::simple_target_socket<AllMemory> socket{"socket"};
    AllMemory(const sc_core::sc_module_name& name, RealAddress /*base*/, Bytes /*size*/,
              const sc_core::sc_time& /*latency*/)
        : sc_module(name) {
      socket.register_b_transport(this, &AllMemory::b_transport);
      socket.register_get_direct_mem_ptr(this, &AllMemory::get_direct_mem_ptr);
    }
    const unsigned char* at(std::uint64_t ra) const { return &byte_ + ra; }

   private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& /*delay*/) {
      payload.set_response_status(tlm::TLM_OK_RESPONSE);
    }
    bool get_direct_mem_ptr(tlm::tlm_generic_payload& /*payload*/, tlm::tlm_dmi& dmi) {
      dmi.set_dmi_ptr(&byte_);
      dmi.allow_read_write();
      return true;
    }
    unsigned char byte_ = 0;
  };

  MmuRig<AllMemory> rig_;
  std::vector<Pointer> pointers_;
  std::uint64_t grants_ = 0;
  std::uint64_t checks_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t needed_ = 0;
};

class TlmDmiConfigurations : public testing::TestWithParam<const char*> {};

TEST_P(TlmDmiConfigurations, NeverServesAPageAfterItsFlush) {
  constexpr std::uint64_t kCalls = 300000;
  const clocked::Configuration c = clocked::configuration_of(GetParam());
  Pointers pointers(c);
  clocked::RandomCalls calls(c.parameters, 3);
  std::mt19937 random(3);
  for (std::uint64_t i = 0; i < kCalls && !HasFailure(); ++i) {
    const clocked::Call call = calls.next();
    if (call.kind == clocked::Call::Kind::Execute) {
      pointers.execute(call.instruction);
    } else if (call.kind != clocked::Call::Kind::Advance) {
      pointers.access(call.access);
    }
    if (random() % 512 == 0) pointers.snoop(call.instruction.operand & 0xFFFFF00C);
    pointers.check(static_cast<std::uint32_t>(random()));
  }
  std::cout << GetParam() << ", seed 3: " << pointers.grants() << " grants, " << pointers.checks()
            << " checks, " << pointers.dropped() << " pointers dropped by instructions, "
            << pointers.needed() << " of them bad then\n";
  EXPECT_GT(pointers.checks(), 10000U);
  EXPECT_GT(pointers.needed(), 200U);
}

INSTANTIATE_TEST_SUITE_P(Configurations, TlmDmiConfigurations,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "narrow", "lru"),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace tessera::systemc
