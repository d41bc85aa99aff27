#include <gtest/gtest.h>

#include "tb/unit/mmu/walk_harness.hpp"

// docs/walkers.md W4 to W7, one access at a time.
namespace tessera::mmu {
namespace {

using Asked = FewWords::Asked;

constexpr std::uint64_t kPenalty = 7;  // of an L2 hit

/// A page of user space and one of the kernel, both mapped by fsl32.
constexpr std::uint32_t kKernelEa = 0xC0803000;
constexpr std::uint64_t kDirectory = 0x100000 + 4 * (kEa >> 22);
constexpr std::uint64_t kTableRa = 0x00345000;

/// kEa's PTE is at index 5 of the table at kTableRa, in either format.
void map_tables(Tablewalk& h, bool fsl64) {
  const std::uint64_t directory = fsl64 ? 0x100000 + 4 * (kEa >> 21) : kDirectory;
  h.memory.words[directory] = 0xC0000000 + kTableRa + (fsl64 ? 0x7 : 0xFFF);
  h.memory.words[kTableRa + (fsl64 ? 8 : 4) * 5] = fsl64 ? kPte64 : kPte32;
}

TEST(Walk, OfE6500TakesTenCyclesAndOneLoadMoreThanAnL2Hit) {
  for (const std::uint64_t latency : {1U, 3U, 100U}) {
    E6500 h;
    h.map_indirect(kEa);
    h.memory.words[E6500::pte_place(kEa)] = kPte64;
    h.memory.latency = Cycles(latency);
    const std::uint64_t n = h.now();
    const Translation load = h.load(kEa + 0xABC);
    EXPECT_EQ(load.outcome, Outcome::Translated);
    EXPECT_EQ(load.ra, RealAddress(kFrame + 0xABC));
    EXPECT_EQ(load.wimge, 0x04);
    EXPECT_EQ(load.done, Cycles(n + kPenalty + 10 + latency));
    EXPECT_EQ(h.memory.asked, (std::vector<Asked>{{E6500::pte_place(kEa), true}}));
    EXPECT_EQ(h.load(kEa).done, Cycles(n + kPenalty + 11 + latency)) << "L1 hit";
    EXPECT_EQ(h.counters().walk_loads, 1U);
    EXPECT_EQ(h.counters().walk_writes, 1U);
    EXPECT_EQ(h.counters().l2_hits, 1U);
    EXPECT_EQ(h.counters().dtlb_errors, 0U);
    EXPECT_EQ(h.counters().translations(), 2U);
  }
}

TEST(Walk, OfLinuxTablesTakesElevenCyclesAndTwoLoadsMoreThanAnL2Hit) {
  for (const bool fsl64 : {false, true}) {
    Tablewalk h(fsl64);
    map_tables(h, fsl64);
    h.memory.latency = Cycles(20);
    const std::uint64_t n = h.now();
    const Translation fetch = h.fetch(kEa + 4);
    EXPECT_EQ(fetch.outcome, Outcome::Translated);
    EXPECT_EQ(fetch.ra, RealAddress(kFrame + 4));
    EXPECT_EQ(fetch.done, Cycles(n + kPenalty + 11 + 2 * 20));
    const std::uint64_t pgd = fsl64 ? 0x100000 + 4 * (kEa >> 21) : kDirectory;
    const std::uint64_t pte = kTableRa + (fsl64 ? 40 : 20);
    EXPECT_EQ(h.memory.asked, (std::vector<Asked>{{pgd, false}, {pte, fsl64}}));
    EXPECT_EQ(h.counters().walk_loads, 2U);
  }
}

TEST(Walk, WaitsForTheL2PortToEndAndAgainToSearch) {
  Timing timing;
  timing.l2tlb_hit_penalty = Cycles(1);
  timing.l2tlb_accept = Cycles(50);
  E6500 h({}, timing);
  h.map_indirect(kEa);
  h.memory.words[E6500::pte_place(kEa)] = kPte64;
  const std::uint64_t n = h.now();
  // Slot n+1, commit n+1, REQ n+3, response n+6, END n+7; slots n+51 and n+101.
  EXPECT_EQ(h.load(kEa).done, Cycles(n + 102));
}

TEST(Walk, WritesMas8OfTheRequestOrOfTheIndirectEntryAndNoUBits) {
  Tablewalk tables(true);
  map_tables(tables, true);
  tables.memory.words[kTableRa + 40] |= 0x3C000;  // U0:U3
  tables.write(Spr::Lpidr, 3);
  tables.write(Spr::Pid0, 9);
  tables.load(kEa);
  const TlbEntry made = tables.engine.valid_entries().front();
  EXPECT_EQ(made.mas1, 0x80090100U);
  EXPECT_EQ(made.mas2, kEa | 0x04);
  EXPECT_EQ(made.mas3, 0x12345000U | 0x3F);
  EXPECT_EQ(made.mas7, 0U);
  EXPECT_EQ(made.mas8, 3U);
  EXPECT_EQ(made.set, (kEa >> 12) % 128);
  EXPECT_EQ(made.slot, 0U);

  E6500 indirect;
  indirect.map_indirect(kEa, 3, 0, 0xC0000000);
  indirect.memory.words[E6500::pte_place(kEa)] = kPte64 | (std::uint64_t{0xFFFFF} << 44);
  Access guest = Harness::access_of(kEa);
  guest.gs = true;
  indirect.engine.access(guest);
  const TlbEntry entry = indirect.engine.valid_entries().front();
  EXPECT_EQ(entry.mas8, 0x80000000U) << "TGS, and not VF";
  EXPECT_EQ(entry.mas7, 0xFU) << "as many bits as MAS7 has";
}

TEST(Walk, MakesGlobalEntriesInKernelSpace) {
  Tablewalk h(false);
  h.write(Spr::Pid0, 9);
  h.memory.words[0x200000 + 4 * (kKernelEa >> 22)] = 0xC0000000 + kTableRa;
  h.memory.words[kTableRa + 4 * 3] = kPte32;
  EXPECT_EQ(h.load(kKernelEa).ra, RealAddress(kFrame));
  EXPECT_EQ(h.engine.valid_entries().front().mas1, 0x80000100U);
  h.write(Spr::Walkbase, 0xC0804000);
  h.run(Opcode::Tlbivax, kKernelEa);
  h.memory.asked.clear();
  h.load(kKernelEa);
  EXPECT_EQ(h.memory.asked.front().ra, 0x100000 + 4 * (kKernelEa >> 22)) << "one page below";
}

// e - WALKBASE + offset wraps at 2^32, the directory's address at 2^36 (docs/walkers.md W5).
TEST(Walk, AddressesWrap) {
  Tablewalk h(true);
  h.write(Spr::Walkpgd, 0xFFFFFF);
  const std::uint64_t pgd = 4 * (0xBFE05000U >> 21) - 0x1000;
  h.memory.words[pgd] = 0x80000000;
  h.memory.words[0xC0000000 + 40] = kPte64;
  EXPECT_EQ(h.load(0xBFE05000).outcome, Outcome::Translated);
  EXPECT_EQ(h.memory.asked, (std::vector<Asked>{{pgd, false}, {0xC0000028, true}}));
}

TEST(Walk, ThatFindsNoTableIsAPageTableFault) {
  struct Row {
    bool fsl64;
    std::uint32_t directory;
    bool fault;
  };
  for (const Row& row : {Row{false, 0, true}, Row{false, 1, false}, Row{true, 0x7FFFFFFF, true},
                         Row{true, 0x80000000, false}}) {
    Tablewalk h(row.fsl64);
    h.write(Spr::Walkbase, 0);
    h.write(Spr::Walkkpgd, 0x100);
    map_tables(h, row.fsl64);
    h.memory.words[row.fsl64 ? 0x100000 + 4 * (kEa >> 21) : kDirectory] = row.directory;
    const std::uint64_t n = h.now();
    const Translation store = h.store(kEa);
    EXPECT_EQ(h.memory.asked.size(), row.fault ? 1U : 2U);
    if (!row.fault) continue;
    EXPECT_EQ(store.outcome, Outcome::DataStorage);
    EXPECT_EQ(store.esr, 0x00800100U);
    EXPECT_EQ(store.fault_ea, EffectiveAddress(kEa));
    EXPECT_EQ(store.done, Cycles(n + 9 + 3 + 1)) << "W7: w = 9 + L, the answer at w + 1";
  }
}

TEST(Walk, ThatFailsAnswersWithDsiOrIsiAndLeavesMasAlone) {
  E6500 h;
  h.map_indirect(kEa);
  h.memory.words[E6500::pte_place(kEa)] = kPte64 & ~std::uint64_t{0x40000};
  h.write(Spr::Mas1, 0x12345000);
  const std::uint32_t mas1 = h.read(Spr::Mas1);
  const Translation fetch = h.fetch(kEa);
  EXPECT_EQ(fetch.outcome, Outcome::InstructionStorage);
  EXPECT_EQ(fetch.esr, 0U);
  const Translation load = h.load(kEa);
  EXPECT_EQ(load.outcome, Outcome::DataStorage);
  EXPECT_EQ(load.esr, 0x100U);
  h.memory.words[E6500::pte_place(kEa)] = kPte64 ^ 0x700;
  EXPECT_EQ(h.load(kEa).esr, 0x200U) << "a page of another size";
  EXPECT_EQ(h.read(Spr::Mas1), mas1);
  EXPECT_EQ(h.counters().walk_faults, 3U);
  EXPECT_EQ(h.counters().isi, 1U);
  EXPECT_EQ(h.counters().dsi, 2U);
  EXPECT_EQ(h.counters().translations(), 3U);
  EXPECT_EQ(h.counters().walk_writes, 0U);
}

TEST(Walk, ThroughAnotherSubPageSizeReadsNothing) {
  E6500 h;
  h.map_indirect(kEa, 3, 0, 0, 3);
  h.write(Spr::Eplc, 0);
  Access external = Harness::access_of(kEa);
  external.external_pid = true;
  const std::uint64_t n = h.now();
  const Translation load = h.engine.access(external);
  EXPECT_EQ(load.esr, 0x240U);
  EXPECT_EQ(load.done, Cycles(n + 9)) << "WALK in 7, END in 8";
  EXPECT_TRUE(h.memory.asked.empty());
}

TEST(Walk, ThatReadsWhereNothingIsEndsInAMachineCheck) {
  E6500 h;
  h.map_indirect(kEa);
  const std::uint64_t n = h.now();
  const Translation store = h.store(kEa);
  EXPECT_EQ(store.outcome, Outcome::MachineCheck);
  EXPECT_EQ(store.fault_ea, EffectiveAddress(kEa));
  EXPECT_EQ(store.esr, 0U);
  EXPECT_EQ(store.done, Cycles(n + 13));
  EXPECT_EQ(h.counters().machine_checks, 1U);
  EXPECT_EQ(h.counters().walk_faults, 0U);
  Tablewalk tables(true);
  map_tables(tables, true);
  tables.memory.words.erase(kTableRa + 40);
  EXPECT_EQ(tables.fetch(kEa).outcome, Outcome::MachineCheck);
  EXPECT_EQ(tables.memory.asked.size(), 2U);
}

TEST(Walk, OfACleanPageEndsAStoreInAnOrdinaryDsi) {
  for (const bool fsl64 : {false, true}) {
    Tablewalk h(fsl64);
    map_tables(h, fsl64);
    h.memory.words[kTableRa + (fsl64 ? 40 : 20)] &= ~std::uint64_t{fsl64 ? 0x1000U : 0x8U};
    const Translation store = h.store(kEa);
    EXPECT_EQ(store.outcome, Outcome::DataStorage);
    EXPECT_EQ(store.esr, 0x00800000U);
    EXPECT_EQ(h.counters().walk_faults, 0U);
    EXPECT_EQ(h.counters().l2_hits, 1U);
    EXPECT_EQ(h.load(kEa).outcome, Outcome::Translated);
  }
}

TEST(Walk, OfLinuxTablesNeedsItsSwitchTheHostAndAnOrdinaryAccess) {
  Tablewalk h(false);
  map_tables(h, false);
  Access access = Harness::access_of(kEa);
  access.external_pid = true;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::DataTlbError);
  access.external_pid = false;
  access.gs = true;
  EXPECT_EQ(h.engine.access(access).outcome, Outcome::DataTlbError);
  h.write(Spr::Walkctl, 2);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
  EXPECT_TRUE(h.memory.asked.empty());
  h.write(Spr::Walkctl, 1);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);

