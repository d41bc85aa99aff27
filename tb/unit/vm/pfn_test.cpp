#include <gtest/gtest.h>

#include "sw/vm/plain_memory.hpp"
#include "sw/vm/user_access.hpp"
#include "tb/unit/vm/world.hpp"

// linux-vm.md E: frames that memory management does not look after.
namespace tessera::vm::test {

namespace {

constexpr std::uint64_t kDevice = 0x8000;  // a frame behind all memory

/// How a page without struct page is told from others.
enum class Mark : std::uint8_t { SpecialBit, Offset };

/// A process, a device whose word of page i is i, and no TLB.
struct Device {
  explicit Device(const char* name = "3.8", Mark mark = Mark::SpecialBit)
      : kernel(kernel_of(name)) {
    if (mark == Mark::Offset) format.present.special = 0;
    for (std::uint32_t i = 0; i < 32; ++i) memory.fill_frame(FrameNumber(kDevice + i), i);
  }
  static Personality kernel_of(const char* name) { return *find_kernel(name); }

  static EffectiveAddress at(std::uint32_t page) { return ea(kBase + page * kPage); }

  /// mmap of /dev/mem, from page `from` of the device on.
  Errno map(std::uint32_t page, std::uint64_t pages, unsigned type, std::uint64_t from = 0) {
    return space
        .mmap({at(page), pages * kPage, kProtReadWrite, type | kMapFixed, &mem, kDevice + from})
        .error;
  }
  const Vma& vma(std::uint32_t page) const { return *space.vmas().containing(page_of(at(page))); }
  std::uint32_t device_word(std::uint32_t page) const {
    return memory.peek_word(address_of(FrameNumber(kDevice + page)));
  }

