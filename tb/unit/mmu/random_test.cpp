#include <array>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"
#include "tb/unit/mmu/reference.hpp"

namespace tessera::mmu {
namespace {

constexpr unsigned kOperations = 100000;
constexpr std::uint64_t kFewestChecks = 100000;
constexpr std::uint64_t kFewestL1Hits = 3000;

/// Random operations on few pages, PIDs and ways, so that everything meets everything.
class RandomRun {
 public:
  RandomRun(const char* core, unsigned seed)
      : h_(core), reference_(find_core(core)->parameters), random_(seed) {}

  void step() {
    const unsigned dice = pick(100);
    if (dice < 70) {
      access();
    } else if (dice < 95) {
      tlbwe();
    } else if (dice < 97) {
      context();
    } else {
      invalidate();
    }
  }

  void audit() {
    check(reference_.same_entries(h_.engine.valid_entries()), "the same valid entries");
    audit_l1(h_.engine.mmu().l1_data());
    audit_l1(h_.engine.mmu().l1_instruction());
  }

  std::uint64_t accesses() const { return accesses_; }
  std::uint64_t checks() const { return checks_; }
  const MmuCounters& counters() const { return h_.counters(); }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  bool coin() { return pick(2) != 0; }
  std::uint32_t some_ea() {
    return (pick(4) << 28) | (pick(3) << 19) | (pick(4) << 16) | (pick(4) << 12) |
           (pick(1024) << 2);
  }
  std::uint32_t some_mas8() {
    return (coin() ? 0U : 0x80000000U) | (pick(8) == 0 ? 0x40000000U : 0U) | pick(3);
  }

  void check(bool good, const char* what) {
    ++checks_;
    ASSERT_TRUE(good) << what << ", operation " << operation_;
  }

  void access() {
    ++operation_;
    Access access = Harness::access_of(some_ea(), static_cast<AccessKind>(pick(3)));
    access.as = pick(4) == 0;
    access.pr = coin();
    access.gs = coin();
    access.external_pid =
        reference_.has_external_pid() && access.kind != AccessKind::Fetch && pick(8) == 0;
    if (pick(8) != 0) aim(access);
    if (coin()) access = recent_[pick(kRecent)];  // L1 TLBs live on repetition
    recent_[pick(kRecent)] = access;
    const Expectation expected = reference_.translate(access);
    if (expected.ambiguous) return;  // overlapping entries: L1 may know one of them only
    const Translation actual = h_.engine.access(access);
    ++accesses_;
    check(actual.outcome == expected.outcome, "outcome");
    if (expected.outcome != Outcome::Translated) return;
    check(actual.ra.value() == expected.ra, "real address");
    check(actual.wimge == expected.wimge, "WIMGE");
  }

  /// Makes a hit likely: an address that is mapped, in the context it is mapped for.
  void aim(Access& access) {
    const Target target = reference_.target(static_cast<std::uint32_t>(random_()));
    if (!target.found) return;
    access.ea = EffectiveAddress(target.ea);
    access.as = target.ts;
    access.gs = target.tgs;
    if (target.tid != 0 && pick(4) == 0) set(Spr::Pid0, target.tid);
    if (target.tlpid != 0 && pick(8) == 0) set(Spr::Lpidr, target.tlpid);
  }

  void tlbwe() {
    ++operation_;
    const bool tlb1 = pick(4) == 0;
    const std::uint32_t size = tlb1 ? 1 + pick(5) : 1;
    MasWords mas;
    mas.mas0 = (tlb1 ? kTlb1 | ((1 + pick(12)) << 16) : pick(4) << 16) | pick(4);
    mas.mas1 = (pick(8) == 0 ? 0 : 0x80000000U) | (tlb1 && pick(8) == 0 ? kIprot : 0) |
               (pick(4) << 16) | (coin() ? 0U : 0x1000U) | (size << 8);
    const auto page_mask = static_cast<std::uint32_t>(~((std::uint64_t{1024} << (2 * size)) - 1));
    mas.mas2 = (some_ea() & page_mask) | pick(32);
    mas.mas3 = ((pick(0x10000) << 16) & page_mask) | pick(64);
    mas.mas7 = pick(16);
    mas.mas8 = reference_.has_ehv() ? some_mas8() : 0;
    if (reference_.would_overlap(mas) && pick(16) != 0) return;
    h_.write(Spr::Mas0, mas.mas0);
    h_.write(Spr::Mas1, mas.mas1);
    h_.write(Spr::Mas2, mas.mas2);
    h_.write(Spr::Mas3, mas.mas3);
    h_.write(Spr::Mas7, mas.mas7);
    h_.write(Spr::Mas8, mas.mas8);
    h_.run(Opcode::Tlbwe);
    reference_.write(mas);
  }

