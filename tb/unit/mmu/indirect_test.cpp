#include <gtest/gtest.h>

#include "tb/unit/mmu/walk_harness.hpp"

// docs/walkers.md W3, and the rows of W1 about MAS.
namespace tessera::mmu {
namespace {

constexpr std::uint32_t kInd = 0x2000;

/// tlbre of TLB1 index 3, or of way 0 of TLB0 for kEa.
void read_back(Harness& h, std::uint32_t mas0) {
  h.write(Spr::Mas0, mas0);
  h.write(Spr::Mas2, kEa);
  h.run(Opcode::Tlbre);
}

bool holds_indirect(E6500& h) {
  read_back(h, kTlb1 | (3 << 16));
  return (h.read(Spr::Mas1) & 0x80000000) != 0;
}

TEST(Indirect, IsStoredAsWrittenWithTheEpnOfTwoMegabytes) {
  E6500 h;
  EXPECT_EQ(h.map_indirect(kEa, 3, 0x00050000, 0x80000001), Trap::None);
  read_back(h, kTlb1 | (3 << 16));
  EXPECT_EQ(h.read(Spr::Mas1), 0x80052580U);
  EXPECT_EQ(h.read(Spr::Mas2), 0x20000000U);
  EXPECT_EQ(h.read(Spr::Mas3), 0x80000004U);
  EXPECT_EQ(h.read(Spr::Mas7), 0x7U);
  EXPECT_EQ(h.read(Spr::Mas8), 0x80000001U);
  const TlbEntry entry = h.engine.valid_entries().back();
  EXPECT_TRUE(entry.indirect);
  EXPECT_EQ(entry.size(), Bytes(2 << 20));
  EXPECT_EQ(entry.ea(), EffectiveAddress(0x20000000));
  EXPECT_EQ(entry.table(), RealAddress(E6500::kTable));
}

TEST(Indirect, KeepsAllOfMas3) {
  E6500 h;
  h.write(Spr::Mas0, kTlb1 | (3 << 16));
  h.write(Spr::Mas1, 0x80000000 | kInd | (11 << 7));
  h.write(Spr::Mas3, 0xABCDE3FF);
  h.run(Opcode::Tlbwe);
  read_back(h, kTlb1 | (3 << 16));
  EXPECT_EQ(h.read(Spr::Mas3), 0xABCDE3FFU);
}

TEST(Indirect, HasTsizeElevenAndNoOther) {
  for (unsigned tsize = 0; tsize < 32; ++tsize) {
    E6500 h;
    h.write(Spr::Mas0, kTlb1 | (3 << 16));
    h.write(Spr::Mas1, 0x80000000 | kInd | (tsize << 7));
    EXPECT_EQ(h.run(Opcode::Tlbwe).trap, tsize == 11 ? Trap::None : Trap::IllegalInstruction)
        << tsize;
    h.write(Spr::Mas1, kInd | (tsize << 7));
    EXPECT_EQ(h.run(Opcode::Tlbwe).trap, Trap::None) << "V = 0 may hold anything";
  }
}

TEST(Indirect, OfAnotherSizeIsForcedToADirectFourKilobytes) {
  Parameters parameters;
  parameters.tlbwe_bad_tsize = BadTsize::Force4K;
  E6500 h(parameters);
  h.write(Spr::Mas0, kTlb1 | (3 << 16));
  h.write(Spr::Mas1, 0x80000000 | kInd | (10 << 7));
  EXPECT_EQ(h.run(Opcode::Tlbwe).trap, Trap::None);
  read_back(h, kTlb1 | (3 << 16));
  EXPECT_EQ(h.read(Spr::Mas1), 0x80000100U);
}

TEST(Indirect, DoesNotExistInTlb0) {
  E6500 h;
  h.map(0, kInd | (11 << 7), kEa, 0x3F);
  read_back(h, 0);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80000100U);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
}

TEST(Indirect, BitMeansNothingWithoutTheE6500sWalker) {
  Parameters parameters = find_core("qemu")->parameters;
  Harness h(parameters);
  h.map(kTlb1 | (3 << 16), kInd | 0x100, kEa, (kEa + 0x10000000) | 0x3F);
  EXPECT_EQ(h.load(kEa).ra, RealAddress(kEa + 0x10000000));
  read_back(h, kTlb1 | (3 << 16));
  EXPECT_EQ(h.read(Spr::Mas1), 0x80002100U) << "RETAIN";
  h.write(Spr::Mas4, 0x8100);
  h.run(Opcode::Tlbsx, 0x40000000);
  EXPECT_EQ(h.read(Spr::Mas1) & kInd, 0U);
  EXPECT_EQ(h.load_outcome(0x40000000), Outcome::DataTlbError);
  EXPECT_EQ(h.read(Spr::Mas6), 0U);
  h.write(Spr::Mas6, 2);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80002100U) << "SIND neither";
}

