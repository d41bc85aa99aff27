#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

namespace tessera::mmu {
namespace {

TEST(Match, AnEntryTranslatesItsPageAndNothingElse) {
  Harness h;
  h.map_4k(kEa);
  EXPECT_EQ(h.load(kEa + 0xABC).ra, RealAddress(0x30005ABC));
  EXPECT_EQ(h.load_outcome(kEa - 1), Outcome::DataTlbError);
  EXPECT_EQ(h.load_outcome(kEa + 0x1000), Outcome::DataTlbError);
}

TEST(Match, AnInvalidEntryNeverHits) {
  Harness h;
  h.map_4k(kEa);
  h.write(Spr::Mas1, 0x100);
  h.run(Opcode::Tlbwe);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
}

TEST(Match, TheAddressSpaceOfTheAccessMustEqualTs) {
  Harness h;
  h.map(0, 0x1100, kEa, 0x3F);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  Access access = Harness::access_of(kEa);
  access.as = true;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::Translated);
}

TEST(Match, TidMustEqualPidUnlessItIsZero) {
  Harness h;
  h.map_4k(kEa, 7);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  h.write(Spr::Pid0, 7);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  h.write(Spr::Pid0, 8);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  h.map_4k(kEa, 0);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
}

TEST(Match, AnyOfThreePidRegistersMatchesOnE500v2) {
  Harness h("e500v2");
  h.map_4k(kEa, 7);
  h.write(Spr::Pid1, 3);
  h.write(Spr::Pid2, 7);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  h.write(Spr::Pid0, 3);  // repeats PID1: PID2 must still count
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  h.write(Spr::Pid2, 0);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
}

TEST(Match, AGlobalEntryThatSeveralPidsHitIsOneHit) {
  Parameters parameters = find_core("e500v2")->parameters;
  parameters.multi_hit = MultiHit::MachineCheck;
  Harness h(parameters);
  h.map_4k(kEa);
  h.write(Spr::Pid0, 1);
  h.write(Spr::Pid1, 2);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
}

TEST(Match, GuestStateMustEqualTgs) {
  Harness h;
  h.map(0, 0x100, kEa, 0x3F, 0x80000000);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  Access access = Harness::access_of(kEa);
  access.gs = true;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::Translated);
}

TEST(Match, ACoreWithoutHypervisorIgnoresGuestState) {
  Harness h("e500v2");
  h.map_4k(kEa);
  Access access = Harness::access_of(kEa);
  access.gs = true;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::Translated);
}

TEST(Match, TlpidMustEqualLpidrUnlessItIsZero) {
  Harness h;
  h.map(0, 0x100, kEa, 0x3F, 5);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  h.write(Spr::Lpidr, 5);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  h.map(0, 0x100, kEa, 0x3F, 0);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
}

class PageSize : public testing::TestWithParam<unsigned> {};

TEST_P(PageSize, EndsWhereItShould) {
  Harness h;
  const unsigned code = GetParam();
  const std::uint64_t bytes = std::uint64_t{1024} << (2 * code);
  const auto base = static_cast<std::uint32_t>(std::uint64_t{0x40000000} & ~(bytes - 1));
  EXPECT_EQ(h.map(kTlb1 | 0x10000, code << 8, base, 0x3F), Trap::None);
  EXPECT_EQ(h.load(base).ra, RealAddress(0));
  const auto last = static_cast<std::uint32_t>(base + (bytes - 1));
  EXPECT_EQ(h.load(last).ra, RealAddress(bytes - 1));
  if (code < 11) {
    EXPECT_EQ(h.load_outcome(static_cast<std::uint32_t>(base + bytes)), Outcome::DataTlbError);
  }
}

// 4 GB is tried apart: it would overlap the boot page.
INSTANTIATE_TEST_SUITE_P(AllCodes, PageSize, testing::Range(1U, 11U));

