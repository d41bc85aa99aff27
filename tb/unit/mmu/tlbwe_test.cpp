#include <gtest/gtest.h>

#include "tb/unit/mmu/harness.hpp"

// e500mc-mmu.md 3.5, 1.6.
namespace tessera::mmu {
namespace {

TEST(Tlbwe, ForcesFourKilobytesAndNoIprotInTlb0) {
  Harness h;
  h.map(0x00030000, kIprot | 0x900, kEa, 0x3F);
  const TlbEntry entry = h.engine.valid_entries().front();
  EXPECT_EQ(entry.array, TlbArray::Tlb0);
  EXPECT_EQ(entry.set, 5U);
  EXPECT_EQ(entry.slot, 3U);
  EXPECT_EQ(entry.size(), Bytes(4096));
  EXPECT_FALSE(entry.iprot());
}

TEST(Tlbwe, StoresEpnAndRpnWithoutTheBitsBelowThePage) {
  Harness h;
  h.map(kTlb1 | 0x10000, 0x500, 0x201FF000, 0x301FF03F);
  const TlbEntry entry =
      h.engine.valid_entries().back().slot == 1 ? h.engine.valid_entries().back() : TlbEntry{};
  EXPECT_EQ(entry.mas2, 0x20100000U);
  EXPECT_EQ(entry.mas3, 0x3010003FU);
}

TEST(Tlbwe, RefusesAReservedSizeInAValidTlb1Entry) {
  Harness h;
  for (const std::uint32_t code : {0U, 12U, 15U}) {
    EXPECT_EQ(h.map(kTlb1 | 0x10000, code << 8, kEa, 0x3F), Trap::IllegalInstruction);
  }
  h.write(Spr::Mas1, 0);
  EXPECT_EQ(h.run(Opcode::Tlbwe).trap, Trap::None) << "V=0: any size";
  EXPECT_EQ(h.counters().tlb1_writes, 1U);
}

TEST(Tlbwe, MayForceAReservedSizeToFourKilobytes) {
  Parameters parameters;
  parameters.tlbwe_bad_tsize = BadTsize::Force4K;
  Harness h(parameters);
  EXPECT_EQ(h.map(kTlb1 | 0x10000, 0xF00, kEa, 0x3F), Trap::None);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::Translated);
  EXPECT_EQ(h.load_outcome(kEa + 0x1000), Outcome::DataTlbError);
}

TEST(Tlbwe, RefusesHalfStepsAndOtherArraysInQemu) {
  Harness h("qemu");
  EXPECT_EQ(h.map(kTlb1 | 0x10000, 0x180, kEa, 0x3F), Trap::IllegalInstruction);
  EXPECT_EQ(h.map(0x20000000, 0x100, kEa, 0x3F), Trap::IllegalInstruction);
  EXPECT_EQ(h.map(kTlb1 | 0x10000, 0xC00, 0, 0x3F), Trap::None) << "16 GB";
}

TEST(Tlbwe, OverwritesAProtectedEntry) {
  Harness h;
  h.map(kTlb1 | 0x10000, kIprot | 0x100, kEa, 0x3F);
  h.map(kTlb1 | 0x10000, 0x100, kEa + 0x1000, 0x3F);
  EXPECT_EQ(h.load_outcome(kEa), Outcome::DataTlbError);
}

TEST(Tlbwe, DoesNotLoadL1) {
  Harness h;
  h.map_4k(kEa);
  h.load(kEa);
  EXPECT_EQ(h.counters().l2_hits, 1U);
}

TEST(Reset, MapsTheLastPageProtectedAndSupervisorOnly) {
  Harness h;
  const auto entries = h.engine.valid_entries();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].array, TlbArray::Tlb1);
  EXPECT_EQ(entries[0].mas1, 0xC0000100U);
  EXPECT_EQ(entries[0].mas2, 0xFFFFF008U);
  EXPECT_EQ(entries[0].mas3, 0xFFFFF015U);
  EXPECT_EQ(h.fetch(0xFFFFFFFC).ra, RealAddress(0xFFFFFFFC));
}

TEST(Reset, MayStartWithoutAnyEntry) {
  Parameters parameters;
  parameters.boot_entry = false;
  EXPECT_TRUE(Harness(parameters).engine.valid_entries().empty());
}

}  // namespace
}  // namespace tessera::mmu