  void set(Spr spr, std::uint32_t value) {
    h_.write(spr, value);
    reference_.set(spr, value);
  }

  void context() {
    ++operation_;
    switch (pick(6)) {
      case 0:
        return set(Spr::Lpidr, pick(3));
      case 1:
        return set(Spr::Eplc, (pick(8) << 29) | (pick(3) << 16) | pick(4));
      case 2:
        return set(Spr::Epsc, (pick(8) << 29) | (pick(3) << 16) | pick(4));
      case 3:
        return set(Spr::Pid1, pick(4));
      case 4:
        return set(Spr::Pid2, pick(4));
      default:
        return set(Spr::Pid0, pick(4));
    }
  }

  void invalidate() {
    ++operation_;
    set(Spr::Mas5, (coin() ? 0U : 0x80000000U) | pick(3));
    set(Spr::Mas6, (pick(4) << 16) | pick(2));
    const std::uint32_t ea = some_ea() & 0xFFFFF000;
    const unsigned dice = pick(100);
    if (dice < 70) {
      if (h_.tlbilx(3, ea).trap == Trap::None) reference_.tlbilx(3, ea);
    } else if (dice < 74) {
      if (h_.tlbilx(1).trap == Trap::None) reference_.tlbilx(1, 0);
    } else if (dice < 75) {
      if (h_.tlbilx(0).trap == Trap::None) reference_.tlbilx(0, 0);
    } else if (dice < 99) {
      const std::uint32_t operand = ea | (coin() ? 8U : 0U) | (pick(32) == 0 ? 4U : 0U);
      h_.run(Opcode::Tlbivax, operand);
      reference_.tlbivax(operand);
    } else {
      const std::uint32_t arrays = pick(4) << 1;
      h_.write(Spr::Mmucsr0, arrays);
      reference_.flash(arrays);
    }
  }

  /// Every valid L1 entry is a copy of a valid L2 entry of its array, and no two are the same.
  void audit_l1(const L1Tlb& l1) {
    audit_array(l1.array_4k(), h_.engine.mmu().tlb0().array());
    audit_array(l1.vsp(), h_.engine.mmu().tlb1().array());
  }
  void audit_array(const LruArray& l1, const L2Array& l2) {
    const auto same = [](const MatchWord& a, const MatchWord& b) {
      return a.tag == b.tag && a.mask == b.mask;
    };
    for (std::size_t i = 0; i < l1.words().size(); ++i) {
      if (!l1.words()[i].valid()) continue;
      bool found = false;
      for (unsigned j = 0; j < l2.size(); ++j) found = found || same(l1.words()[i], l2.word(j));
      check(found, "L1 is a subset of L2");
      for (std::size_t j = i + 1; j < l1.words().size(); ++j) {
        check(!same(l1.words()[i], l1.words()[j]), "no entry is twice in an L1 array");
      }
    }
  }

  static constexpr unsigned kRecent = 16;

  Harness h_;
  Reference reference_;
  std::array<Access, kRecent> recent_{};
  std::mt19937 random_;
  std::uint64_t checks_ = 0;
  std::uint64_t operation_ = 0;
  std::uint64_t accesses_ = 0;
};

class RandomOperations : public testing::TestWithParam<const char*> {};

TEST_P(RandomOperations, AgreeWithAPlainListOfEntries) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    RandomRun run(GetParam(), seed);
    for (unsigned i = 0; i < kOperations && !HasFatalFailure(); ++i) {
      run.step();
      if (i % 100 == 0) run.audit();
    }
    const MmuCounters& counters = run.counters();
    std::cout << GetParam() << ", seed " << seed << ": " << run.checks() << " checks, "
              << counters.l1_hits << " L1 hits, " << counters.l2_hits << " L2 hits, "
              << counters.dtlb_errors + counters.itlb_errors << " TLB errors\n";
    ASSERT_GE(run.checks(), kFewestChecks);
    const bool has_l1 = std::string(GetParam()) != "qemu";
    ASSERT_GE(counters.l1_hits, has_l1 ? kFewestL1Hits : 0);
    EXPECT_EQ(counters.translations(), run.accesses());
  }
}

INSTANTIATE_TEST_SUITE_P(Cores, RandomOperations, testing::Values("e500mc", "e500v2", "qemu"),
                         [](const auto& core) { return std::string(core.param); });

}  // namespace
}  // namespace tessera::mmu