TEST(Match, AFourGigabytePageMatchesEveryAddress) {
  Parameters parameters;
  parameters.boot_entry = false;
  Harness h(parameters);
  EXPECT_EQ(h.map(kTlb1, 11 << 8, 0, 0x3F), Trap::None);
  EXPECT_EQ(h.load(0xFFFFFFFC).ra, RealAddress(0xFFFFFFFC));
}

TEST(Match, BitsOfTheRealPageNumberBelowThePageSizeAreIgnored) {
  Harness h;
  h.map(kTlb1 | 0x10000, 3 << 8, 0x4000F000, 0x1234F03F);
  EXPECT_EQ(h.load(0x40001234).ra, RealAddress(0x12341234));
}

TEST(Match, Mas7HoldsTheTopOfTheRealAddress) {
  Harness h;
  h.map_4k(kEa);
  h.write(Spr::Mas7, 0xA);
  h.run(Opcode::Tlbwe);
  EXPECT_EQ(h.load(kEa).ra, RealAddress(0xA30005000));
}

TEST(Match, ExternalPidTakesEverythingFromItsOwnRegister) {
  Harness h;
  h.map(0, 0x00091100, kEa, 0x2A, 0x80000003);  // TS, TGS, TID 9, TLPID 3, user only
  h.write(Spr::Eplc, 0xE0030009);               // EPR EAS EGS, ELPID 3, EPID 9
  Access access = Harness::access_of(kEa);
  access.external_pid = true;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::Translated);
  access.kind = AccessKind::Store;
  const Translation store = h.engine.access(access);  // EPSC is still 0
  EXPECT_EQ(store.outcome, Outcome::DataTlbError);
  EXPECT_EQ(store.esr, 0x00800040U);
  h.write(Spr::Epsc, 0xE0030009);
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::Translated);
}

TEST(MultiHit, IsAMachineCheckOnE500mc) {
  Harness h;
  h.map_4k(kEa, 0, 0);
  h.map_4k(kEa, 0, 1);
  const Translation response = h.load(kEa);
  EXPECT_EQ(response.outcome, Outcome::MachineCheck);
  EXPECT_EQ(response.fault_ea, EffectiveAddress(kEa));
  EXPECT_EQ(h.counters().machine_checks, 1U);
}

TEST(MultiHit, AnL1HitHidesIt) {
  Harness h;
  h.map_4k(kEa, 0, 0);
  h.load(kEa);
  h.map_4k(kEa, 0, 1);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  EXPECT_EQ(h.fetch(kEa).outcome, Outcome::MachineCheck);
}

TEST(MultiHit, FirstTakesTlb0BeforeTlb1AndLowBeforeHigh) {
  Parameters parameters;
  parameters.multi_hit = MultiHit::First;
  Harness h(parameters);
  h.map(kTlb1 | 0x50000, 0x200, kEa & ~0xFFFFU, 0x3F);
  h.map(kTlb1 | 0x30000, 0x100, kEa, 0x1000003F);
  EXPECT_EQ(h.load(kEa).ra, RealAddress(0x10000000));
  h.map(0x20000, 0x100, kEa, 0x2000003F);
  EXPECT_EQ(h.fetch(kEa).ra, RealAddress(0x20000000));
}

TEST(MultiHit, AssertThrows) {
  Parameters parameters;
  parameters.multi_hit = MultiHit::Assert;
  Harness h(parameters);
  h.map_4k(kEa, 0, 0);
  h.map_4k(kEa, 0, 1);
  EXPECT_THROW(h.load(kEa), std::logic_error);
}

TEST(MultiHit, StopsATlbsxAndLeavesMasAlone) {
  Harness h;
  h.map_4k(kEa, 0, 0);
  h.map_4k(kEa, 0, 1);
  h.write(Spr::Mas2, 0x1234F000);
  EXPECT_EQ(h.run(Opcode::Tlbsx, kEa).trap, Trap::MachineCheck);
  EXPECT_EQ(h.read(Spr::Mas2), 0x1234F000U);
  EXPECT_EQ(h.counters().tlbsx, 0U);
}

}  // namespace
}  // namespace tessera::mmu