TEST(Indirect, TranslatesNothingBesideADirectEntry) {
  E6500 h;
  h.map_indirect(kEa);
  h.map_4k(kEa);
  EXPECT_EQ(h.load(kEa).ra, RealAddress(kEa + 0x10000000)) << "and is no second match";
  EXPECT_TRUE(h.memory.asked.empty());
}

TEST(Indirect, WhenReplacedDropsNothingFromL1) {
  E6500 h;
  h.map_4k(kEa);
  h.map_indirect(kEa);
  h.load(kEa);
  h.map(kTlb1 | (3 << 16), 0x100, 0x50000000, 0x3F);
  const std::uint64_t hits = h.counters().l1_hits;
  h.load(kEa);
  EXPECT_EQ(h.counters().l1_hits, hits + 1);
}

TEST(Indirect, IsFoundByTlbsxWithSindAlone) {
  E6500 h;
  h.map_4k(kEa);
  h.map_indirect(kEa);
  h.write(Spr::Mas6, 0);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80000100U);
  h.write(Spr::Mas6, 2);
  h.run(Opcode::Tlbsx, kEa + 0x1F0000);
  EXPECT_EQ(h.read(Spr::Mas0) & 0x1FFF0000, 0x10030000U);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80002580U);
  h.run(Opcode::Tlbsx, kEa + 0x200000);
  EXPECT_EQ(h.read(Spr::Mas1) & 0x80000000, 0U);
}

TEST(Indirect, SeveralThatTlbsxFindsAreAMachineCheckOrTheFirst) {
  Parameters parameters;
  for (const MultiHit rule : {MultiHit::MachineCheck, MultiHit::First}) {
    parameters.multi_hit = rule;
    E6500 h(parameters);
    h.map_indirect(kEa, 5);
    h.map_indirect(kEa, 4);
    h.write(Spr::Mas6, 2);
    const Trap trap = h.run(Opcode::Tlbsx, kEa).trap;
    EXPECT_EQ(trap, rule == MultiHit::First ? Trap::None : Trap::MachineCheck);
    if (rule == MultiHit::First) {
      EXPECT_EQ(h.read(Spr::Mas0) & 0x0FFF0000, 0x00040000U);
    }
  }
}

TEST(Indirect, DefaultComesFromInddInAMissAndATlbsxMiss) {
  E6500 h;
  h.write(Spr::Mas4, 0x8000 | (11 << 7));
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80002580U);
  h.write(Spr::Mas4, 0x100);
  h.load(kEa);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80000100U);
  h.write(Spr::Mas4, 0x8100);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas1), 0x00002100U);
}

// Linux's handler of a TLB error (tlb_miss_common_e6500 of tlb_low_64e.S, read in 4.1) looks with
// tlbsx for the indirect entry and leaves MAS6 to the hardware.
TEST(Indirect, IsWhatTlbsxLooksForAfterAnErrorWithIndd) {
  E6500 h;
  h.map_indirect(kEa + 0x200000, 3);
  h.write(Spr::Mas4, kTlb1 | 0x8000 | (11 << 7));
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  EXPECT_EQ(h.read(Spr::Mas6), 0x2U);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas1), 0x2580U) << "a miss";
  EXPECT_EQ(h.read(Spr::Mas6), 0x2U);
  h.run(Opcode::Tlbsx, kEa + 0x200000);
  EXPECT_EQ(h.read(Spr::Mas1), 0x80002580U);
  EXPECT_EQ(h.read(Spr::Mas0) & 0x1FFF0000, 0x10030000U);
  h.write(Spr::Mas4, 0x100);
  h.load(kEa);
  EXPECT_EQ(h.read(Spr::Mas6), 0U);
  h.write(Spr::Mas4, 0x8100);
  h.run(Opcode::Tlbsx, kEa);
  EXPECT_EQ(h.read(Spr::Mas6), 0U) << "a tlbsx miss leaves it";
}

