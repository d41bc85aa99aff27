#include <utility>

#include <gtest/gtest.h>

#include "tb/unit/vm/device.hpp"

// linux-vm.md E: what is refused, and by which kernel.
namespace tessera::vm::test {

TEST(PfnErrors, APrivateMappingIsMappedWholeOrNotAtAll) {
  Device device;
  device.map(0, 4, kMapPrivate);
  EXPECT_EQ(device.space.remap_pfn_range(device.at(0), FrameNumber(kDevice), kPage), Errno::Einval);
  device.map(0, 4, kMapShared);
  EXPECT_EQ(device.space.remap_pfn_range(device.at(1), FrameNumber(kDevice + 9), kPage), Errno::Ok);
  EXPECT_EQ(device.user.load(device.at(1)).word, 9U);
  EXPECT_EQ(device.vma(0).offset.value(), kDevice);  // only private mappings move their offset
}

TEST(PfnErrors, AnAddressThatIsNotAlignedIsRefusedByLaterKernels) {
  for (const auto& [kernel, error] : {std::pair("3.8", Errno::Ok), std::pair("6.1", Errno::Einval),
                                      std::pair("6.6", Errno::Einval)}) {
    Device device(kernel);
    device.map(0, 4, kMapShared);
    EXPECT_EQ(
        device.space.remap_pfn_range(device.at(1) + Bytes(8), FrameNumber(kDevice + 9), kPage),
        error)
        << kernel;
  }
}

TEST(PfnErrors, InsertingNeedsAVmaThatExpectsIt) {
  Device device;
  EXPECT_EQ(device.space.insert_pfn(device.at(0), FrameNumber(kDevice)), Errno::Efault);
  EXPECT_EQ(device.space.allow_mixed_map(device.at(0)), Errno::Efault);
  device.map(0, 4, kMapPrivate);
  EXPECT_EQ(device.space.insert_pfn(device.at(0), FrameNumber(kDevice)), Errno::Einval);
  EXPECT_EQ(device.space.allow_mixed_map(device.at(0)), Errno::Einval);
}

// Without populate or remap_pages there is nothing to call; the emulation calls the driver's mmap.
TEST(PfnErrors, RemapFilePagesIsRefusedUntilItIsAMappingItself) {
  for (const std::string_view name : kernel_names()) {
    if (name == "6.18") continue;  // its format is another
    Device device(name.data());
    device.map(0, 4, kMapShared);
    const unsigned rights = device.kernel.remap.takes_protection ? kProtReadWrite : kProtNone;
    const Errno error = device.space.remap_file_pages(device.at(1), kPage, rights, kDevice + 9, 0);
    const bool emulated = device.kernel.remap.is_emulated;
    EXPECT_EQ(error, emulated ? Errno::Ok : Errno::Einval) << name;
    EXPECT_EQ(device.user.load(device.at(1)).word, emulated ? 9U : 1U) << name;
  }
}

TEST(PfnErrors, DeviceMappingsAreNeitherMergedNorLockedNorDiscardedNorGrown) {
  Device device;
  device.map(0, 2, kMapShared);
  device.map(2, 2, kMapShared, 2);
  EXPECT_EQ(device.space.counters().vmas, 2U);
  EXPECT_EQ(device.space.mlock(device.at(0), 4 * kPage), Errno::Ok);
  EXPECT_FALSE(device.vma(0).locked);
  EXPECT_EQ(device.space.madvise(device.at(0), kPage, Advice::DontNeed), Errno::Einval);
  EXPECT_EQ(device.space.mremap({device.at(2), 2 * kPage, 3 * kPage, kMremapMaymove, ea(0)}).error,
            Errno::Efault);
}

// Before 2.6.15 there is no mark at all: memory is not mapped by its frame, and what is no memory
// has no page.
TEST(PfnErrors, Of2611MapsOnlyWhatIsNoMemory) {
  Device device("2.6.11");
  device.map(0, 2, kMapPrivate);
  EXPECT_EQ(device.user.load(device.at(1)).word, 1U);
  device.user.store(device.at(1), 77);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 1U);
  const FrameNumber frame = *device.frames.allocate_anonymous();
  device.map(8, 1, kMapShared);
  device.space.munmap(device.at(8), kPage);
  const MmapRequest memory{device.at(8),           kPage,       kProtReadWrite,
                           kMapShared | kMapFixed, &device.mem, frame.value()};
  ASSERT_TRUE(device.space.mmap(memory).ok());
  EXPECT_EQ(device.user.load(device.at(8)).result, FaultResult::BusError);
  EXPECT_TRUE(device.space.audit().empty());
}

}  // namespace tessera::vm::test
