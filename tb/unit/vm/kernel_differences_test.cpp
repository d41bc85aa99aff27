#include <utility>

#include <gtest/gtest.h>

#include "tb/unit/vm/kernel_world.hpp"

// What tells a kernel from its neighbours, each with the section of linux-vm.md that says so:
// flushes, flags, costs.
namespace tessera::vm::test {

// C: msync writes back the whole file until 3.15, then the range.
TEST(KernelDifferences, SyncCleansTheRangeOnlyFrom316On) {
  for (const auto& [kernel, cleaned] :
       {std::pair("3.8", 2U), std::pair("3.18", 1U), std::pair("4.1", 1U), std::pair("6.6", 1U)}) {
    KernelWorld world(kernel, kExt2);
    world.map(8);
    world.write(KernelWorld::at(0), 7);
    world.write(KernelWorld::at(1), 7);
    world.space.msync(KernelWorld::at(0), kPage, kMsSync);
    EXPECT_EQ(world.counters().flushes_of(FlushCause::Clean, FlushKind::Page), cleaned) << kernel;
  }
}

// L says so of 6.1, and not so of 3.8; the flush came with 3.15 [3.18.30 mm/memory.c].
TEST(KernelDifferences, DirtyFilePagesAreFlushedVmaByVmaFrom315On) {
  for (const auto& [kernel, flushes] :
       {std::pair("3.8", 1U), std::pair("3.18", 2U), std::pair("4.1", 2U), std::pair("6.6", 2U)}) {
    KernelWorld world(kernel);
    world.map_fixed(kBase, 1, world.file.get(), 5);
    world.map_fixed(kBase + kPage, 1, world.file.get(), 0);
    for (const std::uint32_t page : {0U, 1U}) world.write(KernelWorld::at(page), 7);
    world.map_fixed(kBase + 9 * kPage, 1, world.file.get(), 0);
    world.read(KernelWorld::at(9));  // keeps the page table
    world.hardware.forget_flushes();
    world.space.munmap(KernelWorld::at(0), 2 * kPage);
    EXPECT_EQ(world.flushes(FlushKind::Pid), flushes) << kernel;
  }
}

// D7 as corrected by L: one flush a VMA, or one a call.
TEST(KernelDifferences, MprotectFlushesOnceAVmaOrOnceACall) {
  for (const auto& [kernel, flushes] :
       {std::pair("3.18", 2U), std::pair("4.1", 2U), std::pair("6.6", 1U)}) {
    KernelWorld world(kernel);
    world.map_fixed(kBase, 1, world.file.get(), 5);
    world.map_fixed(kBase + kPage, 1, world.file.get(), 0);
    for (const std::uint32_t page : {0U, 1U}) world.read(KernelWorld::at(page));
    world.space.mprotect(KernelWorld::at(0), 2 * kPage, kProtRead);
    EXPECT_EQ(world.counters().flushes_of(FlushCause::Protect, FlushKind::Pid), flushes) << kernel;
  }
}

// C, L: a page that moves alone is flushed by its address in 6.1 and later, not in 3.x.
TEST(KernelDifferences, OnePageThatMovesIsFlushedByPidOrByAddress) {
  for (const auto& [kernel, kind] :
       {std::pair("3.18", FlushKind::Pid), std::pair("4.1", FlushKind::Pid),
        std::pair("6.6", FlushKind::Page)}) {
    KernelWorld world(kernel);
    world.map();
    world.read(KernelWorld::at(0));
    ASSERT_TRUE(world.space
                    .mremap({KernelWorld::at(0), kPage, kPage, kMremapMaymove | kMremapFixed,
                             KernelWorld::at(100)})
                    .ok());
    EXPECT_EQ(world.counters().flushes_of(FlushCause::Move, kind), 1U) << kernel;
    EXPECT_EQ(
        world.counters().flushes_of(kind == FlushKind::Pid ? FlushKind::Page : FlushKind::Pid), 0U)
        << kernel;
  }
}

// D1 rows 10 and 14; MREMAP_DONTUNMAP came with 5.7.
TEST(KernelDifferences, FlagsOfLaterKernelsAreUnknownBefore) {
  for (const auto& [kernel, knows] : {std::pair("2.6.11", false), std::pair("3.18", false),
                                      std::pair("4.1", false), std::pair("6.6", true)}) {
    KernelWorld world(kernel);
    world.map();
    const unsigned noreplace = kMapShared | kMapFixedNoreplace;
    const MmapResult again = world.space.mmap(
        {KernelWorld::at(0), kPage, kProtReadWrite, noreplace, world.file.get(), 0});
    EXPECT_EQ(again.error, knows ? Errno::Eexist : Errno::Ok) << kernel;
    const MmapResult validated = world.space.mmap(
        {KernelWorld::at(99), kPage, kProtReadWrite, kMapSharedValidate, world.file.get(), 0});
    EXPECT_EQ(validated.error, knows ? Errno::Ok : Errno::Einval) << kernel;
    const MmapResult left = world.space.mremap(
        {KernelWorld::at(0), kPage, kPage, kMremapMaymove | kMremapDontunmap, ea(0)});
    EXPECT_EQ(left.error, knows ? Errno::Ok : Errno::Einval) << kernel;
  }
}

// L: mm_populate takes any accessible VMA (3.9), make_pages_present needs the right to read.
TEST(KernelDifferences, PopulatingNeedsTheRightToReadUntil38) {
  for (const auto& [kernel, present] :
       {std::pair("3.8", 0U), std::pair("3.18", 1U), std::pair("4.1", 1U), std::pair("6.6", 1U)}) {
    KernelWorld world(kernel);
    world.map_fixed(kBase, 1, world.file.get(), 0, kMapShared | kMapPopulate, kProtWrite);
    EXPECT_EQ(world.space.count_present(), present) << kernel;
  }
}

// L: the fault on the readahead mark is major in 6.1 only. A write, as fault-around would find it.
TEST(KernelDifferences, OnlyIn61TheReadaheadMarkIsMajor) {
  for (const auto& [kernel, major] :
       {std::pair("4.1", 1U), std::pair("6.1", 2U), std::pair("6.6", 1U)}) {
    KernelWorld world(kernel, kExt2);
    world.map();
    world.file->truncate(PageCount(0));
    world.file->truncate(PageCount(80));
    world.write(KernelWorld::at(32), 1);           // reads pages 16 to 47
    world.write(KernelWorld::at(16 + 32 - 8), 1);  // the mark
    EXPECT_EQ(world.counters().faults_major, major) << kernel;
  }
}

// The maple tree of 6.1 sets nodes aside for the worst case, that of 6.6 what a change needs.
TEST(KernelDifferences, OnlyIn61ChangesOfTheVmaTreeSetNodesAside) {
  for (const auto& [kernel, aside] :
       {std::pair("4.1", false), std::pair("6.1", true), std::pair("6.6", false)}) {
    KernelWorld world(kernel);
    world.map();
    EXPECT_EQ(world.counters().work_of(KernelWork::VmaTreeNode) != 0, aside) << kernel;
  }
}

TEST(KernelDifferences, CostsAreMeasuredOrSayWhatTheyAreEstimatedFrom) {
  for (const std::string_view name : kernel_names()) {
    const Personality& kernel = *find_kernel(name);
    const bool measured = name == "3.8" || name == "6.1";
    EXPECT_EQ(kernel.cost_source == "measured", measured) << name;
    if (!measured && kernel.has_costs()) {
      EXPECT_EQ(kernel.cost_source.rfind("estimated from ", 0), 0U) << name;
    }
    EXPECT_EQ(kernel.has_costs(), kernel.costs[KernelWork::SystemCall] != 0) << name;
  }
}

// F1: only the first and the emulating kernels do without file PTEs.
TEST(KernelDifferences, AKernelThatWritesFilePtesNeedsAFormatWithThem) {
  for (const std::string_view name : kernel_names()) {
    const Personality& kernel = *find_kernel(name);
    const bool needs = name == "2.6.11" || name == "3.8" || name == "3.18";
    EXPECT_TRUE(can_use(kernel, *pte::find_format("fsl64"))) << name;
    EXPECT_EQ(can_use(kernel, *pte::find_format("x86-64")), !needs) << name;
  }
}

}  // namespace tessera::vm::test