TEST(Indirect, IsComparedByTlbilxOfAnAddressAlone) {
  struct Row {
    std::uint32_t sind;
    bool direct_left;
    bool indirect_left;
  };
  for (const Row& row : {Row{0, false, true}, Row{2, true, false}}) {
    E6500 h;
    h.map_4k(kEa);
    h.map_indirect(kEa);
    h.load(kEa);
    h.write(Spr::Mas6, row.sind);
    h.tlbilx(3, kEa + (row.sind != 0 ? 0x1000 : 0));
    EXPECT_EQ(holds_indirect(h), row.indirect_left);
    const std::uint64_t hits = h.counters().l1_hits;
    h.load(kEa);
    EXPECT_EQ(h.counters().l1_hits, hits + (row.direct_left ? 1 : 0));
  }
}

TEST(Indirect, GoesWithEveryOtherInvalidation) {
  for (const std::uint32_t sind : {0U, 2U}) {
    for (const std::uint8_t t : {std::uint8_t{0}, std::uint8_t{1}}) {
      E6500 h;
      h.map_indirect(kEa);
      h.write(Spr::Mas6, sind);
      h.tlbilx(t);
      EXPECT_FALSE(holds_indirect(h)) << unsigned{t};
    }
    E6500 h;
    h.map_indirect(kEa);
    h.write(Spr::Mas6, sind);
    h.run(Opcode::Tlbivax, 0x20200008);
    EXPECT_TRUE(holds_indirect(h)) << "the next 2 MB";
    h.run(Opcode::Tlbivax, 0x201FF008);
    EXPECT_FALSE(holds_indirect(h));
    h.map_indirect(kEa);
    h.write(Spr::Mmucsr0, 2);
    EXPECT_FALSE(holds_indirect(h));
    h.map_indirect(kEa, 3, kIprot);
    h.write(Spr::Mmucsr0, 2);
    EXPECT_TRUE(holds_indirect(h)) << "IPROT protects it";
  }
}

TEST(Indirect, SeveralThatAMissFindsAreAMachineCheckOrTheFirst) {
  Parameters parameters;
  E6500 strict(parameters);
  strict.map_indirect(kEa, 5);
  strict.map_indirect(kEa, 4);
  const std::uint64_t n = strict.now();
  const Translation check = strict.store(kEa);
  EXPECT_EQ(check.outcome, Outcome::MachineCheck);
  EXPECT_EQ(check.done, Cycles(n + 7));
  EXPECT_EQ(check.esr, 0U);
  EXPECT_EQ(strict.counters().machine_checks, 1U);

  parameters.multi_hit = MultiHit::First;
  E6500 first(parameters);
  first.map_indirect(kEa, 5);
  first.map_indirect(kEa, 4, 0, 0, 3);
  EXPECT_EQ(first.store(kEa).esr, 0x00800200U) << "index 4 has another sub-page size";

  parameters.multi_hit = MultiHit::Assert;
  E6500 loud(parameters);
  loud.map_indirect(kEa, 5);
  loud.map_indirect(kEa, 4);
  EXPECT_THROW(loud.load(kEa), std::logic_error);
}

TEST(Indirect, MatchesByTidTsGsAndLpidAsADirectEntryDoes) {
  E6500 h;
  h.memory.words[E6500::pte_place(kEa)] = kPte64;
  h.map_indirect(kEa, 3, 0x00050000);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError) << "TID 5, PID 0";
  h.write(Spr::Pid0, 5);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  EXPECT_EQ(h.load_outcome(kEa + 0x200000), Outcome::DataTlbError);
  h.map_indirect(kEa, 3, 0x1000, 0x80000002);
  Access access = Harness::access_of(kEa + 0x1000);
  access.as = access.gs = true;
  h.memory.words[E6500::pte_place(kEa + 0x1000)] = kPte64;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::DataTlbError) << "LPID 0";
  h.write(Spr::Lpidr, 2);
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::Translated);
  const TlbEntry made = h.engine.valid_entries().at(1);
  EXPECT_EQ(made.mas1, 0x80001100U);
  EXPECT_EQ(made.mas8, 0x80000002U);
}

}  // namespace
}  // namespace tessera::mmu
