// Huge pages on a whole machine: how often TLB1 is written, what a refill takes, who is refused.

#include "sw/machine/huge_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/types/user_error.hpp"
#include "sw/machine/boot.hpp"
#include "tb/unit/machine/faulty_engine.hpp"
#include "tb/unit/machine/small_machine.hpp"

namespace tessera::machine {
namespace {

using ::testing::HasSubstr;

constexpr PageCount kHuge{1024};
constexpr unsigned kBolted = 3;  // 768 MB of lowmem in pages of 256 MB

MachineConfig huge_config(std::uint64_t nr_hugepages, const char* core = "e500mc") {
  MachineConfig config = config_of(core);
  config.nr_hugepages = nr_hugepages;
  return config;
}

/// A window of so many huge pages on a file as large.
Script window_of(std::uint64_t huge_pages) {
  return {kHuge * huge_pages, kHuge * huge_pages, kHuge};
}

/// Reads a word of each huge page, in order.
std::vector<workload::Operation> read_each(std::uint64_t huge_pages) {
  std::vector<workload::Operation> operations;
  for (std::uint64_t page = 0; page < huge_pages; ++page) {
    operations.emplace_back(read(page * kHuge.value() + page, page * kHuge.value() + page));
  }
  return operations;
}

/// Reads `huge_pages` of them in a circle, `passes` times.
RunResult read_in_a_circle(MachineConfig config, std::uint64_t huge_pages, unsigned passes) {
  Script script = window_of(huge_pages);
  for (unsigned pass = 0; pass < passes; ++pass) script.round(read_each(huge_pages));
  config.nr_hugepages = huge_pages;
  return run_script(config, Method::Hugetlb, script);
}

// By hand: m = entries - 3 are free for k pages. The first pass faults on each and preloads it, k
// writes. If k <= m all stay. Round-robin in a circle always throws out what is needed next, so if
// k > m every access of the other passes is a refill: k (passes - 1) writes.
TEST(HugePages, WriteTlb1AsOftenAsRoundRobinInACircleMust) {
  int checked = 0;
  for (const unsigned entries : {4U, 5U, 16U}) {
    const unsigned free = entries - kBolted;
    for (const unsigned pages : {free, free + 1, 2 * free}) {
      SCOPED_TRACE(std::to_string(pages) + " pages, " + std::to_string(free) + " free");
      MachineConfig config = config_of("e500mc");
      config.mmu.tlb1_entries = entries;
      const RunResult result = read_in_a_circle(config, pages, 4);
      const std::uint64_t refills = pages > free ? std::uint64_t{pages} * 3 : 0;
      EXPECT_EQ(result.counters.tlb1_preloads, pages);
      EXPECT_EQ(result.counters.huge_refills, refills);
      EXPECT_EQ(result.counters.tlb1_writes, pages + refills);
      EXPECT_EQ(result.counters.faults_minor, pages);
      EXPECT_EQ(result.counters.huge_pages, pages);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 9);
}

TEST(HugePages, FillTheTlb1OfAnE500mc) {
  const RunResult fits = read_in_a_circle(config_of("e500mc"), 61, 3);
  EXPECT_EQ(fits.counters.tlb1_writes, 61U);
  const RunResult too_many = read_in_a_circle(config_of("e500mc"), 62, 3);
  EXPECT_EQ(too_many.counters.tlb1_writes, 3U * 62);
}

// 62 pages and 61 entries, from 3 to 63. Preloading them leaves the next entry at 4; then 62
// refills pass entry 63 once, which takes 3 instructions more (e500mc-mmu.md 5.6, 5.5).
TEST(HugePages, TakeTheInstructionsOfTheKernelForARefill) {
  for (const auto& [kernel, each] : {std::pair("3.8", 94U), std::pair("6.1", 93U)}) {
    Script script = window_of(62);
    script.round(read_each(62), false).round(read_each(62));
    MachineConfig config = huge_config(62);
    config.kernel = *vm::find_kernel(kernel);
    const RunResult result = run_script(config, Method::Hugetlb, script);
    EXPECT_EQ(result.counters.huge_refills, 62U);
    EXPECT_EQ(result.counters.page_fault_exceptions, 0U);
    EXPECT_EQ(result.counters.kernel_instructions, 62U * each + 3) << kernel;
  }
}

// Worked by hand, all L1 hits: 8 exception entry + 1 fetch; of 94 instructions 25 loads and stores
// of 3 cycles, 3 mfspr and 5 mtspr, tlbwe 6, rfi 5, the other 59 one cycle each:
// 9 + 75 + 8 + 6 + 5 + 59 = 162. With 2 entries free one refill of two wraps: 2 + 3 more.
TEST(HugePages, TakeTheHandWorkedCyclesForARefillWhenAllIsHot) {
  MachineConfig config = huge_config(3);
  config.mmu.tlb1_entries = kBolted + 2;
  Script script = window_of(3);
  for (int pass = 0; pass < 3; ++pass) script.round(read_each(3), false);
  script.round(read_each(2));
  const RunResult result = run_script(config, Method::Hugetlb, script);
  EXPECT_EQ(result.counters.huge_refills, 2U);
  EXPECT_EQ(result.cycles[static_cast<std::size_t>(Part::TlbMiss)], Cycles(2 * 162 + 5));
}

/// What a refill of a small dirty page takes the kernel when all else is there.
std::uint64_t small_refill_instructions(std::uint64_t nr_hugepages) {
  Script script{PageCount(4), PageCount(64)};
  for (int pass = 0; pass < 2; ++pass) {
    script.round({write(0, 0), write(1, pass == 0 ? 1U : 9U), map(1, 1, 9)}, false);
  }
  script.round({read(0, 0)});
  const RunResult result = run_script(huge_config(nr_hugepages), Method::Mmap, script);
  EXPECT_EQ(result.counters.tlb0_writes, 1U);
  EXPECT_EQ(result.counters.huge_refills, 0U);
  return result.counters.kernel_instructions;
}

TEST(HugePages, CostSmallPagesSixInstructionsARefill) {
  EXPECT_EQ(small_refill_instructions(0), 47U);
  EXPECT_EQ(small_refill_instructions(1), 53U);
}

/// Maps, reads and writes through a window of 14 pages on a file of 20, on a TLB1 of 16.
RunResult wander(const EngineDescription& engine, const char* core) {
  MachineConfig config = huge_config(20, core);
  config.engine = engine.name;
  config.make_engine = engine.make;
  Script script{kHuge * 14, kHuge * 20, kHuge};
  script.round(read_each(14)).round(read_each(14));
  for (std::uint64_t page = 14; page < 20; ++page) {
    const std::uint64_t at = (page - 14) * kHuge.value();
    const std::uint64_t shown = page * kHuge.value();
    script.round(
        {map(at, kHuge.value(), shown), write(at + 7, shown + 7), read(at + 9, shown + 9)});
  }
  return run_script(config, Method::Hugetlb, script);
}

TEST(HugePages, AreTheSameOnEveryEngine) {
  for (const char* core : {"e500mc", "e500v2", "qemu"}) {
    const RunResult expected = wander(engines().front(), core);
    EXPECT_FALSE(expected.error.has_value());
    EXPECT_EQ(expected.counters.wrong_pages, 0U);
    EXPECT_EQ(expected.counters.tlb1_preloads, 20U);
    for (const EngineDescription& engine : engines()) {
      SCOPED_TRACE(std::string(core) + " " + std::string(engine.name));
      const RunResult result = wander(engine, core);
      for (const CounterDescription& counter : counter_descriptions()) {
        EXPECT_EQ(result.counters.*counter.member, expected.counters.*counter.member)
            << counter.name;
      }
      EXPECT_EQ(result.cycles, expected.cycles);
    }
  }
}

// Replacing an element flushes it as a huge page and in its 4 KB form (e500mc-mmu.md 7.3).
TEST(HugePages, AreFlushedTwiceWhenUnmapped) {
  const RunResult mc = wander(engines().front(), "e500mc");
  EXPECT_EQ(mc.counters.flush_va, 12U);
  EXPECT_EQ(mc.counters.flushes_unmap, 12U);
  EXPECT_EQ(mc.counters.flush_pid, 0U);
  EXPECT_EQ(mc.counters.tlb1_writes, 20U);
  // 13 entries free for 14 pages: the second circle refills all, and each preload after it throws
  // out the page that is mapped over next, so that no flush finds any.
  const RunResult v2 = wander(engines().front(), "e500v2");
  EXPECT_EQ(v2.counters.flush_va, 12U);
  EXPECT_EQ(v2.counters.huge_refills, 14U);
  EXPECT_EQ(v2.counters.tlb1_writes, 20U + 14U);
}

// Two preloads, the mapping over one of the two, and the preload of what it shows: without tlbilx
// the first flush finds the entry and clears it by a tlbwe of its own, the second finds nothing.
TEST(HugePages, AreInvalidatedByTlbweWithoutTlbilx) {
  for (const auto& [core, writes] : {std::pair("e500mc", 3U), std::pair("e500v2", 4U)}) {
    Script script{kHuge * 2, kHuge * 4, kHuge};
    script.round({read(0, 0), read(1024, 1024), map(0, 1024, 2048), read(0, 2048)});
    const RunResult result = run_script(huge_config(4, core), Method::Hugetlb, script);
    EXPECT_EQ(result.counters.tlb1_writes, writes) << core;
    EXPECT_EQ(result.counters.tlb1_preloads, 3U) << core;
    EXPECT_EQ(result.counters.flush_va, 2U) << core;
  }
}

/// A core with lowmem mapped, and the kernel's view of it.
struct Preloading {
  Preloading() {
    boot(core, config.memory.ram, mmu::HardwareWalker::Off, *config.format);
    start_huge_pages(core, kBolted);
  }

  void preload(std::uint32_t ea) {
    vm::HugeTranslation translation{EffectiveAddress(ea), Pid(5), 22, {}};
    translation.fields.mas3 = 0xABC0003FU;
    translation.fields.mas7 = 0x1;
    translation.fields.mas7_written = true;
    translation.fields.mas2_wimge = 0x4;
    hardware.preload_huge(translation);
  }

  MachineConfig config = huge_config(4);
  Memory memory{config.memory};
  mmu::TransactionEngine engine{config.mmu, config.timing};
  Core core{engine, memory, config.timing};
  KernelHardware hardware{core, config.mmu};
};

TEST(Preload, WritesTheNextEntryOfTlb1) {
  Preloading machine;
  machine.preload(0x2040'0000);
  const mmu::TlbEntry entry = machine.engine.valid_entries().back();
  EXPECT_EQ(entry.array, mmu::TlbArray::Tlb1);
  EXPECT_EQ(entry.slot, kBolted);
  EXPECT_EQ(entry.size(), Bytes(4U << 20));
  EXPECT_EQ(entry.ea(), EffectiveAddress(0x2040'0000));
  EXPECT_EQ(entry.ra(), RealAddress(0x1'ABC0'0000));
  EXPECT_EQ(entry.tid(), Pid(5));
  EXPECT_EQ(entry.permissions(), 0x3F);
  EXPECT_EQ(entry.wimge(), 0x4);
  EXPECT_FALSE(entry.iprot());
}

TEST(Preload, WritesNothingThatIsThere) {
  Preloading machine;
  machine.preload(0x2040'0000);
  machine.preload(0x2040'0000);
  EXPECT_EQ(machine.hardware.preloads().searches, 2U);
  EXPECT_EQ(machine.hardware.preloads().writes, 1U);
  machine.preload(0x2080'0000);
  EXPECT_EQ(machine.engine.valid_entries().back().slot, kBolted + 1);
}

// The sums of docs/counters.md: there, written, written behind the last entry.
TEST(Preload, TakesTheInstructionsThatTheDocumentsSay) {
  Preloading machine;
  const auto taken_by = [&](std::uint32_t ea) {
    const std::uint64_t before = machine.hardware.preloads().instructions;
    machine.preload(ea);
    return machine.hardware.preloads().instructions - before;
  };
  for (std::uint32_t page = 0; page < 60; ++page) EXPECT_EQ(taken_by(page << 22), 64U) << page;
  EXPECT_EQ(taken_by(60U << 22), 67U);
  EXPECT_EQ(taken_by(60U << 22), 31U);
}

// 61 entries, then the first of them again; lowmem stays.
TEST(Preload, GoesRoundBehindTheEntriesOfLowmem) {
  Preloading machine;
  for (std::uint32_t page = 0; page < 62; ++page) machine.preload(page << 22);
  const auto entries = machine.engine.valid_entries();
  ASSERT_EQ(entries.size(), 64U);
  EXPECT_TRUE(entries[kBolted - 1].iprot());
  EXPECT_EQ(entries[kBolted].ea(), EffectiveAddress(61U << 22));
  EXPECT_EQ(entries[kBolted + 1].ea(), EffectiveAddress(1U << 22));
}

// Words as e500mc-mmu.md 5.1, 5.4 and 5.5 have them, put into memory by hand: MAS0 to MAS7 of the
// entry that the handler writes.
TEST(HugeRefill, WritesWhatTheHugepdAndItsEntrySay) {
  Preloading machine;
  constexpr RealAddress kPgd(0x90'0000);
  constexpr RealAddress kEntry(0xA0'0040);
  constexpr EffectiveAddress kTouched(0x2073'4567);  // in the huge page at 0x20400000
  PhysicalMemory& memory = machine.memory.contents();
  memory.write(kPgd + Bytes(4 * (kTouched.value() >> 21)), 0x40A0'0040U | 22U);
  memory.write(kEntry, 0x0000'1238U);             // with 8 bits below, the frame 0x123800
  memory.write(kEntry + Bytes(4), 0x0024'103DU);  // M, ACCESSED, DIRTY, UW SW UR SR, PRESENT
  run_on(machine.core, Pid(5), kPgd, mmu::HardwareWalker::Off);
  mmu::Access access;
  access.ea = kTouched;
  access.pr = true;
  ASSERT_EQ(machine.core.translate(access).outcome, mmu::Outcome::DataTlbError);
  MissHandler handler(machine.core, *machine.config.format, handler_build(machine.config));
  ASSERT_TRUE(handler.handle({MissKind::Data, kTouched, false}));
  const mmu::TlbEntry entry = machine.engine.valid_entries().back();
  EXPECT_EQ(entry.array, mmu::TlbArray::Tlb1);
  EXPECT_EQ(entry.slot, kBolted);
  EXPECT_EQ(entry.mas1, 0x8005'0600U);  // V, TID 5, TSIZE 6: 4 MB
  EXPECT_EQ(entry.mas2, 0x2040'0004U);
  // The MMU keeps no EPN bits within a page; that the kernel masks them shows in the register.
  EXPECT_EQ(machine.core.mfspr(mmu::Spr::Mas2), 0x2040'0004U);
  EXPECT_EQ(entry.mas3, 0x2380'000FU);
  EXPECT_EQ(entry.mas7, 0x1U);
  EXPECT_EQ(machine.core.translate(access).ra, RealAddress(0x1'23B3'4567U));
}

/// An MMU that gets other instructions than the kernel gave.
class ChangesInstructions : public FaultyEngine {
 public:
  using FaultyEngine::FaultyEngine;
  mmu::Completion execute(const mmu::Instruction& instruction) override {
    mmu::Instruction wrong = instruction;
    change(wrong);
    return sound_.execute(wrong);
  }
  virtual void change(mmu::Instruction& instruction) = 0;
};

class LosesFlushes final : public ChangesInstructions {
 public:
  using ChangesInstructions::ChangesInstructions;
  void change(mmu::Instruction& instruction) override {
    if (instruction.opcode == mmu::Opcode::Tlbilx) instruction.operand ^= 0x0800'0000U;
  }
};

/// Entries from 3 on all become entry 2, which maps the end of lowmem.
class OverwritesLowmem final : public ChangesInstructions {
 public:
  using ChangesInstructions::ChangesInstructions;
  void change(mmu::Instruction& instruction) override {
    const bool selects = instruction.opcode == mmu::Opcode::Mtspr &&
                         instruction.spr == mmu::Spr::Mas0 &&
                         mmu::mas0::kEsel.of(instruction.operand) >= kBolted;
    if (selects) instruction.operand = mmu::mas0::kEsel.put(instruction.operand, kBolted - 1);
  }
};

/// Makes each page of 4 MB one of 1 MB.
class ShrinksPages final : public ChangesInstructions {
 public:
  using ChangesInstructions::ChangesInstructions;
  void change(mmu::Instruction& instruction) override {
    const bool sizes = instruction.opcode == mmu::Opcode::Mtspr &&
                       instruction.spr == mmu::Spr::Mas1 &&
                       mmu::mas1::kTsize.of(instruction.operand) == 6;
    if (sizes) instruction.operand = mmu::mas1::kTsize.put(instruction.operand, 5);
  }
};

template <class Engine>
std::string complaint() {
  MachineConfig config = huge_config(4);
  config.make_engine = make_faulty<Engine>;
  Script script{kHuge * 2, kHuge * 4, kHuge};
  script.round({read(0, 0), map(0, 1024, 2048), read(1024, 1024)});
  try {
    run_script(config, Method::Hugetlb, script);
  } catch (const std::logic_error& violation) {
    return violation.what();
  }
  return "no complaint";
}

TEST(HugePages, AreAuditedInTlb1) {
  EXPECT_THAT(complaint<LosesFlushes>(), HasSubstr("stale TLB entry"));
  EXPECT_THAT(complaint<LosesFlushes>(), HasSubstr("4096 KB"));
  EXPECT_THAT(complaint<OverwritesLowmem>(), HasSubstr("TLB1: 2 of the 3 entries of lowmem"));
  EXPECT_THAT(complaint<ShrinksPages>(), HasSubstr("1024 KB"));
}

std::string refusal(const MachineConfig& config, Script script) {
  try {
    run_script(config, Method::Hugetlb, script);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no refusal";
}

TEST(HugePages, AreRefusedWhereTheyCannotBe) {
  MachineConfig config = huge_config(2);
  EXPECT_EQ(refusal(config, window_of(2)), "no refusal");
  config.kernel = *vm::find_kernel("2.6.11");
  EXPECT_THAT(refusal(config, window_of(2)), HasSubstr("Linux 2.6.11 with 64-bit PTEs"));
  config = huge_config(2);
  config.format = pte::find_format(32U);
  EXPECT_THAT(refusal(config, window_of(2)), HasSubstr("with 32-bit PTEs has no huge pages"));
  config = huge_config(2);
  config.mmu.tlb1_min_size_code = 7;
  EXPECT_THAT(refusal(config, window_of(2)), HasSubstr("TLB1 has no pages of 4 MB"));
  config = huge_config(2);
  config.mmu.tlb1_entries = kBolted;
  EXPECT_THAT(refusal(config, window_of(2)), HasSubstr("and the kernel itself takes 3"));
  EXPECT_THAT(refusal(huge_config(1000), window_of(2)), HasSubstr("memory.ram_mib is 2048, room"));
  EXPECT_THAT(refusal(huge_config(1), window_of(2)), HasSubstr("huge pages, which are 2"));
  EXPECT_THAT(refusal(huge_config(2), Script{kHuge, kHuge, PageCount(4)}),
              HasSubstr("element_pages is 4"));
  EXPECT_THAT(refusal(huge_config(2), Script{kHuge + PageCount(1), kHuge, kHuge}),
              HasSubstr("window_pages is 1025"));
}

}  // namespace
}  // namespace tessera::machine