  Parameters no_guests;
  no_guests.has_ehv = false;
  Tablewalk plain(false, no_guests);
  map_tables(plain, false);
  access.as = true;
  EXPECT_EQ(plain.engine.access(access).outcome, Outcome::Translated);
  EXPECT_EQ(plain.engine.valid_entries().front().mas1, 0x80001100U);
}

TEST(Walk, MovesTheHintInEveryScope) {
  for (const NvScope scope : {NvScope::Global, NvScope::PerSet, NvScope::Qemu}) {
    Parameters parameters;
    parameters.nv_scope = scope;
    E6500 h(parameters);
    h.map_indirect(kEa);
    for (std::uint32_t way = 0; way < 6; ++way) {
      const std::uint32_t ea = 0x20005000 + way * 0x80000;  // one set
      if (way == 4) h.map_indirect(ea, 4);                  // the next 2 MB
      h.memory.words[E6500::pte_place(ea)] = kPte64;
      h.load(ea);
    }
    std::uint32_t valid = 0;
    for (const TlbEntry& entry : h.engine.valid_entries()) {
      if (entry.array != TlbArray::Tlb0) continue;
      ++valid;
      const std::uint32_t expected = entry.slot < 2 ? entry.slot + 4U : entry.slot;
      EXPECT_EQ(entry.ea(), EffectiveAddress(0x20005000 + expected * 0x80000));
    }
    EXPECT_EQ(valid, 4U);
    h.load_outcome(0x40005000);  // a TLB error in the same set: its hint is the way after
    EXPECT_EQ(h.read(Spr::Mas0) & 0x0FFF0FFF, 0x00020003U);
  }
}

