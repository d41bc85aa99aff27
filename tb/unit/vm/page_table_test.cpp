#include "sw/vm/page_table.hpp"

#include <gtest/gtest.h>

#include "sw/vm/personality.hpp"
#include "tb/unit/vm/fake_hardware.hpp"

namespace tessera::vm::test {

namespace {

constexpr EffectiveAddress kKernelBase(0xc000'0000);

struct Tables {
  explicit Tables(unsigned bits)
      : table(*pte::find_format(bits), kKernelBase, frames, hardware, meter) {}

  FakeHardware hardware{64};
  FrameAllocator frames{FrameNumber(1), FrameNumber(32), FrameNumber(64)};
  WorkMeter meter{find_kernel("3.8")->costs, hardware};
  PageTable table;
};

}  // namespace

// linux-vm.md G and e500mc-mmu.md 5.1.
TEST(PageTable, PgdEntriesHoldTheKernelAddressOfThePtePage) {
  for (const unsigned bits : {32U, 64U}) {
    Tables t(bits);
    const std::uint32_t address = 0x4812'3000;
    const auto entry = t.table.find_or_allocate(page_of(EffectiveAddress(address)));
    ASSERT_TRUE(entry.has_value());
    const std::uint32_t index = bits == 32 ? address >> 22U : address >> 21U;
    const std::uint32_t word = t.hardware.peek_word(t.table.pgd() + Bytes(index * 4ULL));
    EXPECT_GE(word, kKernelBase.value());
    const std::uint32_t slot =
        bits == 32 ? ((address >> 12U) & 0x3ffU) * 4 : ((address >> 12U) & 0x1ffU) * 8;
    EXPECT_EQ(entry->value(), word - kKernelBase.value() + slot);
    EXPECT_EQ(t.table.find(page_of(EffectiveAddress(address))), entry);
    EXPECT_EQ(t.meter.counters().page_table_pages, 1U);
  }
}

TEST(PageTable, AWideEntryIsTwoBigEndianWords) {
  Tables t(64);
  const auto entry = t.table.find_or_allocate(VirtualPage(0x12345));
  t.table.store(*entry, 0x0000'0123'4524'123dULL);
  EXPECT_EQ(t.hardware.peek_word(*entry), 0x123U);
  EXPECT_EQ(t.hardware.peek_word(*entry + Bytes(4)), 0x4524'123dU);
  EXPECT_EQ(t.table.load(*entry), 0x0000'0123'4524'123dULL);
  EXPECT_EQ(t.table.peek(VirtualPage(0x12345)), 0x0000'0123'4524'123dULL);
}

// linux-vm.md F1: pte_update takes a 32-bit mask.
TEST(PageTable, ClearingAWideEntryLeavesItsUpperWord) {
  Tables t(64);
  const auto entry = t.table.find_or_allocate(VirtualPage(1));
  t.table.store(*entry, 0x0000'0123'4524'123dULL);
  const std::uint64_t moved = t.hardware.words_moved();
  t.table.clear(*entry, t.table.peek(VirtualPage(1)));
  EXPECT_EQ(t.hardware.words_moved(), moved + 1);
  EXPECT_EQ(t.table.load(*entry), 0x0000'0123'0000'0000ULL);
}

TEST(PageTable, ReleasesOnlySpansBetweenFloorAndCeiling) {
  Tables t(64);
  for (const std::uint32_t span : {0U, 1U, 2U}) t.table.find_or_allocate(VirtualPage(span * 512));
  EXPECT_EQ(t.table.release(VirtualPage(10), VirtualPage(1500), VirtualPage(10), VirtualPage(1530),
                            std::nullopt),
            1U);
  EXPECT_EQ(t.meter.counters().page_table_pages, 2U);
  EXPECT_EQ(t.table.tables().size(), 2U);
  EXPECT_FALSE(t.table.find(VirtualPage(512)).has_value());
  EXPECT_TRUE(t.table.find(VirtualPage(1024)).has_value());
}

namespace {

/// A machine whose walker remembers PTE pages; which of them the kernel had it forget.
class Remembering final : public FakeHardware {
 public:
  using FakeHardware::FakeHardware;
  bool flush_table(EffectiveAddress ea, Pid pid) override {
    forgotten.emplace_back(ea, pid);
    return true;
  }
  std::vector<std::pair<EffectiveAddress, Pid>> forgotten;
};

}  // namespace

// Linux tlb_flush_pgtable; a process without a PID has no entries anywhere.
TEST(PageTable, TellsAWalkerOfThePtePagesItFrees) {
  Remembering hardware(64);
  FrameAllocator frames(FrameNumber(1), FrameNumber(32), FrameNumber(64));
  WorkMeter meter(find_kernel("3.8")->costs, hardware);
  PageTable table(*pte::find_format(64), kKernelBase, frames, hardware, meter);
  for (const std::uint32_t span : {1U, 3U}) table.find_or_allocate(VirtualPage(span * 512));
  const VirtualPage end(4 * 512);
  EXPECT_EQ(table.release(VirtualPage(0), end, VirtualPage(0), VirtualPage(3 * 512), Pid(5)), 1U);
  ASSERT_EQ(hardware.forgotten.size(), 1U);
  EXPECT_EQ(hardware.forgotten.front(), std::pair(EffectiveAddress(0x20'0000), Pid(5)));
  EXPECT_EQ(meter.counters().table_flushes, 1U);
  EXPECT_EQ(table.release(VirtualPage(0), end, VirtualPage(0), end, std::nullopt), 1U);
  EXPECT_EQ(hardware.forgotten.size(), 1U);
  EXPECT_EQ(meter.counters().table_flushes, 1U);
}

TEST(PageTable, NeedsLowmemForThePgd) {
  FakeHardware hardware(8);
  FrameAllocator frames(FrameNumber(1), FrameNumber(3), FrameNumber(8));
  WorkMeter meter(find_kernel("3.8")->costs, hardware);
  EXPECT_THROW(PageTable(*pte::find_format(64), kKernelBase, frames, hardware, meter),
               std::bad_alloc);
}

}  // namespace tessera::vm::test
