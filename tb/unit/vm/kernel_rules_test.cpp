#include <utility>

#include <gtest/gtest.h>

#include "tb/unit/vm/kernel_world.hpp"

// What tells a kernel from its neighbours, each with the section of linux-vm.md that says so:
// remap_file_pages, populating and fault-around.
namespace tessera::vm::test {

namespace {

unsigned faults_of_a_read_scan(KernelWorld& world, std::uint32_t pages) {
  unsigned faults = 0;
  for (std::uint32_t page = 0; page < pages; ++page) {
    faults += world.read(KernelWorld::at(page)).exceptions;
  }
  return faults;
}

}  // namespace

// G.
TEST(KernelRules, VmasHaveTheSizesOfTheirKernels) {
  for (const auto& [kernel, bytes] : {std::pair("2.5.42", 64U), std::pair("2.6.11", 88U),
                                      std::pair("3.18", 88U), std::pair("6.6", 64U + 4 + 4 + 4)}) {
    KernelWorld world(kernel);
    world.map();
    EXPECT_EQ(world.counters().vma_bytes, bytes) << kernel;
  }
}

// H, the regression test of commit 48f7df32: three shared anonymous pages, 1 2 3; the first
// remapped to 2, then the first two: only 4.0 to 4.4 refuse a range of two VMAs.
TEST(KernelRules, OnlyTheFirstEmulationRefusesARangeOfTwoVmas) {
  for (const std::string_view kernel : kernel_names()) {
    KernelWorld world(kernel.data());
    world.map_fixed(kBase, 3, nullptr, 0, kMapShared);
    for (std::uint32_t page = 0; page < 3; ++page) {
      world.write(KernelWorld::at(page) + Bytes(4), page);
    }
    ASSERT_EQ(world.remap_pages(0, 1, 1), Errno::Ok) << kernel;
    const Errno error = world.remap_pages(0, 2, 1);
    EXPECT_EQ(error, kernel == "4.1" ? Errno::Einval : Errno::Ok) << kernel;
    EXPECT_EQ(world.read(KernelWorld::at(0) + Bytes(4)).value, 1U) << kernel;
    EXPECT_TRUE(world.space.audit().empty()) << kernel;
  }
}

// A7, J: as many VMAs as runs where the call makes VMAs, otherwise one.
TEST(KernelRules, ReversedPairsAreAsManyVmasAsRunsWhereThereIsEmulation) {
  for (const std::string_view kernel : kernel_names()) {
    KernelWorld world(kernel.data());
    world.map(16);
    for (std::uint32_t page = 0; page < 16; page += 2) {
      ASSERT_EQ(world.remap_pages(page, 2, 14 - page), Errno::Ok) << kernel;
    }
    EXPECT_EQ(world.counters().vmas, world.space.kernel().remap.is_emulated ? 8U : 1U) << kernel;
    for (std::uint32_t page = 0; page < 16; ++page) {
      EXPECT_EQ(world.read(KernelWorld::at(page)).value, (14 - (page & ~1U)) + (page & 1U));
    }
  }
}

// A4 row 5, A6, A7: the offset need not fit a PTE any more.
TEST(KernelRules, EmulationTakesOffsetsThatFitNoFilePte) {
  for (const auto& [kernel, error] : {std::pair("3.18", Errno::Einval), std::pair("4.1", Errno::Ok),
                                      std::pair("6.6", Errno::Ok)}) {
    KernelWorld world(kernel);
    world.map();
    EXPECT_EQ(world.remap_pages(0, 1, (1U << 29U) - 1, kMapNonblock), error) << kernel;
  }
}

// A4 row 10a, A5, A6, A7.
TEST(KernelRules, ALinearRequestDoesNothingPopulatesOrMapsAgain) {
  struct Case {
    const char* kernel;
    std::uint64_t present;
    std::uint64_t unmappings;
  };
  for (const Case& c :
       {Case{"3.8", 0, 0}, Case{"3.18", 16, 0}, Case{"4.1", 0, 0}, Case{"6.6", 16, 1}}) {
    KernelWorld world(c.kernel);
    world.map(16);
    EXPECT_EQ(world.remap_pages(4, 4, 4), Errno::Ok);
    EXPECT_EQ(world.space.count_present(), c.present) << c.kernel;  // fault-around: the block
    EXPECT_EQ(world.counters().work_of(KernelWork::MunmapBase), c.unmappings) << c.kernel;
    EXPECT_EQ(world.counters().vmas, 1U) << c.kernel;
  }
}

// A5: "VM_LOCKED overrides NONBLOCK"; A4 row 13: it does not.
TEST(KernelRules, LockedMemoryIsPopulatedInSpiteOfNonblockFrom39On) {
  for (const auto& [kernel, present] : {std::pair("3.8", false), std::pair("3.18", true)}) {
    KernelWorld world(kernel);
    world.map();
    world.space.mlock(KernelWorld::at(0), 64 * kPage);
    ASSERT_EQ(world.remap_pages(0, 1, 9, kMapNonblock), Errno::Ok);
    EXPECT_EQ(pte::is_present(world.space.format(), world.space.lookup(KernelWorld::at(0))),
              present)
        << kernel;
  }
}

// A4: "in 3.18 it is prefaulted".
TEST(KernelRules, WhatADiskFilesRemapMadeAVmaIsPopulatedFrom39On) {
  for (const auto& [kernel, present] : {std::pair("3.8", 0U), std::pair("3.18", 2U)}) {
    KernelWorld world(kernel, kExt2);
    world.map(8);
    ASSERT_EQ(world.remap_pages(2, 2, 40), Errno::Ok);
    EXPECT_EQ(world.counters().vmas, 3U) << kernel;
    EXPECT_EQ(world.space.count_present(), present) << kernel;
  }
}

// D6: blocks of 16 from 3.15 on, a fault a page before.
TEST(KernelRules, AReadScanFaultsOnceABlockFrom315On) {
  for (const auto& [kernel, faults] :
       {std::pair("2.5.42", 64U), std::pair("2.6.11", 64U), std::pair("3.8", 64U),
        std::pair("3.18", 4U), std::pair("4.1", 4U), std::pair("6.6", 4U)}) {
    KernelWorld world(kernel);
    world.map();
    EXPECT_EQ(faults_of_a_read_scan(world, 64), faults) << kernel;
  }
}

// D6: never around a file PTE, nor beyond a VMA of one page.
TEST(KernelRules, FaultAroundKeepsToLinearPagesAndToTheVma) {
  for (const char* kernel : {"3.18", "4.1", "6.6"}) {
    KernelWorld world(kernel);
    world.map(16);
    for (std::uint32_t page = 0; page < 16; ++page) {
      ASSERT_EQ(world.remap_pages(page, 1, 31 - page, kMapNonblock), Errno::Ok);
    }
    EXPECT_EQ(faults_of_a_read_scan(world, 16), 16U) << kernel;
  }
}

}  // namespace tessera::vm::test