  Personality kernel;
  pte::Format format = *pte::find_format("fsl64");
  PlainMemory memory;
  FrameAllocator frames{FrameNumber(1), FrameNumber(128), FrameNumber(256)};
  File mem{"mem", PageCount(1U << 20U), page_index_word, frames, memory, kDevMem};
  AddressSpace space{kernel, format, frames, memory, Pid(1)};
  UserCode user{space, memory};
};

struct Pfn : ::testing::TestWithParam<Mark> {
  Device device{"3.8", GetParam()};
};

}  // namespace

TEST_P(Pfn, FramesOfADeviceAreMappedAtOnceAndCountedNowhere) {
  ASSERT_EQ(device.map(0, 4, kMapShared), Errno::Ok);
  for (std::uint32_t page = 0; page < 4; ++page) {
    EXPECT_EQ(device.user.load(device.at(page)).word, page);
  }
  EXPECT_EQ(device.user.exceptions(), 0U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
  EXPECT_TRUE(device.space.audit().empty());
}

TEST_P(Pfn, AWriteToASharedMappingGoesToTheDevice) {
  device.map(0, 4, kMapShared);
  device.user.store(device.at(2), 77);
  EXPECT_EQ(device.device_word(2), 77U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
}

TEST_P(Pfn, AWriteToAPrivateMappingCopiesTheFrame) {
  device.map(0, 4, kMapPrivate);
  EXPECT_EQ(device.vma(0).offset.value(), kDevice);
  device.user.store(device.at(2) + Bytes(4), 77);
  EXPECT_EQ(device.user.load(device.at(2)).word, 2U);  // copied with the rest
  EXPECT_EQ(device.user.load(device.at(2) + Bytes(4)).word, 77U);
  device.user.store(device.at(2), 99);
  EXPECT_EQ(device.device_word(2), 2U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 1U);
  EXPECT_EQ(device.space.residency(device.vma(0)).anon, 1U);
  EXPECT_TRUE(device.space.audit().empty());
}

TEST_P(Pfn, UnmappingFreesTheCopyAndNothingElse) {
  const std::uint64_t owned = device.frames.owned().value();
  device.map(0, 4, kMapPrivate);
  device.user.store(device.at(2), 77);
  EXPECT_EQ(device.space.munmap(device.at(0), 4 * kPage), Errno::Ok);
  EXPECT_EQ(device.frames.owned().value(), owned);
}

// The offset moves and is split with the VMA, and so does what it says of the entries.
TEST_P(Pfn, PagesOfASplitAndMovedMappingAreStillToldApart) {
  device.map(0, 4, kMapPrivate);
  device.user.store(device.at(2), 77);
  const MremapRequest move{device.at(1), 3 * kPage, 3 * kPage, kMremapMaymove | kMremapFixed,
                           device.at(64)};
  ASSERT_TRUE(device.space.mremap(move).ok());
  EXPECT_EQ(device.space.residency(device.vma(64)).rss, 1U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 0U);
  EXPECT_EQ(device.user.load(device.at(65)).word, 77U);
  EXPECT_EQ(device.user.load(device.at(66)).word, 3U);
  EXPECT_TRUE(device.space.audit().empty());
}

// Somebody's page, mapped by its frame: neither its references nor its owner change.
TEST_P(Pfn, APageMappedByItsFrameKeepsItsReferences) {
  const FrameNumber frame = *device.frames.allocate_anonymous();
  device.map(0, 1, kMapShared);
  ASSERT_EQ(device.space.remap_pfn_range(device.at(0), frame, kPage), Errno::Ok);
  const auto child = device.space.fork(Pid(2));
  EXPECT_EQ(device.frames.references(frame), 1U);
  device.space.munmap(device.at(0), kPage);
  EXPECT_TRUE(device.frames.is_owned(frame));
}

TEST_P(Pfn, ForkCopiesTheEntriesAndSharesTheCopies) {
  device.map(0, 2, kMapShared);
  device.map(8, 2, kMapPrivate, 8);
  device.user.store(device.at(9), 77);
  const auto child = device.space.fork(Pid(2));
  UserCode user(*child, device.memory);
  EXPECT_EQ(user.load(device.at(1)).word, 1U);
  EXPECT_EQ(user.load(device.at(8)).word, 8U);
  EXPECT_EQ(user.load(device.at(9)).word, 77U);
  user.store(device.at(9), 78);
  EXPECT_EQ(device.user.load(device.at(9)).word, 77U);
  EXPECT_TRUE(child->audit().empty());
}

TEST_P(Pfn, MixedMappingsHaveFramesWithAndWithoutPages) {
  const auto file =
      std::make_unique<File>("driver", PageCount(8), zero_word, device.frames, device.memory);
  device.space.mmap(
      {device.at(0), 8 * kPage, kProtReadWrite, kMapShared | kMapFixed, file.get(), 0});
  EXPECT_EQ(device.space.insert_pfn(device.at(0), FrameNumber(kDevice)), Errno::Einval);
  ASSERT_EQ(device.space.allow_mixed_map(device.at(0)), Errno::Ok);
  bool fresh = false;
  const FrameNumber page = *file->page(PageOffset(1), fresh);
  EXPECT_EQ(device.space.insert_pfn(device.at(0), FrameNumber(kDevice + 5)), Errno::Ok);
  EXPECT_EQ(device.space.insert_pfn(device.at(1), page), Errno::Ok);
  EXPECT_EQ(device.space.insert_pfn(device.at(1), page), Errno::Ebusy);
  EXPECT_EQ(device.user.load(device.at(0)).word, 5U);
  EXPECT_EQ(device.space.residency(device.vma(0)).rss, 1U);
  EXPECT_TRUE(device.space.audit().empty());
}

INSTANTIATE_TEST_SUITE_P(BothMarks, Pfn, ::testing::Values(Mark::SpecialBit, Mark::Offset),
                         [](const auto& mark) {
                           return mark.param == Mark::SpecialBit ? "SpecialBit" : "Offset";
                         });

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
