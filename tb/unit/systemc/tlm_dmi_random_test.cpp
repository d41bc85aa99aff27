// No DMI pointer outlives its page, whatever instructions come.

#include <algorithm>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tb/unit/clocked/engine_comparison.hpp"
#include "tb/unit/clocked/random_calls.hpp"
#include "tb/unit/sanitized.hpp"
#include "tb/unit/systemc/tlm_rig.hpp"
#include "tb/unit/systemc/walked_target.hpp"

namespace tessera::systemc {
namespace {

/// An initiator's pointers under random instructions and accesses. Each is held to a shadow: what
/// an access of the same context meets on a copy of the MMU.
class Pointers {
 public:
  explicit Pointers(const clocked::Configuration& c)
      : rig_(c.parameters, c.timing, nanoseconds(1), 5U, nanoseconds(1)) {
    rig_.core.on_invalidation = [this] {
      const auto [first, last] = rig_.core.invalidated.back();
      drop(first, last);
    };
  }

  void access(const mmu::Access& access) {
    if (access.ea.value() % 4096 > 4092) return;
    count_dropped(by_walks_, [&] {
      rig_.core.prepare(access);
      rig_.core.send();
    });
    rig_.core.prepare(access);
    tlm::tlm_dmi dmi;
    if (!rig_.core.socket->get_direct_mem_ptr(rig_.core.payload, dmi)) return;
    ++grants_;
    if (pointers_.size() < kMost) pointers_.push_back({access, dmi});
  }

  void execute(const mmu::Instruction& instruction) {
    count_dropped(by_instructions_, [&] { rig_.execute(instruction); });
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

  /// Pointers taken back, and how many of them were bad then.
  struct Dropped {
    std::uint64_t all = 0;
    std::uint64_t needed = 0;
  };
  const Dropped& by_instructions() const { return by_instructions_; }
  const Dropped& by_walks() const { return by_walks_; }

 private:
  struct Pointer {
    mmu::Access access;
    tlm::tlm_dmi dmi;
  };

  static constexpr std::size_t kMost = 32;

  template <class Call>
  void count_dropped(Dropped& dropped, Call call) {
    const std::vector<Pointer> before = pointers_;
    call();
    if (pointers_.size() == before.size()) return;
    dropped.all += before.size() - pointers_.size();
    dropped.needed += static_cast<std::uint64_t>(
        std::count_if(before.begin(), before.end(),
                      [this](const Pointer& pointer) { return !is_good(pointer); }));
  }

  /// Would an access there, now, end at the byte that the pointer serves, without a walk?
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

  MmuRig<WalkedTarget> rig_;
  std::vector<Pointer> pointers_;
  std::uint64_t grants_ = 0;
  std::uint64_t checks_ = 0;
  Dropped by_instructions_;
  Dropped by_walks_;
};

constexpr std::uint64_t kShares = kSanitized ? 2 : 10;
constexpr std::uint64_t kCalls = kShares * 30000;

class TlmDmiConfigurations : public testing::TestWithParam<const char*> {};

TEST_P(TlmDmiConfigurations, NeverServesAPageAfterItsFlush) {
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
            << " checks, " << pointers.by_instructions().all
            << " pointers dropped by instructions, " << pointers.by_instructions().needed
            << " of them bad then, " << pointers.by_walks().all << " by walks, "
            << pointers.by_walks().needed << " of them bad then\n";
  EXPECT_GT(pointers.checks(), kShares * 1000);
  EXPECT_GT(pointers.by_instructions().needed, kShares * 15);
  if (c.parameters.hardware_walker == mmu::HardwareWalker::Off) {
    EXPECT_EQ(pointers.by_walks().all, 0U);
  } else {
    EXPECT_GT(pointers.by_walks().needed, kShares * 4);
  }
}

INSTANTIATE_TEST_SUITE_P(Configurations, TlmDmiConfigurations,
                         testing::Values("e500mc", "e500v2", "qemu", "small", "narrow", "lru",
                                         "small_tablewalk", "narrow_tablewalk", "lru_tablewalk",
                                         "small_e6500", "narrow_e6500", "lru_e6500"),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace tessera::systemc