TEST(Walk, TakesTheLeastRecentlyUsedWayAndIsNoUse) {
  Parameters parameters;
  parameters.tlb0_repl = Tlb0Replacement::Lru;
  E6500 h(parameters);
  h.map_indirect(kEa);
  for (const std::uint32_t way : {1U, 0U, 2U, 3U}) {
    h.map_4k(kEa + 0x10000000 + way * 0x80000, 0, way);
  }
  for (const std::uint32_t way : {2U, 1U, 0U, 3U}) h.load(kEa + 0x10000000 + way * 0x80000);
  // The PTE forbids everything: the entry is written, and its second search is a use.
  h.memory.words[E6500::pte_place(kEa)] = kPte64 & ~std::uint64_t{0xFC};
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataStorage);
  EXPECT_EQ(h.engine.mmu().tlb0().array().entry(((kEa >> 12) % 128) * 4 + 2).ea(),
            EffectiveAddress(kEa));
  h.load_outcome(0x70005000);
  EXPECT_EQ(h.read(Spr::Mas0) & 0x0FFF0000, 0x00010000U) << "way 1 is the next victim";
}

TEST(Walk, DropsCopiesOfItsVictimFromL1) {
  for (const BackinvMatch rule : {BackinvMatch::EpnTs, BackinvMatch::Full, BackinvMatch::None}) {
    Parameters parameters;
    parameters.backinv_match = rule;
    E6500 h(parameters);
    const std::uint32_t victim = kEa + 0x10000000;
    h.map_4k(victim);
    h.map_indirect(kEa);
    h.write(Spr::Mas1, 0);
    h.load(victim);
    h.fetch(victim);
    h.memory.words[E6500::pte_place(kEa)] = kPte64;
    h.load(kEa);
    const std::uint64_t hits = h.counters().l1_hits;
    h.load(victim);
    h.fetch(victim);
    EXPECT_EQ(h.counters().l1_hits - hits, rule == BackinvMatch::None ? 2U : 0U);
  }
}

}  // namespace
}  // namespace tessera::mmu
