// Which accesses walk, which walks fail and what they write: the tables of docs/walkers.md W3 to W6
// row by row, on C++ and RTL in lock step.

#include <array>

#include <gtest/gtest.h>

#include "tb/lockstep/checker_codes.hpp"
#include "tb/lockstep/mas_bits.hpp"
#include "tb/lockstep/walk_bench.hpp"

namespace tessera::lockstep {
namespace {

using clocked::InputPins;
using mmu::Opcode;
using mmu::Spr;

constexpr std::uint32_t kPageTable = 0x100;
constexpr std::uint32_t kTlbIneligible = 0x200;

InputPins guest_load() {
  InputPins in = load_pins(kWalkedPage);
  in.d_req_gs = true;
  return in;
}

InputPins external_load() {
  InputPins in = load_pins(kWalkedPage);
  in.d_req_epid = true;
  return in;
}

std::uint8_t outcome_of(WalkBench& bench, const InputPins& in) {
  bench.step(in);
  return bench.data_response().pins.d_rsp_outcome;
}

TEST(Eligible, OnTablewalkAreAccessesOfTheHostWithWalkctlOn) {
  WalkBench bench("e500mc_tablewalk");
  EXPECT_EQ(outcome_of(bench, guest_load()), code::kDataTlbError);
  EXPECT_EQ(outcome_of(bench, external_load()), code::kDataTlbError);
  bench.mtspr(Spr::Walkctl, 2);
  EXPECT_EQ(outcome_of(bench, load_pins(kWalkedPage)), code::kDataTlbError);
  EXPECT_EQ(bench.events()[24], 0U);
  bench.mtspr(Spr::Walkctl, 3);
  EXPECT_EQ(outcome_of(bench, load_pins(kWalkedPage)), code::kTranslated);
}

TEST(Eligible, OnTablewalkWithoutEhvIsWhateverTheGsPinSays) {
  WalkBench bench("e500v2_tablewalk");
  EXPECT_EQ(outcome_of(bench, guest_load()), code::kTranslated);
}

TEST(Eligible, OnE6500AreAccessesThatAnIndirectEntryCovers) {
  WalkBench bench("e500mc_e6500");
  EXPECT_EQ(outcome_of(bench, guest_load()), code::kDataTlbError) << "TGS";
  EXPECT_EQ(outcome_of(bench, external_load()), code::kDataTlbError) << "TID";
  EXPECT_EQ(outcome_of(bench, load_pins(kWalkedPage + 0x400000)), code::kDataTlbError);
  bench.mtspr(Spr::Eplc, kWalkedPid);
  EXPECT_EQ(outcome_of(bench, external_load()), code::kTranslated);
  EXPECT_EQ(bench.events()[25], 1U);
}

TEST(Eligible, OnE6500SeveralIndirectEntriesAreAMachineCheckOrTheFirst) {
  WalkBench checks("e500mc_e6500");
  checks.map_table(kWalkedPage, 7, 0);
  EXPECT_EQ(outcome_of(checks, load_pins(kWalkedPage)), code::kMachineCheck);
  EXPECT_EQ(checks.events()[24], 0U);
  WalkBench first("e500v2_e6500");
  first.map_table(kWalkedPage, 7, 0, 3);
  EXPECT_EQ(outcome_of(first, load_pins(kWalkedPage)), code::kTranslated) << "entry 1, not 7";
}

TEST(Eligible, AnIndirectEntryTranslatesNothingAndHidesNoDirectOne) {
  WalkBench bench("e500mc_e6500");
  bench.map({.ea = kWalkedPage, .frame = 0x777, .tid = kWalkedPid, .esel = 9, .tlb1 = true});
  const Answer answer = bench.load(kWalkedPage);
  EXPECT_EQ(answer.pins.d_rsp_ra, 0x777000U);
  EXPECT_EQ(bench.events()[24], 0U);
}

struct Failure {
  const char* what;
  std::uint64_t pte;
  std::uint32_t esr;
};

TEST(FailingWalks, OfE6500) {
  const std::uint64_t good = WalkBench::good_pte(kWalkedFrame);
  const std::array<Failure, 4> failures{{{"V = 0", good & ~1ULL, kPageTable},
                                         {"R = 0", good & ~0x40000ULL, kPageTable},
                                         {"PS of 16 KB", good ^ 0x600, kTlbIneligible},
                                         {"V = 0 before PS", (good & ~1ULL) ^ 0x600, kPageTable}}};
  WalkBench bench("e500mc_e6500");
  for (const Failure& failure : failures) {
    SCOPED_TRACE(failure.what);
    bench.put_pte(kWalkedPage, failure.pte);
    EXPECT_EQ(bench.load(kWalkedPage).pins.d_rsp_esr, failure.esr);
  }
  bench.map_table(kWalkedPage, 1, kWalkedPid, 3);
  const std::uint64_t loads = bench.events()[24];
  const std::uint64_t accepted = bench.now();
  const Answer answer = bench.load(kWalkedPage);
  EXPECT_EQ(answer.pins.d_rsp_esr, kTlbIneligible);
  EXPECT_EQ(answer.cycle - accepted, 9U) << "taken at 7, END in 8";
  EXPECT_EQ(bench.events()[24], loads);
}

TEST(FailingWalks, OfTablewalkWithLongPtes) {
  const std::uint64_t good = WalkBench::good_pte(kWalkedFrame);
  const std::array<Failure, 4> failures{{{"not PRESENT", good & ~1ULL, kPageTable},
                                         {"not ACCESSED", good & ~0x40000ULL, kPageTable},
                                         {"a file PTE", 0x12345602, kPageTable},
                                         {"PS is no matter", good ^ 0x600, 0}}};
  WalkBench bench("e500mc_tablewalk");
  for (const Failure& failure : failures) {
    SCOPED_TRACE(failure.what);
    bench.put_pte(kWalkedPage, failure.pte);
    EXPECT_EQ(bench.load(kWalkedPage).pins.d_rsp_esr, failure.esr);
  }
  bench.execute(instruction_pins(Opcode::Tlbilx, kWalkedPage));
  for (const std::uint32_t entry : {0U, 0x40345000U}) {
    SCOPED_TRACE(entry);
    bench.memory().words[kDirectory + 4 * (kWalkedPage >> 21)] = entry;
    EXPECT_EQ(bench.load(kWalkedPage).pins.d_rsp_esr, kPageTable) << "no table";
  }
}

// 4 MB of 4-byte PTEs a table, in a low half of memory that would be no table for fsl64.
TEST(FailingWalks, OfTablewalkWithShortPtes) {
  constexpr std::uint32_t kWord = 0x12345CFF;
  const std::array<Failure, 3> failures{{{"good", kWord, 0},
                                         {"not PRESENT", kWord & ~1U, kPageTable},
                                         {"not ACCESSED", kWord & ~0x20U, kPageTable}}};
  for (const Failure& failure : failures) {
    SCOPED_TRACE(failure.what);
    WalkBench bench("e500mc_tablewalk");
    bench.mtspr(Spr::Walkctl, 1);
    bench.mtspr(Spr::Walkbase, 0x20000000);
    bench.memory().words[kDirectory + 4 * (kWalkedPage >> 22)] = 0x20345FFF;
    bench.memory().words[0x345000 + 4 * ((kWalkedPage >> 12) & 0x3FF)] = failure.pte;
    EXPECT_EQ(bench.load(kWalkedPage).pins.d_rsp_esr, failure.esr);
    EXPECT_EQ(bench.events()[25], failure.esr == 0 ? 1U : 0U);
    bench.memory().words[kDirectory + 4 * (kWalkedPage >> 22)] = 0;
    bench.execute(instruction_pins(Opcode::Tlbilx, kWalkedPage));
    EXPECT_EQ(bench.load(kWalkedPage).pins.d_rsp_esr, kPageTable);
  }
}

/// The words of way 0 of the page's set, by tlbre.
EntryWords written(WalkBench& bench, std::uint32_t ea) {
  bench.mtspr(Spr::Mas0, 0);
  bench.mtspr(Spr::Mas2, ea);
  bench.execute(instruction_pins(Opcode::Tlbre));
  return {bench.mfspr(Spr::Mas1), bench.mfspr(Spr::Mas2), bench.mfspr(Spr::Mas3),
          bench.mfspr(Spr::Mas7), bench.mfspr(Spr::Mas8)};
}

// RPN 0xA12345, WIMGE 01010, U bits set in the PTE, not yet written to.
constexpr std::uint64_t kSpeakingPte = 0xA1234557D2FDULL;

TEST(WrittenByAWalk, OfE6500IsTheIndirectEntrysOwnerAndThePtesPage) {
  WalkBench bench("e500mc_e6500");
  bench.mtspr(Spr::Mas8, 0x40000003);
  bench.map_table(kWalkedPage, 1, kWalkedPid);
  bench.mtspr(Spr::Lpidr, 3);
  bench.put_pte(kWalkedPage, kSpeakingPte);
  bench.load(kWalkedPage);
  const EntryWords words = written(bench, kWalkedPage);
  EXPECT_EQ(words.mas1, 0x80050100U);
  EXPECT_EQ(words.mas2, kWalkedPage | 0xA);
  EXPECT_EQ(words.mas3, 0x12345000U | 0x3F);
  EXPECT_EQ(words.mas7, 0xAU);
  EXPECT_EQ(words.mas8, 3U) << "TLPID, but no VF";
}

TEST(WrittenByAWalk, OfTablewalkIsTheRequestsOwner) {
  WalkBench bench("e500mc_tablewalk");
  bench.mtspr(Spr::Lpidr, 3);
  bench.put_pte(kWalkedPage, kSpeakingPte & ~0x1000ULL);
  bench.load(kWalkedPage);
  const EntryWords words = written(bench, kWalkedPage);
  EXPECT_EQ(words.mas1, 0x80050100U);
  EXPECT_EQ(words.mas2, kWalkedPage | 0xA);
  EXPECT_EQ(words.mas3, 0x12345000U | 0x33) << "not DIRTY: neither SW nor UW";
  EXPECT_EQ(words.mas7, 0xAU);
  EXPECT_EQ(words.mas8, 3U);
}

TEST(WrittenByAWalk, OfTablewalkWithAsIsInTheOtherSpace) {
  WalkBench bench("e500mc_tablewalk");
  InputPins in = load_pins(kKernelPage);
  in.d_req_as = true;
  EXPECT_EQ(outcome_of(bench, in), code::kTranslated);
  EXPECT_EQ(written(bench, kKernelPage).mas1, 0x80001100U);
}

TEST(IndirectEntries, AreSearchedAndInvalidatedByMas6Sind) {
  WalkBench bench("e500mc_e6500");
  bench.load(kWalkedPage);
  bench.mtspr(Spr::Mas6, (kWalkedPid << 16) | kMas6Indirect);
  bench.execute(instruction_pins(Opcode::Tlbsx, kWalkedPage));
  EXPECT_EQ(bench.mfspr(Spr::Mas1), kValid | kIndirect | kSize2M | (kWalkedPid << 16));
  EXPECT_EQ(bench.mfspr(Spr::Mas0) & 0x1FFF0000, kTlb1 | (1U << 16));
  bench.execute(instruction_pins(Opcode::Tlbilx, kWalkedPage));
  EXPECT_EQ(bench.load(kWalkedPage).pins.perf_event, 2U) << "still in L1";
  EXPECT_EQ(bench.load(kWalkedPage + 0x1000).pins.d_rsp_outcome, code::kDataTlbError);
  bench.mtspr(Spr::Mas6, kWalkedPid << 16);
  bench.execute(instruction_pins(Opcode::Tlbsx, kWalkedPage));
  EXPECT_EQ(bench.mfspr(Spr::Mas1), kValid | kSize4K | (kWalkedPid << 16));
}

TEST(IndirectEntries, AreOverwrittenWithoutBackInvalidation) {
  WalkBench bench("e500mc_e6500");
  bench.load(kWalkedPage);
  bench.mtspr(Spr::Mas1, 0);
  bench.mtspr(Spr::Mas0, kTlb1 | (1U << 16));
  bench.execute(instruction_pins(Opcode::Tlbwe));
  EXPECT_EQ(bench.load(kWalkedPage).pins.perf_event, 2U) << "still in L1";
}

TEST(IndirectEntries, HaveOneLegalSize) {
  WalkBench bench("e500mc_e6500");
  for (std::uint32_t size = 0; size < 32; ++size) {
    SCOPED_TRACE(size);
    bench.mtspr(Spr::Mas0, kTlb1 | (9U << 16));
    bench.mtspr(Spr::Mas1, kValid | kIndirect | (size << 7));
    const std::uint8_t trap = bench.execute(instruction_pins(Opcode::Tlbwe)).pins.instr_trap;
    EXPECT_EQ(trap, size == 11 ? 0 : 1);
  }
  WalkBench forced("odd_e6500");
  forced.mtspr(Spr::Mas0, kTlb1 | (2U << 16));
  forced.mtspr(Spr::Mas1, kValid | kIndirect | (10U << 7));
  forced.execute(instruction_pins(Opcode::Tlbwe));
  forced.execute(instruction_pins(Opcode::Tlbre));
  EXPECT_EQ(forced.mfspr(Spr::Mas1), kValid | kSize4K);
}

TEST(IndirectEntries, ATlbErrorProposesOneIfMas4Says) {
  WalkBench bench("e500mc_e6500");
  bench.mtspr(Spr::Mas4, kTlb1 | kMas4Indirect | kSize2M);
  bench.load(0x70000000);
  EXPECT_EQ(bench.mfspr(Spr::Mas1), kValid | kIndirect | kSize2M | (kWalkedPid << 16));
  EXPECT_EQ(bench.mfspr(Spr::Mas6), (kWalkedPid << 16) | kMas6Indirect);
  bench.execute(instruction_pins(Opcode::Tlbsx, 0x70000000));
  EXPECT_EQ(bench.mfspr(Spr::Mas1), kIndirect | kSize2M | (kWalkedPid << 16)) << "not there";
  bench.execute(instruction_pins(Opcode::Tlbsx, kWalkedPage));
  EXPECT_EQ(bench.mfspr(Spr::Mas1), kValid | kIndirect | kSize2M | (kWalkedPid << 16));
}

TEST(WalkRegisters, KeepTheirBits) {
  WalkBench bench("e500mc_tablewalk");
  for (const Spr spr : {Spr::Walkctl, Spr::Walkpgd, Spr::Walkkpgd, Spr::Walkbase}) {
    bench.mtspr(spr, 0xFFFFFFFF);
  }
  EXPECT_EQ(bench.mfspr(Spr::Walkctl), 3U);
  EXPECT_EQ(bench.mfspr(Spr::Walkpgd), 0xFFFFFFU);
  EXPECT_EQ(bench.mfspr(Spr::Walkkpgd), 0xFFFFFFU);
  EXPECT_EQ(bench.mfspr(Spr::Walkbase), 0xFFFFF000U);
}

TEST(WalkRegisters, OfE6500) {
  WalkBench bench("e500mc_e6500");
  EXPECT_EQ(bench.mfspr(Spr::Tlb0ps), 0x4U);
  EXPECT_EQ(bench.mfspr(Spr::Tlb1ps), 0x00555554U) << "4^1 to 4^11 KB";
  EXPECT_EQ(bench.mfspr(Spr::Eptcfg), 0x162U);
  EXPECT_EQ(bench.mfspr(Spr::Mmucfg), 0x064809C5U);
  EXPECT_EQ(bench.mfspr(Spr::Tlb0cfg), 0x04040200U);
  EXPECT_EQ(bench.mfspr(Spr::Tlb1cfg), 0x40028040U);
}

}  // namespace
}  // namespace tessera::lockstep
