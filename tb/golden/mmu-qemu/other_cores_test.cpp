#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/mmu/core.hpp"
#include "model/types/user_error.hpp"
#include "sw/machine/engines.hpp"
#include "sw/replay/mmu/replay.hpp"
#include "sw/workload/text_source.hpp"
#include "tb/golden/mmu-qemu/logs.hpp"

namespace tessera::replay {
namespace {

using testing::ElementsAre;

/// The logs on cores that are no QEMU: what is left to compare agrees.
class OtherCore : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(OtherCore, ReproducesTheLogWhereItDoesAsQemu) {
  const std::string core = std::get<0>(GetParam());
  // e500v2 has 16 of 64 TLB1 entries and no tlbilx.
  const std::uint64_t fewest_checks = core == "e500v2" ? 35000 : 47000;
  expect_no_mismatch(*mmu::find_core(core), std::get<1>(GetParam()), fewest_checks);
}

INSTANTIATE_TEST_SUITE_P(Logs, OtherCore,
                         testing::Combine(testing::Values("e500mc", "e500v2"),
                                          testing::Values("m32_s1", "m0_s11", "m8_s19", "m16_s22")),
                         [](const auto& test) {
                           return std::string(std::get<0>(test.param)) + "_" +
                                  std::get<1>(test.param);
                         });

const mmu::Core& e500mc() { return *mmu::find_core("e500mc"); }

MmuReplay replay_on_e500mc(const std::string& text) {
  return replay_on(e500mc(), machine::engines().front(), text);
}

std::uint64_t times(const MmuReplay& replay, Omission omission) {
  return replay.omissions.of(omission).times;
}

/// The generator's own mapping, in the place of the entry that reset makes.
std::string dump(const std::string& count, const std::string& others = "") {
  return "D " + count + " tlb=1 esel=0 mas1=c0000700 mas2=4 mas3=3f mas7=0\n" + others + "E " +
         count + " end-of-dump\n";
}

std::string in_a_log(const std::string& lines) {
  return "H format=1 seed=1\n" + dump("0") + lines + "Z done 1\n";
}

/// The register values that end a line.
std::string after(const std::string& mas0, const std::string& mas1, const std::string& mas2,
                  const std::string& mas3 = "0", const std::string& mas6 = "0") {
  return " pid=0 mas0=" + mas0 + " mas1=" + mas1 + " mas2=" + mas2 + " mas3=" + mas3 +
         " mas4=100 mas6=" + mas6 + " mas7=0\n";
}

const std::string kMiss =
    "O 0 ld ea=18004118 as=0 pr=0 => res=DTLB srr0=0 srr1=0 esr=0 dear=18004118 hits=0";

TEST(OtherCoreReplay, LeavesTheHintOfAMissOut) {
  const MmuReplay result =
      replay_on_e500mc(in_a_log(kMiss + after("20003", "80000100", "18004000")));
  EXPECT_EQ(result.mismatches, 0U);
  EXPECT_EQ(times(result, Omission::VictimWay), 1U);
  EXPECT_EQ(result.omissions.of(Omission::VictimWay).differed, 1U);
  EXPECT_EQ(times(result, Omission::NextVictim), 1U);
}

TEST(OtherCoreReplay, LeavesNothingElseOfAMissOut) {
  EXPECT_THAT(replay_on_e500mc(in_a_log(kMiss + after("10000001", "80000100", "18004000"))).reports,
              ElementsAre("a.log:4: mas0: expected 10000000, got 0"));
  EXPECT_THAT(replay_on_e500mc(in_a_log(kMiss + after("1", "80000100", "18005000"))).reports,
              ElementsAre("a.log:4: mas2: expected 18005000, got 18004000"));
  EXPECT_THAT(replay_on_e500mc(in_a_log(kMiss + after("1", "80000100", "18004000", "1"))).reports,
              ElementsAre("a.log:4: mas3: expected 1, got 0"));
}

/// The log's ESEL stands in MAS0 until something writes it: later lines are compared in full.
TEST(OtherCoreReplay, MeetsAnOmittedDifferenceOnce) {
  const std::string later = "O 1 mtmas4 val=100 => res=ok";
  const MmuReplay same = replay_on_e500mc(in_a_log(kMiss + after("20003", "80000100", "18004000") +
                                                   later + after("20003", "80000100", "18004000")));
  EXPECT_EQ(same.mismatches, 0U);
  const MmuReplay other =
      replay_on_e500mc(in_a_log(kMiss + after("20003", "80000100", "18004000") + later +
                                after("20002", "80000100", "18004000")));
  EXPECT_THAT(other.reports, ElementsAre("a.log:5: mas0: expected 20002, got 20003"));
}

const std::string kGlobalEntry =
    "O 0 tlbwe m0=20000 m1=80000100 m2=18004000 m3=10000000 m7=0 => res=ok" +
    after("20000", "80000100", "18004000", "10000000");

std::string tlbilx_va(const std::string& spid) {
  const std::string mas6 = spid + "0000";
  return "O 1 tlbilx t=3 m6=" + mas6 + " ea=18004000 => res=ok" +
         after("20000", "80000100", "18004000", "10000000", mas6);
}

TEST(OtherCoreReplay, DropsGlobalEntriesThatOnlyQemuDrops) {
  const MmuReplay dropped = replay_on_e500mc(in_a_log(kGlobalEntry + tlbilx_va("5") + dump("2")));
  EXPECT_EQ(dropped.mismatches, 0U);
  EXPECT_EQ(times(dropped, Omission::GlobalEntry), 1U);
  const MmuReplay exact = replay_on_e500mc(in_a_log(kGlobalEntry + tlbilx_va("0") + dump("2")));
  EXPECT_EQ(exact.mismatches, 0U);
  EXPECT_EQ(times(exact, Omission::GlobalEntry), 0U);
}

TEST(OtherCoreReplay, DoesNotPlayWhatSeveralEntriesMatch) {
  const std::string line = "O 0 ld ea=18004118 as=0 pr=0 => res=ok val=0 hits=2";
  const MmuReplay result = replay_on_e500mc(in_a_log(line + after("1", "80000100", "18004000")));
  EXPECT_EQ(result.mismatches, 0U);
  EXPECT_EQ(times(result, Omission::SeveralHits), 1U);
}

TEST(OtherCoreReplay, LeavesOutEntriesBeyondASmallerTlb1) {
  const mmu::Core& e500v2 = *mmu::find_core("e500v2");
  const std::string entry =
      "O 0 tlbwe m0=101f0000 m1=80000300 m2=18000000 m3=10000000 m7=0 => res=ok" +
      after("101f0000", "80000300", "18000000", "10000000");
  const std::string hit = "O 1 ld ea=18004118 as=0 pr=0 => res=ok val=10004118 hits=1" +
                          after("101f0000", "80000300", "18000000", "10000000");
  const std::string listed = "D 2 tlb=1 esel=1f mas1=80000300 mas2=18000000 mas3=10000000 mas7=0\n";
  const MmuReplay result =
      replay_on(e500v2, machine::engines().front(), in_a_log(entry + hit + dump("2", listed)));
  EXPECT_EQ(result.mismatches, 0U);
  EXPECT_EQ(times(result, Omission::AbsentEntry), 3U);
}

/// An MMU that is not what its parameters say is found out in spite of all omissions.
TEST(OtherCoreReplay, FindsAnMmuThatIsWrong) {
  const std::string text = workload::read_text(TESSERA_QEMU_LOGS "/m0_s11.log.zst");
  const auto mismatches_of = [&text](mmu::Parameters wrong) {
    const auto engine = machine::engines().front().make(wrong, e500mc().timing, nullptr);
    return replay_mmu(text, "a.log", *engine, e500mc().parameters).mismatches;
  };
  EXPECT_EQ(mismatches_of(e500mc().parameters), 0U);
  mmu::Parameters wrong = e500mc().parameters;
  wrong.pid_bits = wrong.epid_bits = 7;
  EXPECT_GT(mismatches_of(wrong), 10U);
  wrong = e500mc().parameters;
  wrong.tlb1_entries = 63;
  EXPECT_GT(mismatches_of(wrong), 10U);
  wrong = e500mc().parameters;
  wrong.l1_flush_on_pid = mmu::L1FlushOnPid::None;
  EXPECT_EQ(mismatches_of(wrong), 0U) << "L1 entries carry their TID";
  wrong.has_tlbilx = false;
  EXPECT_GT(mismatches_of(wrong), 10U);
}

std::string error_of_header(const std::string& header) {
  try {
    replay_on_e500mc(header + "\nZ done 0\n");
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

TEST(OtherCoreReplay, RefusesLogsThatTheCoreCannotPlay) {
  EXPECT_THAT(error_of_header("H format=1 mode=24"),
              testing::StartsWith("a.log:1: a log of mode 4"));
  EXPECT_THAT(error_of_header("H format=1 mode=0 tlb0cfg=2110100"),
              testing::StartsWith("a.log:1: the log is of a TLB0 of another shape"));
  EXPECT_EQ(error_of_header("H format=1 mode=20 tlb0cfg=4110200"), "no error");
}

TEST(Omission, HasATextForEach) {
  for (std::size_t i = 0; i < kOmissions; ++i) {
    EXPECT_FALSE(text_of(static_cast<Omission>(i)).empty());
  }
}

}  // namespace
}  // namespace tessera::replay
